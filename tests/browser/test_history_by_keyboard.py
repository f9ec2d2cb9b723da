"""A health history told without a mouse and without a script, from the appointment to the thanks."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.keys import Keys
from tests.browser.told import booked
from tests.histories import WELL

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.parametrize("clinic", ["sqlite"], indirect=True),
]
BORN = "05041990"  # as the browser's own field takes it: month, day, year
PAGES = 15  # more than anybody who is well is asked


def answer(keys, name, value):
    """One question, by Tab, Space, arrows and typing."""
    field = keys.page.locator(f'main [name="{name}"]:not([type=hidden])')
    kind = field.first.get_attribute("type")
    if kind == "checkbox":
        keys.until(keys.page.locator(f'main [name="{name}"][value="{value}"]'))
        keys.press("Space")
    elif kind == "radio":
        keys.until(field.first)
        keys.press("Space")
        while not keys.page.locator(f'main [name="{name}"][value="{value}"]').is_checked():
            keys.press("ArrowDown")
    else:
        keys.until(field)
        keys.type(BORN if kind == "date" else value)


def asked_on(page):
    """The questions of the page at hand that somebody who is well answers, in order."""
    names = [field.get_attribute("name") for field in page.locator("main form [name]").all()]
    return [name for name in dict.fromkeys(names) if name in WELL]


def test_somebody_who_is_well_tells_it_by_the_keyboard_alone(new_person):
    person = new_person(java_script_enabled=False)
    booked(person)
    keys, page = Keys(person), person.page
    keys.until(page.get_by_role("link", name=re.compile("^Tell us about your health")))
    keys.press("Enter")
    keys.until(page.get_by_role("link", name="Begin"))
    keys.press("Enter")
    for _ in range(PAGES):
        save = page.get_by_role("button", name="Save and go on")
        expect(save.or_(page.get_by_role("button", name="Send it"))).to_be_visible()
        if save.count() == 0:
            break
        address = page.url
        for name in asked_on(page):
            answer(keys, name, WELL[name])
        keys.until(save)
        keys.press("Enter")
        page.wait_for_url(lambda url, before=address: url != before)
    keys.until(page.get_by_role("button", name="Send it"))
    keys.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Thank you"))
