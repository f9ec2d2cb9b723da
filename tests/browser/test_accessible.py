"""Every page in every state, for everybody: narrow and wide, light and dark, by keyboard, by touch, and refused."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import (
    checks,
    letters,
    measures,
    note_tools,
    office,
    own_exercises,
    physical_tests,
    plans_around,
    plans_builder,
    registers,
    staff,
    therapists,
    told,
)
from tests.browser.states import MASSAGE, RELEASE, STATES, arrive, details

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.parametrize("clinic", ["development"], indirect=True),
]
WIDTHS = (320, 768, 1280)
PHONE = {"width": 375, "height": 667}
ZOOMED = {"width": 320, "height": 256}  # a screen of 1280 × 1024 at 400 %


@pytest.mark.parametrize("state", STATES)
def test_a_page_has_no_fault_at_any_width_in_light_and_dark(new_person, state):
    person, faults = new_person(), []
    arrive(person, state)
    for width in WIDTHS:
        person.page.set_viewport_size({"width": width, "height": 800})
        for measure in (measures.sideways, measures.small_targets, measures.axe):
            faults += [f"{width}: {fault}" for fault in measure(person.page)]
    person.page.set_viewport_size(ZOOMED)
    faults += [f"zoomed: {fault}" for fault in (*measures.sideways(person.page), *measures.lost_focus(person.page))]
    assert faults == []


@pytest.mark.parametrize("size", [{"width": 1024, "height": 768}, {"width": 768, "height": 1024}])
def test_what_a_note_needs_is_on_the_first_screen_of_a_tablet_either_way_up(new_person, size):
    """The four parts, pain, both views of the body and Sign. What a visit rarely needs is below; Sign stays in sight."""
    person = new_person(viewport=size)
    arrive(person, "note")
    asked = person.page.get_by_role("button", name="Asked in person: it is fine")
    while asked.count():  # what speaks against the treatment comes first, and takes the room it needs
        person.tap_on(asked.first)
    person.page.reload()  # without what was said of that; with every style
    ribbon = person.page.get_by_role("complementary", name="Demo").bounding_box()["height"]
    person.page.evaluate("scrollTo(0, 0)")
    sign = person.page.get_by_role("button", name="Sign note")
    covered = person.page.locator(".signing").bounding_box()["y"]

    def ends(selector):
        boxes = [one.bounding_box() for one in person.page.locator(selector).all() if one.is_visible()]
        return [box["y"] + box["height"] - ribbon for box in boxes]

    words_and_pain, bodies = ends(".writing .words-part textarea, .writing .pains"), ends(".note-chart svg")
    assert (len(words_and_pain), len(bodies)) == (5, 2)
    assert max(words_and_pain) <= covered
    assert max(bodies) <= size["height"]
    person.page.evaluate("scrollTo(0, 600)")
    expect(sign).to_be_in_viewport()


@pytest.mark.parametrize("state", ["home", "times", "times after an assessment", "times to move to"])
def test_three_times_stand_on_the_first_screen_of_a_phone(new_person, state):
    person = new_person(viewport=PHONE)
    arrive(person, state)
    person.page.evaluate("scrollTo(0, 0)")
    first_day = person.page.locator(".times").first.locator(".time").all()  # which may hold fewer, late on a full day
    boxes = [time.bounding_box() for time in first_day[:3]]
    assert [box for box in boxes if box["y"] + box["height"] > PHONE["height"]] == []


REFUSED = ["details with errors", "safety with errors", "sign-in refused", "lost link with errors"]
REFUSED_WAITING = ["waiting list with errors"]
REFUSED_MY = ["new account with errors", "my details with errors", "my password with errors"]
REFUSED_MY_SIGN_IN = ["a link to sign in with errors", "a client's sign-in refused"]
REFUSED_DESK = [
    "activity with errors",
    "figures with errors",
    "somebody new with errors",
    "contact of a client with errors",
    "block with errors",
    "something to do with errors",
]
REFUSED_STAFF = [
    one
    for topic in (
        office,
        staff,
        therapists,
        registers,
        checks,
        told,
        note_tools,
        letters,
        own_exercises,
        physical_tests,
        plans_around,
        plans_builder,
    )
    for one in topic.STATES
    if "with errors" in one
]
REFUSED_AFTERWARDS = ["note with errors", "findings with errors", "plan refused", "plan with errors"]


@pytest.mark.parametrize(
    "state",
    [*REFUSED, *REFUSED_WAITING, *REFUSED_MY, *REFUSED_MY_SIGN_IN, *REFUSED_DESK, *REFUSED_STAFF, *REFUSED_AFTERWARDS],
)
def test_a_refused_form_reads_out_its_errors_and_leads_to_the_fields(new_person, state):
    person = new_person()
    arrive(person, state)
    expect(person.page).to_have_title(re.compile("^Error: "))
    errors = person.page.locator(".errors")
    expect(errors).to_be_focused()
    expect(errors.get_by_role("listitem")).not_to_have_count(0)
    for link in errors.get_by_role("link").all():
        link.click()
        assert person.page.evaluate("document.activeElement.matches('.bad :is(input, textarea)')")


def test_a_refused_form_keeps_every_character(new_person):
    person = new_person()
    typed = {
        "Your name": "Zoë “Zed” O'Neill-<b>&amp;",
        "Email": "no address \"<&'>",
        "Phone": "12 <i>",
        "A word to your therapist": "It hurts;\n\n   </textarea> & on stairs \\ \t &lt;!",
    }
    details(person)
    for label, text in typed.items():
        person.page.get_by_label(label).fill(text)
    person.page.get_by_label("Groin").check()
    person.page.get_by_label("Both sides").check()
    person.tap("button", "Continue")
    expect(person.page.locator(".errors")).to_be_visible()
    assert {label: person.page.get_by_label(label).input_value() for label in typed} == typed
    expect(person.page.get_by_label("Groin")).to_be_checked()
    expect(person.page.get_by_label("Both sides")).to_be_checked()


class Keyboard:
    """Nothing but keys, counted; the text that is typed is not."""

    def __init__(self, person) -> None:
        self.page, self.presses = person.page, 0

    def press(self, key) -> None:
        self.page.keyboard.press(key)
        self.presses += 1

    def skip(self) -> None:
        """The page's skip link."""
        self.press("Tab")
        self.press("Enter")

    def tab_to(self, place) -> None:
        while not place.evaluate("place => place === document.activeElement"):
            assert self.presses < 99
            self.press("Tab")


@pytest.mark.parametrize("treatment", [RELEASE, MASSAGE])
def test_a_booking_by_keyboard_takes_at_most_40_presses_the_safety_page_included(new_person, treatment):
    person = new_person()
    person.open("/")
    keys, page = Keyboard(person), person.page
    keys.skip()
    keys.tab_to(page.get_by_role("article").filter(has_text=treatment).locator(".time").last)
    keys.press("Enter")
    if treatment == RELEASE:
        expect(page.get_by_role("heading", level=1)).to_have_text("Is this safe for you?")
        keys.skip()
        for box in page.get_by_role("checkbox", name="None of these").all():
            keys.tab_to(box)
            keys.press("Space")
        keys.press("Enter")
    expect(page.get_by_text("Who is it for?")).to_be_visible()
    keys.skip()
    keys.tab_to(page.get_by_label("Your name"))
    page.keyboard.type("Kofi Lampshade")
    keys.press("Tab")
    page.keyboard.type("kofi@client.test")
    keys.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Is this right?")
    keys.skip()
    keys.tab_to(page.get_by_role("button", name="Book it"))
    keys.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("You're booked")
    assert keys.presses <= 40
