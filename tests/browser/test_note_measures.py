"""Measures on a note in a real browser: two taps, what they mean at once, by keyboard too, and saved with the rest."""

import pytest
from playwright.sync_api import expect

from tests.browser.notes import SAVED, at_an_empty_note, status

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.parametrize("clinic", ["sqlite"], indirect=True),
]


def scale(person, name):
    return person.page.get_by_role("radiogroup", name=name)


def test_two_taps_say_what_this_visit_did_and_are_kept(new_person):
    person = at_an_empty_note(new_person)
    scale(person, "Pain on arrival").get_by_role("radio", name="6", exact=True).click()
    ringed, plain = (scale(person, "Pain at the end").get_by_text(pain, exact=True) for pain in ("6", "7"))
    ring = "element => getComputedStyle(element).borderColor"
    assert ringed.evaluate(ring) != plain.evaluate(ring)
    scale(person, "Pain at the end").get_by_role("radio", name="2", exact=True).click()
    expect(person.page.get_by_text("4 lower than on arrival.")).to_be_visible()
    status(person).to_have_text(SAVED)
    person.page.reload()
    expect(person.page.get_by_text("4 lower than on arrival.")).to_be_visible()


def test_a_scale_is_moved_by_arrow_keys_and_another_activity_by_enter(new_person):
    person = at_an_empty_note(new_person)
    scale(person, "Pain on arrival").get_by_role("radio").first.focus()
    for _ in range(4):
        person.page.keyboard.press("ArrowRight")
    expect(scale(person, "Pain on arrival").get_by_label("3", exact=True)).to_be_checked()
    person.page.get_by_text("More measures").click()
    person.page.get_by_role("button", name="Another activity").press("Enter")
    second = person.page.get_by_role("group", name="Activity 2")
    expect(second.get_by_label("Activity")).to_be_focused()
    person.page.keyboard.type("Stairs")
    second.get_by_label("How well it goes").select_option("4")
    status(person).to_have_text(SAVED)
    person.page.reload()
    expect(person.page.get_by_role("group", name="Activity 1").get_by_label("Activity")).to_have_value("Stairs")
