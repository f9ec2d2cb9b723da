"""How long it takes from `flask setup` to the first time that can be booked, at the pace of somebody who has never seen
the pages: python -m tests.drills.first_steps. Nobody waits for anybody: whoever checks the papers is there at once.
"""

import tempfile
import time
from pathlib import Path

from playwright.sync_api import Locator, Page, sync_playwright

from tests.browser import first_steps
from tests.browser.conftest import FLAGS
from tests.browser.person import Person
from tests.browser.served import Clinic, Mailbox
from tests.databases import drop_database, new_database
from tests.tools import chromium

READING, REACHING, KEY = 4.0, 1.5, 0.2  # seconds a page is read, a button is found, a key is pressed


class Unhurried(Person):
    """Reads each page, finds each button, and types with two fingers."""

    def _seen(self, page: Page) -> None:
        super()._seen(page)
        self.unread = True

    def tap_on(self, place: Locator) -> None:
        if getattr(self, "unread", True):
            time.sleep(READING)
            self.unread = False
        time.sleep(REACHING)
        super().tap_on(place)

    def type_into(self, field: Locator, text: str) -> None:
        super().type_into(field, text)
        time.sleep(KEY * len(text))


def answering() -> float:
    """Seconds at the server's own questions."""
    return sum(READING / 2 + KEY * len(answer) for answer in first_steps.ANSWERS.values())


def walk(kind: str, folder: Path, mailbox: Mailbox, chrome) -> None:
    url = new_database(kind, folder)
    began = time.monotonic()
    first_steps.set_up(folder, url)
    at_the_server = time.monotonic() - began + answering()
    clinic = Clinic(folder, DATABASE_URL=url, **mailbox.settings())
    began = time.monotonic()
    owner, therapist = Unhurried(chrome, clinic), Unhurried(chrome, clinic)
    first_steps.walk(owner, therapist, mailbox)
    by_pages = time.monotonic() - began
    clinic.stop()
    drop_database(url)
    minutes = (at_the_server + by_pages) / 60
    done = f"{owner.taps + therapist.taps} taps, {owner.typed + therapist.typed} fields"
    print(f"{kind}: {minutes:.1f} minutes, {at_the_server:.0f} s of them at the server; {done}", flush=True)


def main() -> None:
    mailbox = Mailbox()
    mailbox.start()
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        chrome = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        for n, kind in enumerate(("sqlite", "postgresql") * 2):
            (own := Path(folder) / str(n)).mkdir()
            walk(kind, own, mailbox, chrome)
        chrome.close()
    mailbox.stop()


if __name__ == "__main__":
    main()
