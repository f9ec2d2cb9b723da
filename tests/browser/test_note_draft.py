"""A note keeps itself while it is typed, and no word is lost to a closed tab or a second page."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.notes import at_an_empty_note, part, status
from tests.browser.served import until

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.parametrize("clinic", ["sqlite"], indirect=True),
]
EARLIER, LATER = "Front of the hip since long drives", "and worse on the stairs"


@pytest.fixture
def therapist(new_person):
    return at_an_empty_note(new_person)


def refused(person, status):
    """The script's saves were, which is meant here."""
    assert set(person.complaints) == {f"{status} for {person.page.url}/draft"}
    person.complaints.clear()


def test_what_was_typed_is_there_after_the_tab_was_closed_without_saving(therapist):
    part(therapist).fill(EARLIER)
    status(therapist).to_have_text(re.compile("^Saved "))
    note = therapist.page.url
    therapist.page.close()
    therapist.page = therapist.new_page()
    therapist.open(note)
    expect(part(therapist)).to_have_value(EARLIER)


def test_what_was_typed_at_the_last_moment_is_sent_when_the_page_is_left(therapist):
    note = therapist.page.url
    part(therapist).fill(EARLIER)
    therapist.open("/today")

    def has_come() -> bool:
        therapist.open(note)
        return part(therapist).input_value() == EARLIER

    until(has_come)


def test_the_second_page_of_a_note_is_told_and_neither_loses_a_word(therapist):
    second = therapist.new_page()
    second.goto(therapist.page.url)
    part(therapist).fill(EARLIER)
    status(therapist).to_have_text(re.compile("^Saved "))
    part(therapist, second).fill(LATER)
    status(therapist, second).to_have_text(
        "Not saved: this note was changed on another page. Press Save draft to see both."
    )
    refused(therapist, 409)
    therapist.page.reload()
    expect(part(therapist)).to_have_value(EARLIER)
    second.get_by_role("button", name="Save draft").click()
    second.wait_for_url("**/draft")
    refused(therapist, 409)
    expect(second.get_by_role("alert")).to_contain_text("changed on another page")
    expect(second.locator(".card").filter(has_text="Kept from the other page")).to_contain_text(EARLIER)
    expect(part(therapist, second)).to_have_value(LATER)
    part(therapist, second).fill(f"{EARLIER} {LATER}")
    status(therapist, second).to_have_text(re.compile("^Saved "))
