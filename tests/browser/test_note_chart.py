"""The body chart of a note in a browser: whatever is tapped or typed, the pictures and the rows say the same."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import measures
from tests.browser.afterwards import note_to_sign
from tests.browser.notes import at_an_empty_note
from tests.browser.told import tell_of_a_sore_back

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.parametrize("clinic", ["sqlite"], indirect=True),
]
TABLET = {"width": 1024, "height": 768}
DRAWN = """() => Object.fromEntries(["marks", "treated"].map((list) => [list, [...new Set(
  [...document.querySelectorAll(".note-chart [data-place]")]
    .filter((path) => path.getAttribute("aria-label").includes(list === "marks" ? "Hurts" : "Treated"))
    .map((path) => path.dataset.place))].sort()]))"""
LISTED = """() => Object.fromEntries(["marks", "treated"].map((list) => [list,
  [...document.querySelectorAll(`[data-list=${list}] [name$="-place"]`)].map((place) => place.value).filter(Boolean).sort()]))"""
SIGNS = """view => [...document.querySelectorAll(`.note-chart [data-view=${view}] [data-marked] text`)].map((sign) => sign.textContent)"""


@pytest.fixture
def therapist(new_person):
    return with_note(new_person, viewport=TABLET, has_touch=True)


def with_note(new_person, **kind):
    """At an empty chart, whatever another test has left there."""
    person = new_person(**kind)
    note_to_sign(person)
    if kind.get("java_script_enabled", True):
        expect(person.page.locator(".note-chart.live")).to_be_visible()
        while person.page.locator(".spot .remove").count():
            person.page.locator(".spot .remove").first.click()
    return person


def place(person, name, view="front"):
    return person.page.locator(f'.note-chart [data-view="{view}"] [data-place="{name}"]')


def field(person, name):
    return person.page.locator(f'.note-chart [name="{name}"]')


def same(person):
    """What the pictures and the rows say, which is the same."""
    drawn, listed = person.page.evaluate(DRAWN), person.page.evaluate(LISTED)
    assert drawn == listed
    return drawn


def signs(person, view="front"):
    return person.page.evaluate(SIGNS, view)


def rows(person, what):
    return person.page.locator(f"[data-list={what}] .spot")


def saved(person):
    expect(person.page.locator(".saved")).to_have_text(re.compile("^Saved "))


def test_one_touch_marks_a_place_and_the_next_goes_to_its_row(therapist):
    therapist.page.get_by_role("radiogroup", name="Pain on arrival").or_(
        therapist.page.get_by_role("group", name="Pain on arrival")
    ).get_by_role("radio", name="6", exact=True).check()
    place(therapist, "hip_flexors/right").tap()
    assert same(therapist) == {"marks": ["hip_flexors/right"], "treated": []}
    row = rows(therapist, "marks")
    assert [row.locator("select").nth(n).input_value() for n in range(4)] == ["hip_flexors/right", "dull", "6", ""]
    assert signs(therapist) == ["6"]
    place(therapist, "hip_flexors/right").tap()
    expect(row.get_by_label("Feels")).to_be_focused()
    row.get_by_label("Pain at the end").select_option("2")
    assert signs(therapist) == ["6→2"]
    assert "dull or aching, 6 before, 2 after" in place(therapist, "hip_flexors/right").get_attribute("aria-label")


def test_the_switch_has_the_same_touch_say_what_was_treated(therapist):
    place(therapist, "low_back/left", "back").tap()
    therapist.page.get_by_role("radio", name="Treated").check()
    place(therapist, "low_back/left", "back").tap()
    place(therapist, "knee/left", "back").tap()
    assert same(therapist) == {"marks": ["low_back/left"], "treated": ["knee/left", "low_back/left"]}
    expect(rows(therapist, "treated").first.get_by_label("Pressure")).to_have_value("5")
    assert signs(therapist) == ["T"]  # a knee is seen from either side
    therapist.page.get_by_role("button", name="Remove this place").nth(1).tap()
    assert same(therapist) == {"marks": ["low_back/left"], "treated": ["knee/left"]}


def test_a_chart_is_marked_by_the_keyboard_alone(therapist):
    keys = therapist.page.keyboard
    place(therapist, "abdomen/left").focus()
    keys.press("ArrowUp")
    expect(place(therapist, "chest/left")).to_be_focused()
    keys.press("Enter")
    assert same(therapist) == {"marks": ["chest/left"], "treated": []}
    expect(therapist.page.locator(".note-chart [aria-live]")).to_have_text("Chest, left: added to the list")
    keys.press("Enter")
    keys.press("Tab")
    expect(rows(therapist, "marks").get_by_label("Pain on arrival")).to_be_focused()
    therapist.page.get_by_role("button", name="Add a place that hurts").focus()
    keys.press("Enter")
    keys.type("Groin, l")
    assert same(therapist)["marks"] == ["chest/left", "groin/left"]
    rows(therapist, "marks").first.get_by_role("button", name="Remove this place").press("Enter")
    assert same(therapist) == {"marks": ["groin/left"], "treated": []}


def test_a_marked_chart_is_saved_by_itself_and_there_after_a_reload(therapist):
    place(therapist, "calf/right", "back").tap()
    therapist.page.get_by_role("radio", name="Treated").check()
    place(therapist, "buttock/right", "back").tap()
    rows(therapist, "treated").get_by_label("Minutes").fill("12")
    saved(therapist)
    therapist.page.reload()
    assert same(therapist) == {"marks": ["calf/right"], "treated": ["buttock/right"]}
    expect(rows(therapist, "treated").get_by_label("Minutes")).to_have_value("12")


def test_what_they_marked_in_their_history_is_taken_over_saved_by_itself_and_there_after_a_reload(new_person):
    therapist = at_an_empty_note(new_person, "Ida Candlestick", tell_of_a_sore_back)
    therapist.page.get_by_text("Dashed: what they told of themselves").click()
    expect(therapist.page.get_by_text(re.compile("^They told: Low back, left"))).to_be_visible()
    assert same(therapist) == {"marks": [], "treated": []}
    for _ in ("once", "and again, which changes nothing"):
        therapist.tap("button", "Take over what they told")
        assert same(therapist) == {"marks": ["low_back/left"], "treated": []}
    saved(therapist)
    therapist.page.reload()
    assert same(therapist) == {"marks": ["low_back/left"], "treated": []}
    row = rows(therapist, "marks")
    assert [row.locator("select").nth(n).input_value() for n in range(4)] == ["low_back/left", "dull", "6", ""]


def test_a_marked_chart_has_no_fault_on_the_narrowest_screen(therapist):
    place(therapist, "low_back/left", "back").tap()
    therapist.page.get_by_role("radio", name="Treated").check()
    place(therapist, "low_back/left", "back").tap()
    therapist.page.set_viewport_size({"width": 320, "height": 667})
    found = [*measures.axe(therapist.page), *measures.sideways(therapist.page), *measures.small_targets(therapist.page)]
    assert found == []


@pytest.mark.parametrize("width", [320, 768, 1024])
def test_on_larger_pictures_every_place_is_24_pixels_wide_and_high(therapist, width):
    therapist.page.set_viewport_size({"width": width, "height": 900})
    therapist.page.get_by_role("checkbox", name="Larger pictures").check()
    assert [slim for view in ("front", "back") for slim in measures.slim_places(therapist.page, view)] == []
    assert measures.sideways(therapist.page) == []


def test_without_a_script_the_rows_are_all_there_is_to_use(new_person, therapist):
    saved_note = therapist.page.url
    place(therapist, "shin/left").tap()
    saved(therapist)
    person = with_note(new_person, java_script_enabled=False)
    person.open(saved_note)
    expect(person.page.get_by_role("radio", name="Treated")).to_be_hidden()
    expect(person.page.get_by_role("button", name="Remove this place").first).to_be_hidden()
    expect(field(person, "marks-0-place")).to_have_value("shin/left")
    field(person, "marks-0-place").select_option("")
    field(person, "treated-0-place").select_option("foot/left")
    person.tap("button", "Save draft")
    expect(field(person, "treated-0-place")).to_have_value("foot/left")
    expect(field(person, "treated-1-place")).to_have_value("")
    expect(field(person, "marks-0-place")).to_have_value("")
