"""A plan in the making, in the states that its doses, its order and its search have."""

import re

from playwright.sync_api import expect

from tests.browser.afterwards import add, find, plan, signed_note
from tests.browser.person import Person

CALM = ["Constructive rest", "Slow breathing, lower legs on a chair", "Pelvic tilt, lying"]
STRETCH = "Half-kneeling hip-flexor stretch"
LONG = "Gently, and never further than it is easy to breathe. " * 3


def empty_plan(person: Person) -> None:
    """Of the client with the signed note, whom nothing is wrong with."""
    signed_note(person)
    person.tap("link", "Home plan")
    expect(person.page).to_have_title(re.compile("^Plan for"))
    find(person, "Not injured")
    while (remove := person.page.get_by_role("button", name=re.compile("^Remove "))).count():
        before = remove.count()
        person.tap_on(remove.first)
        expect(remove).to_have_count(before - 1)


def plan_of_three(person: Person) -> None:
    """These three in this order, and a stretch."""
    empty_plan(person)
    for exercise in (*CALM, STRETCH):
        person.page.get_by_role("button", name=f"Add {exercise}", exact=True).click()
        expect(person.page.locator(".chosen h4").filter(has_text=exercise)).to_be_visible()


def whole_dose(person: Person) -> None:
    """Everything that can be said of a stretch, open to be changed."""
    plan_of_three(person)
    step = person.page.locator(".chosen").last
    step.get_by_text("More of the dose").click()
    for day in ("Mon", "Wed", "Fri"):
        step.get_by_label(day).check()
    step.get_by_role("radio", name="Right only").check()
    step.get_by_label("Times a day").fill("2")
    step.get_by_label("In your own words").fill(LONG)
    person.tap("button", "Save")
    expect(person.page.locator(".more-dose[open]")).to_have_count(1)


def dose_with_errors(person: Person) -> None:
    plan_of_three(person)
    step = person.page.locator(".chosen").last
    step.get_by_text("More of the dose").click()
    step.get_by_label("Rest, secs").fill("for ever")
    step.get_by_label("Times a day").fill("99")
    person.tap("button", "Save")


def nothing_to_add(person: Person) -> None:
    plan_of_three(person)
    person.page.get_by_label("Find an exercise").fill("trampoline")
    expect(person.page.get_by_text("No exercise is like that.")).to_be_visible()


def too_long(person: Person) -> None:
    plan_of_three(person)
    person.page.locator(".chosen").first.get_by_label("Time, secs").fill("1800")
    person.tap("button", "Save")
    expect(person.page.get_by_text("Hardly anybody finds more")).to_be_visible()


def before_the_next_phase(person: Person) -> None:
    """What has to be met, open, after a plan was sent."""
    plan(person)
    empty_plan(person)
    add(person, "Bridge")
    ahead = person.page.locator("#ahead")
    ahead.locator("summary").click()
    expect(ahead.get_by_text("not injured")).to_be_visible()


TITLES = {
    "before the next phase": "Plan for",
    "a dose with errors": "Error: Plan for",
    "a plan in order": "Plan for",
    "a whole dose": "Plan for",
    "nothing to add": "Plan for",
    "a plan that is too long": "Plan for",
}
STATES = {
    "before the next phase": before_the_next_phase,
    "a plan in order": plan_of_three,
    "a whole dose": whole_dose,
    "a dose with errors": dose_with_errors,
    "nothing to add": nothing_to_add,
    "a plan that is too long": too_long,
}
