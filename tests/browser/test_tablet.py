"""A tablet goes from reception to a client and back, and shows each only what is theirs."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.tablet import handed_over, taken_back, to_give_back

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.parametrize("clinic", ["sqlite"], indirect=True),
]


def test_the_browsers_own_back_button_shows_nothing_of_the_clinic(new_person):
    person = new_person()
    handed_over(person)
    for _ in range(3):
        person.page.go_back()
        expect(person.page.get_by_role("link", name="Give the tablet back")).to_be_visible()
        expect(person.page.get_by_role("link", name="Diary")).to_have_count(0)


def test_whoever_handed_it_over_goes_on_where_they_were_and_the_client_nowhere(new_person):
    person = new_person()
    to_give_back(person)
    questions = person.page.get_by_role("link", name="Your health").get_attribute("href")
    taken_back(person)
    expect(person.page.get_by_role("heading", name="Change the time")).to_be_visible()
    expect(person.page).to_have_url(re.compile("/diary/appointments/"))
    person.open(questions)
    expect(person.page.get_by_role("link", name="Give the tablet back")).to_have_count(0)
