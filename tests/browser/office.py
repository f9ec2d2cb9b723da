"""Where an owner says what the clinic is and offers, in every state."""

from collections.abc import Callable

from tests.browser.person import Person
from tests.browser.steps import signed_in

PLUM, ORANGE = "#7a2048", "#ff8800"


def at(path: str, *ways: str) -> Callable[[Person], None]:
    """The page, and the links from there."""

    def arrive(person: Person) -> None:
        signed_in(person, "Olu")
        person.open(path)
        for name in ways:
            person.page.get_by_role("main").get_by_role("link", name=name).first.click()

    return arrive


def coloured(person: Person, colour: str, button: str) -> None:
    at("/clinic/identity")(person)
    person.page.get_by_label("Your colour").fill(colour)
    person.tap("button", button)


def preview(person: Person) -> None:
    """In a colour that is not the house's own."""
    coloured(person, PLUM, "Preview")


def back_from_preview(person: Person) -> None:
    preview(person)
    person.tap("button", "Back to editing")


def identity_with_errors(person: Person) -> None:
    coloured(person, ORANGE, "Save")


def no_logo(person: Person) -> None:
    at("/clinic/identity")(person)
    person.tap("button", "Put it in place")


def put_back(person: Person) -> None:
    at("/clinic/identity")(person)
    words = person.page.get_by_label("Before a late cancellation")
    words.fill("Less than a day before costs half." if not words.input_value() else "")
    person.tap("button", "Save")
    person.page.get_by_role("link", name="Put this back").first.click()


def treatment_preview(person: Person) -> None:
    at("/clinic/treatments", "Sports massage")(person)
    person.page.get_by_label("A sentence about it").fill("Slow, warm and quiet.")
    person.tap("button", "Preview")


TITLES = {
    "identity with errors": "Error: Name, words and rules",
    "no logo with errors": "Error: Name, words and rules",
    "preview": "Preview",
    "back from the preview": "Name, words and rules",
    "preview of a treatment": "Preview",
}
STATES = {
    "everything about the clinic": at("/clinic"),
    "identity": at("/clinic/identity"),
    "identity with errors": identity_with_errors,
    "no logo with errors": no_logo,
    "preview": preview,
    "back from the preview": back_from_preview,
    "as it was before": put_back,
    "a treatment": at("/clinic/treatments", "Sports massage"),
    "preview of a treatment": treatment_preview,
    "a room": at("/clinic/rooms", "Room"),
    "a location": at("/clinic/locations", "Bristol"),
}
