"""A therapist at a note."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, LocatorAssertions, Page, expect

from tests.browser.person import Person
from tests.browser.steps import book_it, choose_a_time, fact, signed_in, tell

SAVED = re.compile("^Saved ")
KEPT = """async () => {
  const opened = await new Promise((done) => {
    const opening = indexedDB.open("notes");
    opening.onsuccess = () => done(opening.result);
  });
  const rows = await new Promise((done) => {
    const asked = opened.transaction("drafts").objectStore("drafts").getAll();
    asked.onsuccess = () => done(asked.result);
  });
  opened.close();
  const text = (value) => value instanceof Object ? new TextDecoder("latin1").decode(value) : value;
  return rows.map((row) => Object.values(row).map(text).join(" "));
}"""


def at_an_empty_note(new_person, name: str = "Nils Butterdish", then: Callable[[Person], None] | None = None) -> Person:
    """A therapist with the empty note of somebody who has just booked before them, and `then` done something more."""
    client = new_person(java_script_enabled=then is None)
    choose_a_time(client, "Sports massage")
    day = re.search(r"slot=(\d{8})T", client.page.url)[1]
    tell(client, name, f"{name.replace(' ', '.').lower()}@client.test")
    client.tap("button", "Continue")
    book_it(client)
    therapist = fact(client, "With").split()[0]
    if then:
        then(client)
    person = signed_in(new_person(), therapist)
    person.open(f"/today?on={day}")
    visit = person.page.locator(".visit").filter(has_text=name)
    with person.page.expect_response("**/draft-keys"):  # from then on what is typed is kept on the device
        person.tap_on(visit.get_by_role("link", name=re.compile("^Note(?! to sign)")).last)
    expect(part(person)).to_have_value("")
    return person


def part(person: Person, page: Page | None = None) -> Locator:
    return (page or person.page).get_by_role("textbox", name="Subjective")


def status(person: Person, page: Page | None = None) -> LocatorAssertions:
    return expect((page or person.page).locator(".saved"))


def kept(page: Page) -> list[str]:
    """What this browser keeps of drafts, as whoever takes its disk reads it."""
    return page.evaluate(KEPT)


def until_kept(page: Page) -> None:
    """Writing has a line of its own on the page, so what it says of this device is so."""
    expect(page.locator(".saved")).to_contain_text("on this device")
    page.wait_for_function(f"async () => (await ({KEPT})()).length === 1")


def until_nothing_kept(page: Page) -> None:
    """The clinic has it, and says so a moment before this device lets go of it."""
    page.wait_for_function(f"async () => (await ({KEPT})()).length === 0")
