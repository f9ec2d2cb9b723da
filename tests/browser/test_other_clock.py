"""Somebody far away is told what the clinic's times are on their own clock; somebody near is told nothing."""

import pytest
from playwright.sync_api import expect

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.parametrize("clinic", ["development"], indirect=True),
]
TIMES = "/treatments/low-back-and-hips/times"


def test_another_clock_is_named_with_an_example(new_person):
    person = new_person(timezone_id="America/New_York", locale="en-GB")
    person.open(TIMES)
    said = person.page.locator("[data-clock]")
    expect(said).to_be_visible()
    expect(said).to_contain_text("Your own clock is on America/New York time")


@pytest.mark.parametrize("zone", ["Europe/London", "Europe/Lisbon"])
def test_the_same_clock_is_not_spoken_of(new_person, zone):
    person = new_person(timezone_id=zone, locale="en-GB")
    person.open(TIMES)
    expect(person.page.locator("[data-clock]")).to_be_hidden()
