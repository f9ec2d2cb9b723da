"""Where measures are written and told, in every state."""

import re

from tests.browser.afterwards import note_to_sign
from tests.browser.person import Person
from tests.browser.told import booked


def open_on_a_note(person: Person) -> None:
    """All of them, with two rows for what is hard."""
    note_to_sign(person)
    person.page.get_by_text("More measures").click()
    person.tap("button", "Another activity")


def wrong_on_a_note(person: Person) -> None:
    open_on_a_note(person)
    person.page.get_by_label("Oswestry, per cent").fill("400")
    person.tap("button", "Save draft")


def asked(person: Person) -> None:
    """By the page of somebody's own visit."""
    booked(person)
    person.page.get_by_role("link", name=re.compile("^How are you getting on")).click()


def asked_with_errors(person: Person) -> None:
    asked(person)
    person.tap("button", "Send")


TITLES = {
    "measures open on a note": "Note for",
    "measures with errors on a note": "Error: Note for",
    "how are you getting on": "How are you getting on?",
    "how are you getting on, with errors": "Error: How are you getting on?",
}
STATES = {
    "measures open on a note": open_on_a_note,
    "measures with errors on a note": wrong_on_a_note,
    "how are you getting on": asked,
    "how are you getting on, with errors": asked_with_errors,
}
