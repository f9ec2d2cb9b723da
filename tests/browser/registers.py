"""What therapists hold, as they enter it and as an owner sees it, and the presets it is filled in from."""

import re

from tests.browser.person import Person
from tests.browser.steps import signed_in

LONG = "Wohlfühlmassagetherapeutinnenausbildungszeugnis " * 3


def of(first_name: str, path: str):
    def arrive(person: Person) -> None:
        signed_in(person, first_name)
        person.open(path)

    return arrive


def register(person: Person) -> None:
    """With all that was entered open."""
    of("Lena", "/qualifications")(person)
    person.page.get_by_text("What was entered").first.click()


def paper_with_errors(person: Person) -> None:
    of("Lena", "/credentials/new?therapist=lena-seabright&preset=uk-sports-4")(person)
    person.page.get_by_label("Qualification number").fill("601-5566")
    person.page.get_by_label("Level", exact=False).last.fill("40")
    person.tap("button", "Enter it")


def put_away(person: Person) -> None:
    """A long one, and where it is found again."""
    of("Lena", "/credentials/new?therapist=lena-seabright&kind=membership")(person)
    person.page.get_by_label("What it is called").fill(LONG)
    person.page.get_by_label("Member since").fill("2024-05-01")
    person.tap("button", "Enter it")
    person.page.get_by_role("button", name=re.compile("^Put away.*Wohl")).first.click()
    person.page.get_by_text("Put away (").first.click()


def preset_with_errors(person: Person) -> None:
    of("Olu", "/clinic/presets/new")(person)
    person.tap("button", "Add this preset")


TITLES = {
    "a paper with errors": "Error: Qualification",
    "a preset with errors": "Error: Add a preset",
}
STATES = {
    "a register": register,
    "a register of somebody who cannot be booked": of("Olu", "/qualifications/idris-oldcastle"),
    "everybody's registers": of("Olu", "/qualifications"),
    "what to enter": of("Lena", "/credentials/new?therapist=lena-seabright"),
    "a paper of an insurance": of("Lena", "/credentials/new?therapist=lena-seabright&preset=uk-insurance"),
    "a paper with errors": paper_with_errors,
    "a paper put away": put_away,
    "presets": of("Olu", "/clinic/presets"),
    "a preset": of("Olu", "/clinic/presets/cnhc"),
    "a preset with errors": preset_with_errors,
}
