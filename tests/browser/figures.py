"""The clinic's figures, as its owner sees them. The demo's past visits are of the last weeks."""

from tests.browser.person import Person
from tests.browser.steps import signed_in

PAGE = "/clinic/figures"


def of_all(person: Person) -> None:
    signed_in(person, "Olu")
    person.open(PAGE)


def told_apart(person: Person) -> None:
    signed_in(person, "Olu")
    person.open(f"{PAGE}?weeks=4&by=therapist")


def with_errors(person: Person) -> None:
    of_all(person)
    person.open(f"{PAGE}?from=soon")


def none_yet(person: Person) -> None:
    of_all(person)
    person.open(f"{PAGE}?from=2001-01-01&until=2001-01-31")


STATES = {
    "figures": of_all,
    "figures by therapist": told_apart,
    "figures with errors": with_errors,
    "no figures yet": none_yet,
}
