"""A plan as its client has it, before and after something was told of the day."""

from playwright.sync_api import expect

from tests.browser.afterwards import help_page, plan, plan_done_with_pain, plan_with_errors, tell
from tests.browser.person import Person
from tests.browser.plans_player import nothing_told


def done(person: Person) -> None:
    plan(person)
    nothing_told(person)  # by an earlier state
    person.page.reload()
    person.tap("button", "Done today")
    expect(person.page.get_by_text("Done today. Well done.")).to_be_visible()


def amber(person: Person) -> None:
    plan(person)
    nothing_told(person)  # much pain stays, whatever is told after it
    tell(person, pain=4)
    expect(person.page.get_by_text("fine if it settles within a day")).to_be_visible()


def red(person: Person) -> None:
    plan(person)
    nothing_told(person)
    tell(person, pain=6)
    expect(person.page.get_by_text("That hurt more than it should")).to_be_visible()
    person.tap_on(person.page.locator("#practice summary"))


def numb_told(person: Person) -> None:
    help_page(person)
    person.tap_on(person.page.get_by_role("link", name="Back to your plan"))
    expect(person.page.get_by_text("You told us of new numbness or weakness today.")).to_be_visible()


STATES = {
    "plan": plan,
    "plan with errors": plan_with_errors,
    "plan done with pain, a stretch held back": plan_done_with_pain,
    "what to do now": help_page,
    "plan, done": done,
    "plan, amber pain": amber,
    "plan, red pain": red,
    "plan, numbness told": numb_told,
}
TITLES = {"plan with errors": "Error: Your plan"}
