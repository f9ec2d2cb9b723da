"""An exercise that something speaks against: where it can be added, in the plan, and given with a reason. And what is
taken for a stretch.
"""

from playwright.sync_api import expect

from tests.browser.afterwards import find, plan_to_send
from tests.browser.library import library
from tests.browser.person import Person

STRETCH = "Half-kneeling hip-flexor stretch"


def something_against(person: Person) -> None:
    """Every muscle heals, and the plan has a stretch."""
    plan_to_send(person)
    person.tap("button", "Save")  # what was given all the same before is forgotten where nothing speaks against it
    find(person, "Healing")
    expect(person.page.locator(".chosen").filter(has_text=STRETCH)).to_contain_text("say why you give it")


def refused(person: Person) -> None:
    something_against(person)
    person.tap_on(person.page.get_by_role("button", name="Send to"))


def all_the_same(person: Person) -> None:
    something_against(person)
    step = person.page.locator(".chosen").filter(has_text=STRETCH)
    step.get_by_label("Give it all the same").fill("The physio has seen it, and asks for a short hold. " * 4)
    person.tap("button", "Save")
    expect(person.page.get_by_text("You give this all the same.")).to_be_visible()


def taken_for_a_stretch(person: Person) -> None:
    library(person)
    person.open("/library/bird_dog")


STATES = {
    "something speaks against it": something_against,
    "a stretch that may not be sent": refused,
    "given all the same": all_the_same,
    "taken for a stretch": taken_for_a_stretch,
}
TITLES = {
    "something speaks against it": "Plan for",
    "a stretch that may not be sent": "Error: Plan for",
    "given all the same": "Plan for",
    "taken for a stretch": "Bird dog",
}
