"""What clients tell and agree to, what follows from it, and the safety list, in every state."""

import re

from tests.browser.person import Person
from tests.browser.registers import of
from tests.browser.steps import book_it, choose_a_time, tell

LIST = "/clinic/safety-list"


def booked(person: Person) -> None:
    """By somebody new, for one of the next days."""
    choose_a_time(person, "Sports massage")
    tell(person, "Ida Lampshade", "ida@client.test")
    person.tap("button", "Continue")
    book_it(person)


def history_page(person: Person) -> None:
    """The first, from the appointment."""
    booked(person)
    person.page.get_by_role("link", name=re.compile("^Tell us about your health")).click()
    person.tap("link", "Begin")


def history_with_errors(person: Person) -> None:
    history_page(person)
    person.tap("button", "Save and go on")


def consent(person: Person) -> None:
    booked(person)
    person.page.get_by_role("link", name=re.compile("^Read and sign what you agree to")).click()


def consent_with_errors(person: Person) -> None:
    consent(person)
    person.tap("button", "I agree and sign")


def row_with_errors(person: Person) -> None:
    of("Olu", f"{LIST}/rows/new")(person)
    person.tap("button", "Keep as the next version")


def tried_out(person: Person) -> None:
    of("Olu", f"{LIST}/bench")(person)
    person.page.get_by_label("Daily aspirin").check()
    person.tap("button", "What would they be told?")


# From the record of somebody who has just booked, by this link.
ON_THE_RECORD = {
    "health history on the record": "Health history",
    "what stands": "What stands",
    "measures on the record": "Measures",
    "consents on the record": "Consent and privacy",
}
TITLES = {
    "history": "About you",
    "history with errors": "Error: About you",
    "consent": "Your consent",
    "consent with errors": "Error: Your consent",
    "row of the safety list with errors": "Error: Add a row",
}
STATES = {
    "history": history_page,
    "history with errors": history_with_errors,
    "consent": consent,
    "consent with errors": consent_with_errors,
    "safety list": of("Olu", LIST),
    "row of the safety list": of("Olu", f"{LIST}/rows/aspirin"),
    "row of the safety list with errors": row_with_errors,
    "versions of the safety list": of("Olu", f"{LIST}/versions"),
    "safety list tried out": tried_out,
    "news by mail": of("Olu", "/clinic/news"),
}
