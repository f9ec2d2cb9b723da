"""Where tests are recorded and set up, in every state."""

from tests.browser.afterwards import note_to_sign
from tests.browser.office import at
from tests.browser.person import Person


def open_on_a_note(person: Person) -> None:
    """All of them at once, with nothing filled in."""
    note_to_sign(person)
    for summary in person.page.locator(".test > summary").all():
        summary.click()


def with_errors(person: Person) -> None:
    at("/clinic/tests/new")(person)
    person.tap("button", "Save")


def preview(person: Person) -> None:
    at("/clinic/tests/new")(person)
    typed = {"What it is called": "Sit and reach", "In short": "Reach", "What is recorded": "Reach"}
    for label, words in {**typed, "Least": "0", "Most": "50"}.items():
        person.page.get_by_label(label, exact=True).fill(words)
    person.tap("button", "Show it, and one value more")


TITLES = {
    "tests open on a note": "Note for",
    "tests on a note": "Tests on a note",
    "a test of the product": "Modified Thomas test",
    "a test with errors": "Error: Add a test",
    "a preview of a test": "Add a test",
}
STATES = {
    "tests open on a note": open_on_a_note,
    "tests on a note": at("/clinic/tests"),
    "a test of the product": at("/clinic/tests", "Modified Thomas test"),
    "a test with errors": with_errors,
    "a preview of a test": preview,
}
