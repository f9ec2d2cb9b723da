"""What surrounds a plan, in its states: templates to begin from, the page before it is sent, the year of birth, and
pages elsewhere.
"""

from playwright.sync_api import expect

from tests.browser.afterwards import find, plan, signed_note
from tests.browser.office import at
from tests.browser.person import Person

LINKS = "/clinic/links"
FILM = "Breathing, shown slowly and from the side"


def templates(person: Person) -> None:
    """Open, over a plan that has something already."""
    signed_note(person)
    person.tap("link", "Home plan")
    find(person, "Not injured")
    person.page.get_by_role("button", name="Add Pelvic tilt, lying", exact=True).or_(
        person.page.get_by_role("button", name="Remove Pelvic tilt, lying", exact=True)
    ).first.click()
    starts = person.page.locator(".starts")
    if starts.get_attribute("open") is None:
        starts.locator("summary").click()
    expect(starts.get_by_text("Calm week", exact=True)).to_be_visible()


def left_out(person: Person) -> None:
    """Begun from stretches while a muscle heals."""
    signed_note(person)
    person.tap("link", "Home plan")
    find(person, "New injury")
    starts = person.page.locator(".starts")
    if starts.get_attribute("open") is None:
        starts.locator("summary").click()
    row = starts.get_by_role("listitem").filter(has_text="Lengthen")
    row.get_by_role("button").last.click()
    expect(person.page.locator("#left-out")).to_be_visible()


def words_that_promise(person: Person) -> None:
    templates(person)
    details = person.page.locator("details").filter(has=person.page.get_by_label("What to expect"))
    if details.get_attribute("open") is None:
        details.locator("summary").click()
    person.page.get_by_label("What to expect").fill("You will be pain-free in two weeks.")
    person.tap("button", "Save")
    expect(person.page.get_by_text("Look at these words before you send them.")).to_be_visible()


def before_it_is_sent(person: Person) -> None:
    templates(person)
    person.tap("button", "See it as they will")
    expect(person.page.get_by_text("This is how")).to_be_visible()


def year(person: Person) -> None:
    plan(person)
    person.open(f"{person.page.url.partition('#')[0]}/year")
    expect(person.page.get_by_role("heading", name="When were you born?")).to_be_visible()


def year_with_errors(person: Person) -> None:
    year(person)
    person.page.get_by_label("Year of birth").fill("80")
    person.tap("button", "Open my plan")


def links(person: Person) -> None:
    at(LINKS)(person)
    if not person.page.get_by_role("link", name=FILM).count():
        person.page.get_by_label("Title").fill(FILM)
        person.page.get_by_label("Address").fill("https://videos.example/" + "breathing-" * 20)
        person.page.get_by_label("It is a video").check()
        person.page.get_by_label("We earn by it").check()
        person.tap("button", "Add it")
    expect(person.page.get_by_role("link", name=FILM)).to_be_visible()


def link_with_errors(person: Person) -> None:
    at(LINKS)(person)
    person.page.get_by_label("Address").fill("http://ana:secret@videos")
    person.tap("button", "Add it")


def one_link(person: Person) -> None:
    links(person)
    person.tap("link", FILM)


STATES = {
    "templates of plans": templates,
    "a template, some left out": left_out,
    "words that promise": words_that_promise,
    "a plan before it is sent": before_it_is_sent,
    "year of birth": year,
    "year of birth with errors": year_with_errors,
    "pages and videos": links,
    "pages and videos with errors": link_with_errors,
    "a page or video": one_link,
}
TITLES = {
    "templates of plans": "Plan for",
    "year of birth with errors": "Error: Your plan",
    "pages and videos": "Pages and videos",
    "pages and videos with errors": "Error: Pages and videos",
    "a page or video": FILM,
    "a plan before it is sent": "Your plan",
}
