"""What clients tell and agree to, what follows from it, and the safety list, in every state."""

import re

from playwright.sync_api import expect

from tests.browser.person import Person
from tests.browser.registers import of
from tests.browser.steps import book_it, choose_a_time, tell
from tests.histories import SORE, WELL

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


def tell_of_a_sore_back(person: Person) -> None:
    """All of the history, from the appointment on, by somebody without a script, whose low back hurts on the left."""
    person.page.get_by_role("link", name=re.compile("^Tell us about your health")).click()
    person.tap("link", "Begin")
    while person.page.get_by_role("button", name="Save and go on").count():
        address = person.page.url
        for name, said in {**WELL, **SORE}.items():
            _answer(person, name, said)
        person.tap("button", "Save and go on")
        person.page.wait_for_url(lambda url, before=address: url != before)
    person.tap("button", "Send it")
    expect(person.page.get_by_role("heading", level=1)).to_have_text(re.compile("Thank you"))


def _answer(person: Person, name: str, said: str | list[str]) -> None:
    """Where this page asks it."""
    field = person.page.locator(f'main [name="{name}"]:not([type=hidden])')
    if field.count() == 0:
        return
    if field.first.get_attribute("type") in ("radio", "checkbox"):
        for one in [said] if isinstance(said, str) else said:
            person.page.locator(f'main [name="{name}"][value="{one}"]').check()
    elif person.page.locator(f'main select[name="{name}"]').count():
        field.select_option(said)
    else:
        field.fill(said)


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
