"""The diary and an appointment at the desk, in every state."""

from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from tests.browser.person import Person
from tests.browser.steps import signed_in


def of_a_day(person: Person) -> None:
    """The first of the next days on which somebody comes."""
    signed_in(person, "Rosa")
    for days in range(1, 8):
        person.open(f"/diary?on={datetime.now(UTC) + timedelta(days=days):%Y-%m-%d}")
        if person.page.locator(".line.booked").count():
            return
    raise AssertionError("nobody comes all week")


def of_rooms(person: Person) -> None:
    of_a_day(person)
    person.tap("link", "Rooms")


def of_a_week(person: Person) -> None:
    of_a_day(person)
    person.tap("link", "Week")
    expect(person.page.get_by_role("region", name="Week")).to_be_visible()


def of_ones_week(person: Person) -> None:
    of_a_week(person)
    person.tap_on(person.page.locator(".team tbody th a").first)
    expect(person.page.get_by_role("region", name="Diary")).to_be_visible()


def of_a_therapist(person: Person) -> None:
    """Others' visits are only taken."""
    signed_in(person, "Ben")
    person.open("/diary")


def appointment(person: Person) -> None:
    of_a_day(person)
    person.tap_on(person.page.locator(".line.booked a").first)
    expect(person.page.get_by_role("heading", name="Change the time")).to_be_visible()


def appointment_refused(person: Person) -> None:
    """A rule alone is in the way."""
    appointment(person)
    person.page.get_by_label("Starts at").fill("03:00")
    person.tap("button", "Move it")
    expect(person.page.get_by_role("button", name="Do it even so")).to_be_visible()


def appointment_with_errors(person: Person) -> None:
    appointment(person)
    person.page.get_by_label("Minutes").fill("7")
    person.tap("button", "Move it")


def therapists_calendar(person: Person) -> None:
    signed_in(person, "Ana")
    person.open("/today/calendar")
    make = person.page.get_by_role("button", name="Make an address for my calendar")
    if make.is_visible():
        person.tap_on(make)


STATES = {
    "therapist's calendar": therapists_calendar,
    "diary of a day": of_a_day,
    "diary of rooms": of_rooms,
    "diary of a week": of_a_week,
    "diary of one's week": of_ones_week,
    "diary of a therapist": of_a_therapist,
    "appointment at the desk": appointment,
    "appointment that cannot be there": appointment_refused,
    "appointment at the desk with errors": appointment_with_errors,
}
