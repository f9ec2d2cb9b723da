"""Tests on a note in a real browser: what needs something done is said at once, and a chip says which sides are filled."""

import pytest
from playwright.sync_api import expect

from tests.browser.notes import SAVED, at_an_empty_note, status

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.parametrize("clinic", ["sqlite"], indirect=True),
]


def test_a_pulse_that_is_felt_is_answered_at_once_and_kept(new_person):
    person = at_an_empty_note(new_person)
    palpation = person.page.locator(".test").filter(has_text="Palpation")
    palpation.locator("summary").first.click()
    right = palpation.get_by_role("group", name="Right", exact=True)
    action = right.get_by_text("no more deep work there today")
    expect(action).to_be_hidden()
    right.get_by_role("group", name="Pulse felt").get_by_label("yes").check()
    expect(action).to_be_visible()
    expect(palpation.locator("summary").first).to_have_text("Palpation left right")
    expect(palpation.locator(".filled.right")).to_be_visible()
    expect(palpation.locator(".filled.left")).to_be_hidden()
    status(person).to_have_text(SAVED)
    person.page.reload()
    expect(palpation.locator(".filled.right")).to_be_visible()
