"""Continuing education, as therapists keep it and owners read it."""

from tests.browser.person import Person
from tests.browser.steps import signed_in
from tests.browser.therapists import LONG_WORD, photo


def log(person: Person) -> None:
    signed_in(person, "Lena")
    person.open("/continuing-education?rule=cnhc")


def activity(person: Person) -> None:
    log(person)
    person.tap("link", "Enter an activity")


def activity_with_errors(person: Person) -> None:
    activity(person)
    person.tap("button", "Save")


def entered(person: Person) -> None:
    """With a long word and a certificate."""
    activity(person)
    person.page.get_by_label("What was it?").fill(LONG_WORD)
    person.page.get_by_label("Day").fill("2026-01-05")
    person.page.get_by_label("Hours").fill("6")
    person.page.get_by_label("My own discipline").check()
    person.page.get_by_label("What do you take from it?").fill(f"{LONG_WORD}\n\nSlower.")
    person.tap("button", "Save")
    person.page.get_by_role("link", name=LONG_WORD).first.click()
    with_certificate = person.page.get_by_role("link", name="Take it away")
    if with_certificate.count() == 0:
        person.page.get_by_label("Add a certificate").set_input_files(
            {"name": "c.jpg", "mimeType": "image/jpeg", "buffer": photo()}
        )
        person.send("Add it")
        with_certificate.wait_for()


def certificate_with_errors(person: Person) -> None:
    entered(person)
    person.tap("button", "Add it")


def log_by_a_rule(person: Person) -> None:
    entered(person)
    person.open("/continuing-education?rule=cnhc&on=2026-01-05")


def deleted(person: Person) -> None:
    activity(person)
    person.page.get_by_label("What was it?").fill("A slip")
    person.page.get_by_label("Day").fill("2026-01-06")
    person.page.get_by_label("Hours").fill("1")
    person.page.get_by_label("Ethics").check()
    person.tap("button", "Save")
    person.page.get_by_role("link", name="A slip").first.click()
    person.tap("button", "Delete it")


def of_somebody(person: Person) -> None:
    signed_in(person, "Olu")
    person.open("/continuing-education/of/lena-seabright?rule=bctmb")
    person.page.get_by_text("of 24 hours").wait_for()


STATES = {
    "continuing education": log,
    "enter an activity": activity,
    "activity with errors": activity_with_errors,
    "an activity with a certificate": entered,
    "certificate with errors": certificate_with_errors,
    "continuing education by a rule": log_by_a_rule,
    "an activity deleted": deleted,
    "continuing education of somebody": of_somebody,
}
