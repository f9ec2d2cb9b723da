"""The big buttons of a note, tapped on a tablet: nothing waits for the server, and all of it is saved."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.steps import book_it, choose_a_time, fact, signed_in, tell

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.parametrize("clinic", ["sqlite"], indirect=True),
]
SAVED = re.compile("^Saved ")


@pytest.fixture
def therapist(new_person):
    """With the empty note of somebody who has just booked before them."""
    client = new_person()
    choose_a_time(client, "Sports massage")
    day = re.search(r"slot=(\d{8})T", client.page.url)[1]
    tell(client, "Nora Butterdish", "nora@client.test")
    client.tap("button", "Continue")
    book_it(client)
    person = signed_in(new_person(), fact(client, "With").split()[0])
    person.open(f"/today?on={day}")
    person.tap_on(
        person.page.locator(".visit")
        .filter(has_text="Nora Butterdish")
        .get_by_role("link", name=re.compile("^Note(?! to sign)"))
        .last
    )
    expect(person.page.locator(".events.live")).to_be_attached()
    return person


def saved(person):
    expect(person.page.locator(".saved")).to_have_text(SAVED)


def test_a_stop_is_two_taps_with_the_time_and_what_was_done_one_more(therapist):
    page = therapist.page
    therapist.tap_on(page.locator(".stopping > summary"))
    therapist.tap("button", "Sharp or shooting pain")
    row = page.get_by_role("list", name="What made me stop").get_by_role("listitem")
    expect(row).to_have_count(1)
    expect(row.get_by_label("When")).to_have_value(re.compile(r"^\d\d:\d\d$"))
    expect(row).to_contain_text("No more deep pressure there today")
    row.get_by_role("button", name="Went lighter").click()
    row.get_by_role("button", name="Checked, all well").click()
    saved(therapist)
    page.reload()
    expect(row.get_by_label("What I did")).to_have_value("Went lighter, Checked, all well")
    row.get_by_role("button", name="Remove").click()
    saved(therapist)
    page.reload()
    expect(row).to_have_count(0)


def test_that_they_agreed_aloud_is_stamped_and_taken_back(therapist):
    page = therapist.page
    therapist.tap_on(page.locator(".stopping > summary"))
    therapist.tap("button", "They said yes, asked aloud")
    expect(page.locator(".aloud .when")).to_have_text(re.compile(r"^\d\d:\d\d, \w+$"))
    saved(therapist)
    page.reload()
    expect(page.locator("[name=asked_again]")).to_have_value("y")
    therapist.tap_on(page.locator(".stopping > summary"))
    therapist.tap_on(page.locator(".aloud summary"))
    therapist.tap("button", "Take it back")
    saved(therapist)
    page.reload()
    expect(page.locator("[name=asked_again]")).to_have_value("")


def test_enter_in_a_field_keeps_the_draft_and_neither_signs_nor_agrees(therapist):
    page = therapist.page
    page.get_by_label("Comes for, in their words").fill("Stiff neck")
    page.get_by_label("Comes for, in their words").press("Enter")
    saved(therapist)
    expect(page.get_by_label("Comes for, in their words")).to_have_value("Stiff neck")
    expect(page.locator("[name=asked_again]")).to_have_value("")
    expect(page.get_by_role("list", name="What made me stop").get_by_role("listitem")).to_have_count(0)
    expect(page.get_by_role("button", name="Sign note")).to_be_visible()
