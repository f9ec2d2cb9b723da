"""A tab is killed while somebody types in it, and the note is opened in another: how much of their typing is lost."""

import time
from contextlib import suppress
from random import Random

from playwright.sync_api import BrowserContext, Error, Page, expect, sync_playwright

from tests.browser.conftest import FLAGS
from tests.browser.notes import kept
from tests.browser.served import until
from tests.drills.drafts import Writer
from tests.tools import chromium

WORDS = ("front ", "hip ", "right ", "since ", "long ", "drives ", "stairs ", "worse ")
LONGEST = 15  # words before a tab is killed
NOTE = "subjective"


def kill_tabs(context: BrowserContext, address: str, *, kills: int, chance: Random) -> list[float]:
    """The seconds of typing that each kill cost."""
    return [_typed_and_killed(context, address, chance) for _ in range(kills)]


def kill_tabs_of(note: Writer, *, kills: int, chance: Random) -> list[float]:
    """The same in a browser of its own, signed in as this writer is."""
    address = f"http://127.0.0.1:{note.port}{note.path}"
    name, _, value = note.cookie.partition("=")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        context = browser.new_context()
        context.add_cookies([{"name": name, "value": value, "url": address}])
        lost = kill_tabs(context, address, kills=kills, chance=chance)
        browser.close()
    return lost


def _typed_and_killed(context: BrowserContext, address: str, chance: Random) -> float:
    page = _opened(context, address)
    field = page.locator(f"#{NOTE}")
    field.fill("")
    typed, text = [], ""
    for _ in range(chance.randint(1, LONGEST)):
        word = chance.choice(WORDS)
        field.press_sequentially(word, delay=chance.randint(1, 30))
        text += word
        typed.append((time.monotonic(), text.strip()))
    killed = time.monotonic()
    _kill(page)
    return _lost(typed, killed, _found(context, address))


def _opened(context: BrowserContext, address: str) -> Page:
    """Once this device keeps what is typed."""
    page = context.new_page()
    with page.expect_response("**/draft-keys"):
        page.goto(address)
    return page


def _kill(page: Page) -> None:
    """As the system does when memory is short: no event tells the page."""
    with page.expect_event("crash"), suppress(Error):
        page.goto("chrome://crash")
    page.close()


def _found(context: BrowserContext, address: str) -> str:
    """What the note says, once nothing waits on the device any more."""
    page = _opened(context, address)
    until(lambda: _nothing_waits(page))
    page.close()  # it may be about to load again
    page = context.new_page()
    page.goto(address)
    expect(page.locator("#note")).not_to_have_attribute("inert", "")
    found = page.locator(f"#{NOTE}").input_value()
    page.close()
    return found


def _nothing_waits(page: Page) -> bool:
    """Not while it loads again, either: it does once what waited was sent."""
    try:
        return kept(page) == []
    except Error:
        return False


def _lost(typed: list[tuple[float, str]], killed: float, found: str) -> float:
    """From the first word that is not there to the kill."""
    missing = [at for at, text in typed if not found.startswith(text)]
    return killed - missing[0] if missing else 0.0
