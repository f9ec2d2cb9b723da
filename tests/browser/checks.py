"""Papers as they are checked: by an owner, by somebody from outside, and what follows for what is booked."""

import re
from itertools import count

from tests.browser.accounts import follow
from tests.browser.person import Person
from tests.browser.registers import LONG, of
from tests.browser.therapists import photo

_numbers = count()
CHECKERS = "/qualifications/lena-seabright/checkers"


def to_check(person: Person) -> None:
    """What waits of Lena's, which says what it is."""
    of("Olu", "/qualifications/lena-seabright")(person)
    person.page.get_by_role("link", name="Check it").first.click()
    person.page.get_by_role("button", name="Save this check").wait_for()


def check_with_errors(person: Person) -> None:
    to_check(person)
    person.tap("button", "Save this check")


def revoking(person: Person) -> None:
    """One that was verified, and no reason."""
    of("Olu", "/qualifications/ana-driftwood")(person)
    person.page.get_by_role("link", name="Check again or revoke").first.click()
    person.tap("button", "Revoke")


def asked(person: Person) -> str:
    of("Olu", CHECKERS)(person)
    email = f"{'d' * 60}{next(_numbers)}@example.test"
    person.page.get_by_label("Name").fill(LONG[:110])
    person.page.get_by_label("Email").fill(email)
    person.page.get_by_label("tutor").check()
    person.tap("button", "Send the link")
    return email


def checkers_with_errors(person: Person) -> None:
    of("Olu", CHECKERS)(person)
    person.tap("button", "Send the link")


def from_outside(person: Person) -> None:
    follow(person, asked(person), "/checking/")


def check_from_outside(person: Person) -> None:
    from_outside(person)
    person.page.locator(".rows a").first.click()
    person.page.get_by_role("button", name="Save this check").wait_for()


def papers(person: Person) -> None:
    """Of the one entry that waits already, so that she can still be booked."""
    of("Lena", "/qualifications")(person)
    waits = person.page.get_by_role("article").filter(has_text="register.example.org")
    waits.get_by_role("link", name=re.compile("^Add a paper|^Papers: add")).click()
    person.page.locator("#paper").wait_for()


def papers_with_errors(person: Person) -> None:
    papers(person)
    person.tap("button", "Add it")


def paper_to_take_away(person: Person) -> None:
    """Asked once more."""
    papers(person)
    if person.page.get_by_role("link", name="Take it away").count() == 0:
        person.page.locator("#paper").set_input_files({"name": "p.jpg", "mimeType": "image/jpeg", "buffer": photo()})
        person.send("Add it")
    person.page.get_by_role("link", name="Take it away").first.click()


TITLES = {
    "a check with errors": "Error: Check",
    "a revocation with errors": "Error: Check",
    "asking a checker with errors": "Error: Who checks from outside",
    "papers with errors": "Error: Papers",
}
STATES = {
    "a check": to_check,
    "a check with errors": check_with_errors,
    "a revocation with errors": revoking,
    "who checks from outside": asked,
    "asking a checker with errors": checkers_with_errors,
    "papers as seen from outside": from_outside,
    "a check from outside": check_from_outside,
    "papers of an entry": papers,
    "papers with errors": papers_with_errors,
    "a paper to take away": paper_to_take_away,
    "visits that need another therapist": of("Olu", "/clinic/replacements"),
}
