"""The clients' pages of the staff, in every state."""

from playwright.sync_api import expect

from tests.browser.desk import NAME, known
from tests.browser.person import Person
from tests.browser.steps import signed_in


def listed(person: Person) -> None:
    signed_in(person, "Rosa")
    person.open("/clients")


def found(person: Person) -> None:
    known(person)
    listed(person)
    person.type("Name, phone or email", "ottolien armchiar")
    person.tap("button", "Find")
    expect(person.page.get_by_role("link", name=NAME).first).to_be_visible()


def not_found(person: Person) -> None:
    signed_in(person, "Rosa")
    person.open("/clients?q=nobody+is+called+that")


def contact(person: Person) -> None:
    found(person)
    person.tap_on(person.page.get_by_role("link", name=NAME).first)
    person.tap("link", "Change contact or desk note")


def contact_with_errors(person: Person) -> None:
    contact(person)
    person.type("Name", " ")
    person.tap("button", "Save")


def merging(person: Person) -> None:
    """Who has booked twice as a guest is two clients."""
    known(person)
    found(person)
    person.tap_on(person.page.get_by_role("link", name=NAME).first)
    person.tap("link", "Here twice? Join with another")


def side_by_side(person: Person) -> None:
    merging(person)
    person.tap_on(person.page.get_by_role("link", name=NAME).nth(1))
    expect(person.page.get_by_role("button", name="Join them")).to_be_visible()


TITLES = {
    "contact of a client": "Contact",
    "contact of a client with errors": "Error: Contact",
    "clients who may be one": "Join with another client",
}
STATES = {
    "clients": listed,
    "clients found": found,
    "no client found": not_found,
    "contact of a client": contact,
    "contact of a client with errors": contact_with_errors,
    "clients who may be one": merging,
    "two clients side by side": side_by_side,
}
