"""What notes are written with, in every state: phrases and formats."""

from tests.browser.afterwards import LONG, note_to_sign
from tests.browser.office import at
from tests.browser.person import Person
from tests.browser.steps import signed_in


def beside_the_words(person: Person) -> None:
    """Remarks, phrases and the choice of a format, all open."""
    note_to_sign(person)
    for summary in person.page.locator(".words-more summary").all():
        summary.click()


def phrases(person: Person) -> None:
    """One of them long."""
    signed_in(person, "Ana")
    person.open("/notes/phrases")
    person.page.get_by_label("Words").fill(LONG)
    person.page.get_by_label("A chip under").select_option("plan")
    person.tap("button", "Add it")


def phrases_with_errors(person: Person) -> None:
    signed_in(person, "Ana")
    person.open("/notes/phrases")
    person.tap("button", "Add it")


def phrase_with_errors(person: Person) -> None:
    """One that is there already, emptied."""
    phrases(person)
    person.page.locator(".rows a").first.click()
    person.page.get_by_label("Words").fill("")
    person.tap("button", "Save")


def clinic_phrases_with_errors(person: Person) -> None:
    at("/clinic/phrases")(person)
    person.tap("button", "Add it")


def format_with_errors(person: Person) -> None:
    at("/clinic/note-formats/new")(person)
    person.tap("button", "Add this format")


def parts_with_errors(person: Person) -> None:
    """Of a format that is there: two parts of the same name."""
    at("/clinic/note-formats", "SOAP")(person)
    for part in (0, 1):
        person.page.get_by_label("Part").nth(part).fill("Told")
    person.tap("button", "Save")


TITLES = {
    "beside the words of a note": "Note for",
    "phrases": "Your phrases",
    "phrases with errors": "Error: Your phrases",
    "a phrase with errors": "Error: A phrase",
    "phrases of the clinic": "Phrases of the clinic",
    "phrases of the clinic with errors": "Error: Phrases of the clinic",
    "formats of notes": "How notes are written",
    "a format of notes": "SOAP",
    "a format with errors": "Error: Add a format",
    "parts of a format with errors": "Error: SOAP",
}
STATES = {
    "beside the words of a note": beside_the_words,
    "phrases": phrases,
    "phrases with errors": phrases_with_errors,
    "a phrase with errors": phrase_with_errors,
    "phrases of the clinic": at("/clinic/phrases"),
    "phrases of the clinic with errors": clinic_phrases_with_errors,
    "formats of notes": at("/clinic/note-formats"),
    "a format of notes": at("/clinic/note-formats", "SOAP"),
    "a format with errors": format_with_errors,
    "parts of a format with errors": parts_with_errors,
}
