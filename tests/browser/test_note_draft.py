"""A note keeps itself while it is typed, and no word is lost to a closed tab, a second page or an ended session."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.served import until
from tests.browser.steps import book_it, choose_a_time, fact, sign_in, signed_in, tell

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.parametrize("clinic", ["sqlite"], indirect=True),
]
EARLIER, LATER = "Front of the hip since long drives", "and worse on the stairs"


@pytest.fixture
def therapist(new_person):
    """With the empty note of somebody who has just booked before them."""
    client = new_person()
    choose_a_time(client, "Sports massage")
    day = re.search(r"slot=(\d{8})T", client.page.url)[1]
    tell(client, "Nils Butterdish", "nils@client.test")
    client.tap("button", "Continue")
    book_it(client)
    person = signed_in(new_person(), fact(client, "With").split()[0])
    person.open(f"/today?on={day}")
    person.tap_on(
        person.page.locator(".visit").filter(has_text="Nils Butterdish").get_by_role("link", name="Note").last
    )
    expect(part(person)).to_have_value("")
    return person


def part(person, page=None):
    return (page or person.page).get_by_label("Subjective")


def status(person, page=None):
    return expect((page or person.page).get_by_role("status"))


def refused(person, status):
    """The script's save was, which is meant here."""
    assert person.complaints == [f"{status} for {person.page.url}/draft"]
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
    expect(second.get_by_role("alert")).to_contain_text("changed on another page")
    expect(second.locator(".card").filter(has_text="Kept from the other page")).to_contain_text(EARLIER)
    expect(part(therapist, second)).to_have_value(LATER)
    part(therapist, second).fill(f"{EARLIER} {LATER}")
    status(therapist, second).to_have_text(re.compile("^Saved "))


def test_who_is_signed_out_while_typing_is_told_and_keeps_every_word(therapist):
    other = therapist.new_page()
    other.goto("/today")
    name = other.locator(".bar a[href='/account']").inner_text().split()[0]
    other.get_by_role("button", name="Sign out").click()
    part(therapist).fill(EARLIER)
    status(therapist).to_contain_text("Not saved: you are signed out.")
    refused(therapist, 400)
    therapist.tap("button", "Save draft")
    expect(part(therapist)).to_have_value(EARLIER)
    note, therapist.page = therapist.page, other
    sign_in(therapist, name)
    therapist.page = note
    therapist.tap("button", "Save draft")
    status(therapist).to_have_text(re.compile("^Saved "))
    therapist.page.reload()
    expect(part(therapist)).to_have_value(EARLIER)
