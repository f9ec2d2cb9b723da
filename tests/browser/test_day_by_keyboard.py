"""A day at the desk without a mouse: signing in, the diary, work, names hidden, and home."""

import re

import pytest
from playwright.sync_api import expect

from clinic.demo.cast import PASSWORD
from tests.browser import diary
from tests.browser.keys import Keys
from tests.browser.steps import forget_tries

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.parametrize("clinic", ["sqlite"], indirect=True),
]


def link(page, name):
    return page.get_by_role("link", name=name, exact=True)


def button(page, name):
    return page.get_by_role("button", name=name)


def test_a_day_at_the_desk_by_the_keyboard_alone(new_person):
    person = new_person(viewport={"width": 1280, "height": 900})
    diary.of_a_day(person)  # there is one: which, the mouse may find out
    address = person.page.url
    person.context.clear_cookies()
    forget_tries(person.database)
    person.open("/sign-in")
    keys, page = Keys(person), person.page
    keys.until(page.get_by_label("Email"))
    keys.type("rosa@demo.test")
    keys.press("Tab")
    keys.type(PASSWORD)
    keys.press("Enter")
    page.wait_for_url("**/today")

    keys.until(link(page, "Work").first)
    keys.press("Enter")
    page.wait_for_url("**/work")
    for act in ("Take over", "Done"):
        keys.until(button(page, re.compile(f"^{act}")).first)
        keys.press("Enter")
    expect(button(page, re.compile("^Not done after all")).first).to_be_visible()

    keys.until(button(page, "Hide names"))
    keys.press("Enter")
    expect(page.get_by_text("Names are hidden").first).to_be_visible()
    keys.until(button(page, "Show names").first)
    keys.press("Enter")
    expect(page.get_by_text("Names are hidden")).to_have_count(0)

    page.goto(address)
    visit = page.locator(".line.booked").last
    ref = visit.get_by_role("link").get_attribute("id")
    starts = int(visit.get_attribute("data-starts"))
    keys.until(visit.get_by_role("link"))
    keys.press("Alt+ArrowDown", "Alt+ArrowUp", "Alt+ArrowDown")
    with page.expect_navigation():
        keys.press("Enter")
    if "/appointments/" in page.url:  # taken there, which is said: its own form finds another time
        keys.until(page.get_by_label("Starts at"))
        expect(page.get_by_role("alert")).to_be_visible()
    else:
        expect(page.locator(f".line:has(#{ref})")).to_have_attribute("data-starts", str(starts + 15))

    keys.until(button(page, "Sign out"))
    keys.press("Enter")
    expect(link(page, "Sign in").first).to_be_visible()
