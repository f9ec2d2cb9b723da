"""A booking over a slow phone line, machine time alone: `python -m bench.slow_line`. 400 ms there and back, 400 kbit/s."""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser.conftest import FLAGS
from tests.browser.served import Clinic
from tests.databases import new_database
from tests.drills.figures import table
from tests.tools import NONE, chromium

LINE = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}  # bytes a second
PHONE = {"width": 375, "height": 667}
TIMES = "/treatments/sports-massage/times"
ROUNDS = 5


def waited(act: Callable[[], object], page: Page, sight: str) -> float:
    """Seconds from an act until this is in sight."""
    began = time.perf_counter()
    act()
    page.locator(sight).first.wait_for()
    page.wait_for_load_state()  # with its style sheets: before them nothing is painted
    return time.perf_counter() - began


def booking(page: Page, name: str) -> tuple[float, float]:
    """Seconds until times are in sight, nothing kept from before; and of the whole booking, typing not counted."""
    opened = waited(lambda: page.goto(TIMES, wait_until="commit"), page, ".time")
    box = page.locator(".time").first.bounding_box()
    assert box, "no time is shown"
    assert box["y"] + box["height"] <= PHONE["height"], "the first time is below the first screen"
    tapped = waited(page.locator(".time").last.click, page, "[name=email]")
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Email").fill("slow@client.test")
    checked = waited(page.get_by_role("button", name="Continue").click, page, "text=Is this right?")
    booked = waited(page.get_by_role("button", name="Book it").click, page, "text=You're booked")
    return opened, opened + tapped + checked + booked


def main() -> None:
    path, folder = chromium(), Path(tempfile.mkdtemp())
    if not path:
        raise SystemExit(NONE)
    clinic, found = Clinic(folder, DATABASE_URL=new_database("sqlite", folder), DEVELOPMENT="yes"), []
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
            for turn in range(ROUNDS):
                context = browser.new_context(base_url=clinic.url, viewport=PHONE)
                page = context.new_page()
                context.new_cdp_session(page).send("Network.emulateNetworkConditions", LINE)
                found.append(booking(page, f"Slow Umbrella {turn}"))
                context.close()
    finally:
        clinic.stop()
    opened, whole = (max(seconds) for seconds in zip(*found, strict=True))
    rows = [
        ("times in sight, opened cold", f"{opened:.1f} s", "3 s"),
        ("a massage booked, typing not counted", f"{whole:.1f} s", "15 s"),
    ]
    print(table(("what", f"longest of {ROUNDS}", "to reach"), rows))


if __name__ == "__main__":
    main()
