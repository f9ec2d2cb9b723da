"""Booking at the desk, in every state of its page."""

from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from tests.browser.person import Person
from tests.browser.steps import book_it, choose_a_time, signed_in, tell

PAGE = "/diary/booking"
NAME = "Ottoline Armchair"


def known(person: Person) -> None:
    """Somebody who has booked online."""
    choose_a_time(person, "Sports massage")
    tell(person, NAME, "ottoline@client.test")
    person.tap("button", "Continue")
    book_it(person)


def searched(person: Person) -> None:
    known(person)
    signed_in(person, "Rosa")
    person.open(PAGE)
    person.page.get_by_label("Name, phone or email").fill("armchiar")
    expect(person.page.get_by_role("option", name=NAME).first).to_be_visible()


def picked(person: Person) -> None:
    searched(person)
    person.page.keyboard.press("Enter")
    expect(person.page.get_by_role("heading", name=NAME)).to_be_visible()


def taken_down(person: Person) -> None:
    """As new, though they are known."""
    searched(person)
    person.open(f"{PAGE}?new=Otto&treatment=psoas-release&minutes=60")
    person.page.get_by_label("Name").fill(NAME)
    person.page.get_by_label("Phone").fill("0117 496 0000")
    expect(person.page.get_by_role("link", name=f"This is them: {NAME}").first).to_be_visible()


def read_aloud(person: Person) -> None:
    taken_down(person)
    person.tap_on(person.page.locator(".time").last)
    expect(person.page.get_by_role("heading", name="Read this aloud")).to_be_visible()


def decided(person: Person) -> None:
    read_aloud(person)
    for line in ("Sudden groin pain", "Aspirin every day"):
        person.page.get_by_label(line).check()
    person.page.get_by_role("group", name="Who is coming").get_by_label("None of these").check()
    person.page.get_by_label("Sudden groin pain").uncheck()
    person.page.get_by_role("group", name="Right now").get_by_label("None of these").check()
    person.tap("button", "Book it")
    expect(person.page.get_by_role("heading", name="Without deep tummy work")).to_be_visible()


def refused(person: Person) -> None:
    """A rule alone is in the way."""
    picked(person)
    person.page.get_by_text("Another time, by hand").click()
    person.page.get_by_label("Day", exact=True).fill(f"{datetime.now(UTC) + timedelta(days=7):%Y-%m-%d}")
    person.page.get_by_label("Time", exact=True).fill("03:00")
    person.tap("button", "Book this time")
    expect(person.page.get_by_role("heading", name="Not booked")).to_be_visible()
    expect(person.page.get_by_role("button", name="Book it even so")).to_be_visible()


def with_errors(person: Person) -> None:
    signed_in(person, "Rosa")
    person.open(f"{PAGE}?new=%20&treatment=sports-massage")
    person.tap_on(person.page.locator(".time").last)


STATES = {
    "book someone": searched,
    "a known client at the desk": picked,
    "somebody new who may be known": taken_down,
    "the safety list, read aloud": read_aloud,
    "the other treatment at the desk": decided,
    "refused at the desk": refused,
    "somebody new with errors": with_errors,
}
