"""The exercises: as therapists look them up, for nobody and for a client, and as everybody sees them."""

from tests.browser.afterwards import plan_to_send
from tests.browser.person import Person
from tests.browser.steps import signed_in


def library(person: Person) -> None:
    signed_in(person, "Ana")
    person.tap("link", "Exercises")


def searched(person: Person) -> None:
    library(person)
    person.open("/library?words=knee&condition=ddd")


def nothing_found(person: Person) -> None:
    library(person)
    person.open("/library?words=trampoline")


def exercise(person: Person) -> None:
    library(person)
    person.open("/library/half_kneeling_hip_flexor")
    person.page.get_by_text("The other side", exact=True).click()


def for_a_client(person: Person) -> None:
    plan_to_send(person)
    person.tap("button", "See them with pictures")


def shown_exercise(person: Person) -> None:
    person.open("/exercises")
    person.tap("link", "Half-kneeling hip-flexor stretch")


STATES = {
    "library": library,
    "library, searched": searched,
    "library, nothing found": nothing_found,
    "an exercise": exercise,
    "exercises for a client": for_a_client,
    "exercises shown to everybody": lambda person: person.open("/exercises"),
    "an exercise shown to everybody": shown_exercise,
}
TITLES = {
    "library": "Exercises",
    "exercises for a client": "Exercises for",
    "an exercise shown to everybody": "Half-kneeling",
}
