"""Blocks, what waits for somebody, and why a time is not offered, in every state of their pages."""

from playwright.sync_api import expect

from tests.browser.desk import NAME, known
from tests.browser.person import Person
from tests.browser.steps import signed_in

REASONS = "/diary/reasons?treatment=psoas-release&minutes=45&therapist=ben-lightfoot&at=20350107T0307Z"


def a_block(person: Person) -> None:
    signed_in(person, "Rosa")
    person.open("/diary/blocks/new?at=20350108T1000Z&minutes=60")


def block_with_errors(person: Person) -> None:
    a_block(person)
    for label in ("Day", "Until"):
        person.page.get_by_label(label, exact=True).fill("")
    person.tap("button", "Block this time")


def blocked(person: Person) -> None:
    a_block(person)
    person.page.get_by_label("How often?").select_option("3")
    person.tap("button", "Block this time")
    expect(person.page.get_by_role("button", name="Delete this one and all after it")).to_be_visible()


def something_to_do(person: Person) -> None:
    known(person)
    signed_in(person, "Rosa")
    person.open("/clients?q=Ottoline")
    person.tap_on(person.page.get_by_role("link", name=NAME).first)
    person.tap("link", "Something to do")


def something_to_do_with_errors(person: Person) -> None:
    something_to_do(person)
    person.tap("button", "Ask for it")


def work(person: Person) -> None:
    something_to_do(person)
    person.page.get_by_label("Ring back").check()
    person.tap("button", "Ask for it")
    expect(person.page.get_by_role("heading", name="Work")).to_be_visible()
    person.page.get_by_text("Hand to somebody").first.click()


def names_hidden(person: Person) -> None:
    work(person)
    person.tap("button", "Hide names")
    expect(person.page.get_by_text("Names are hidden")).to_be_visible()


def reasons(person: Person) -> None:
    signed_in(person, "Rosa")
    person.open(REASONS)


STATES = {
    "block a time": a_block,
    "block with errors": block_with_errors,
    "blocked every week": blocked,
    "something to do": something_to_do,
    "something to do with errors": something_to_do_with_errors,
    "work": work,
    "work with names hidden": names_hidden,
    "why a time is not offered": reasons,
}
