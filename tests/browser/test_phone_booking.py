"""Booking at the desk by the keyboard alone: as few keys as a call leaves time for."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import desk
from tests.browser.keys import Keys
from tests.browser.steps import signed_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.parametrize("clinic", ["sqlite"], indirect=True),
]


@pytest.fixture
def keys(new_person):
    rosa = signed_in(new_person(), "Rosa")
    rosa.open(desk.PAGE)
    expect(rosa.page.get_by_label("Name, phone or email")).to_be_focused()
    return Keys(rosa)


def booked(keys):
    """The diary says so; the reference to read out."""
    told = keys.page.get_by_role("status").filter(has_text="Booked: ")
    expect(told, keys.page.locator("main").inner_text()).to_be_visible()
    return re.search(r"Reference (\w{7})\.", told.inner_text())[1]


def test_a_known_client_has_the_usual_at_the_earliest_time_in_a_dozen_keys(new_person, keys):
    desk.known(new_person())
    keys.type("armch")
    keys.press("Enter")  # the first of the list, though it may not be there yet
    expect(keys.page.get_by_role("heading", name=desk.NAME)).to_be_visible()
    expect(keys.page.get_by_label("Treatment and length")).to_be_focused()
    keys.until(keys.page.locator(".time").first)
    keys.press("Enter")
    assert len(booked(keys)) == 7
    assert keys.pressed <= 12


def test_somebody_new_is_taken_down_and_read_the_safety_list(keys):
    keys.type("Nathaniel Footstool")
    keys.press("Enter")
    expect(keys.page.get_by_label("Name", exact=True)).to_have_value("Nathaniel Footstool")
    expect(keys.page.get_by_label("Phone", exact=True)).to_be_focused()
    keys.type("0117 496 0777")
    keys.until(keys.page.get_by_label("Treatment and length"))
    keys.type("Psoas")
    keys.until(keys.page.locator(".time").last)  # the first may be offered to somebody on the waiting list meanwhile
    keys.press("Enter")
    expect(keys.page.get_by_role("heading", name="Read this aloud")).to_be_visible()
    for group in ("Right now", "Your tummy and blood", "Who is coming"):
        keys.until(keys.page.get_by_role("group", name=group).get_by_label("None of these"))
        keys.press("Space")
    keys.until(keys.page.get_by_role("button", name="Book it", exact=True))
    keys.press("Enter")
    booked(keys)


def test_arrows_choose_another_of_the_list(new_person, keys):
    desk.known(new_person())
    keys.type("armch")
    expect(keys.page.get_by_role("option", name=desk.NAME).first).to_have_attribute("aria-selected", "true")
    keys.press("ArrowUp", *["ArrowDown"] * 10)
    expect(keys.page.get_by_role("option", name="New client armch")).to_have_attribute("aria-selected", "true")
    keys.press("Enter")
    expect(keys.page.get_by_label("Name", exact=True)).to_have_value("armch")


def test_times_follow_what_is_asked_without_a_press(new_person, keys):
    desk.known(new_person())
    keys.type("armch")
    keys.press("Enter")
    expect(keys.page.get_by_role("heading", name=desk.NAME)).to_be_visible()
    keys.page.get_by_label("With whom").select_option("Ben Lightfoot")
    expect(keys.page.locator(".time small").filter(has_text=re.compile("^(?!Ben)"))).to_have_count(0)
    keys.page.get_by_label("Part of the day", exact=True).select_option("afternoons (12 to 5)")
    expect(keys.page.locator(".time b").last).to_have_text(re.compile("^(midday|[12]?[1-4](:..)?pm)$"))


def test_a_part_of_the_list_that_was_not_answered_is_told_of_before_it_is_sent(new_person, keys):
    person = new_person()
    desk.read_aloud(person)
    address = person.page.url
    person.page.get_by_label("Aspirin every day").check()
    person.tap("button", "Book it")
    tick = person.page.get_by_role("group", name="Right now").get_by_role("checkbox").first
    assert tick.evaluate("tick => tick.validationMessage") == "Tick what is true, or “None of these”."
    assert person.page.url == address
    expect(person.page.get_by_label("Aspirin every day")).to_be_checked()
