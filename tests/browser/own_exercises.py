"""The exercises of a clinic as its owner sees them, in every state."""

from tests.browser.office import at
from tests.browser.person import Person

PAGE = "/clinic/exercises"


def hidden(person: Person) -> None:
    at(f"{PAGE}/prone_rest")(person)  # which nobody else needs
    person.tap("button", "Hide it")


def with_errors(person: Person) -> None:
    at(f"{PAGE}/new")(person)
    person.tap("button", "Save")


def photo_with_errors(person: Person) -> None:
    at(f"{PAGE}/glute_bridge")(person)
    person.tap("button", "Put the photo in place")


def preview(person: Person) -> None:
    at(f"{PAGE}/half_kneeling_hip_flexor")(person)
    person.tap("button", "Show it as clients see it")


TITLES = {
    "exercises of the clinic": "Exercises of the clinic",
    "an exercise to change": "Half-kneeling hip-flexor stretch",
    "an exercise to add": "Add an exercise",
    "an exercise with errors": "Error: Add an exercise",
    "an exercise with errors at its photo": "Error: Bridge",
    "an exercise that is hidden": "Resting on your front",
    "a preview of an exercise": "Half-kneeling hip-flexor stretch",
}
STATES = {
    "exercises of the clinic": at(PAGE),
    "an exercise to change": at(PAGE, "Half-kneeling hip-flexor stretch"),
    "an exercise to add": at(PAGE, "Add an exercise"),
    "an exercise with errors": with_errors,
    "an exercise with errors at its photo": photo_with_errors,
    "an exercise that is hidden": hidden,
    "a preview of an exercise": preview,
}
