"""A tablet in the waiting room, in every state."""

from playwright.sync_api import expect

from clinic.demo.cast import PASSWORD
from tests.browser.diary import appointment
from tests.browser.person import Person


def handed_over(person: Person) -> None:
    """At the first page of the health questions."""
    appointment(person)
    person.tap("button", "Hand over the tablet")
    expect(person.page.get_by_role("heading", name="Tell us about your health")).to_be_visible()


def to_give_back(person: Person) -> None:
    handed_over(person)
    person.tap("link", "Give the tablet back")
    expect(person.page.get_by_role("heading", name="Please give the tablet back")).to_be_visible()


def with_errors(person: Person) -> None:
    to_give_back(person)
    person.tap("button", "Take it back")


def taken_back(person: Person) -> None:
    person.page.get_by_label("Password").fill(PASSWORD)
    person.tap("button", "Take it back")


STATES = {
    "tablet handed over": handed_over,
    "tablet to give back": to_give_back,
    "tablet to give back, with errors": with_errors,
}
