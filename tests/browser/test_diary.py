"""The diary by hand, by keyboard, and in two browsers at once."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.steps import book_it, signed_in, tell

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.parametrize("clinic", ["sqlite"], indirect=True),
]
FAR = timedelta(days=56)  # where the demo's diary is empty, and four weeks on can still be booked
HOUR = 12 * 0.48 * 16  # pixels of an hour on the diary's paper


@pytest.fixture
def booked(new_person):
    """Makes a visit on a quiet day; where the diary shows it, and its reference."""

    def book(name, days=0):
        client = new_person()
        day = (datetime.now(UTC) + FAR + timedelta(days=days)).date()
        client.open(f"/treatments/sports-massage/times?from={day}")
        client.tap_on(client.page.locator(".time").first)
        client.page.wait_for_url(re.compile("slot="))
        day = re.search(r"slot=(\d{4})(\d\d)(\d\d)T", client.page.url).groups()
        tell(client, name, "nils@client.test")
        client.tap("button", "Continue")
        book_it(client)
        return "/diary?on=" + "-".join(day)

    return book


def visit(person, name):
    return person.page.locator(".line.booked").filter(has_text=name)


def minutes(person, name):
    """When it begins and how long it is, as the paper says."""
    data = visit(person, name).evaluate("line => [line.dataset.starts, line.dataset.minutes]")
    return int(data[0]), int(data[1])


def at_desk(new_person, diary, who="Rosa"):
    person = signed_in(new_person(viewport={"width": 1280, "height": 1400}), who)
    person.open(diary)
    return person


def test_a_visit_is_dragged_an_hour_down_and_its_edge_half_an_hour(new_person, booked):
    rosa = at_desk(new_person, booked("Dagny Dragged"))
    starts, lasts = minutes(rosa, "Dagny")
    place = visit(rosa, "Dagny").bounding_box()
    rosa.page.mouse.move(place["x"] + 40, place["y"] + 20)
    rosa.page.mouse.down()
    rosa.page.mouse.move(place["x"] + 44, place["y"] + 20 + HOUR, steps=5)
    rosa.page.mouse.up()
    expect(rosa.page.get_by_text("Saved: ")).to_be_visible()
    assert minutes(rosa, "Dagny") == (starts + 60, lasts)
    grip = visit(rosa, "Dagny").locator(".grip").bounding_box()
    rosa.page.mouse.move(grip["x"] + 5, grip["y"] + 5)
    rosa.page.mouse.down()
    rosa.page.mouse.move(grip["x"] + 5, grip["y"] + 5 + HOUR / 2, steps=5)
    rosa.page.mouse.up()
    expect(visit(rosa, "Dagny")).to_have_attribute("data-minutes", str(lasts + 30))
    assert minutes(rosa, "Dagny") == (starts + 60, lasts + 30)


def test_the_keyboard_does_the_same_and_escape_leaves_it(new_person, booked):
    rosa = at_desk(new_person, booked("Kiri Keys", days=7))
    starts, lasts = minutes(rosa, "Kiri")
    link = visit(rosa, "Kiri").get_by_role("link")
    link.focus()
    rosa.page.keyboard.press("Alt+ArrowDown")
    expect(rosa.page.locator("#said")).to_contain_text("Kiri Keys:")
    rosa.page.keyboard.press("Escape")
    expect(link).to_be_focused()
    assert minutes(rosa, "Kiri") == (starts, lasts)
    for key in ("Alt+ArrowDown", "Alt+ArrowDown", "Alt+Shift+ArrowDown", "Enter"):
        rosa.page.keyboard.press(key)
    expect(rosa.page.get_by_text("Saved: ")).to_be_visible()
    assert minutes(rosa, "Kiri") == (starts + 30, lasts + 15)


def test_what_one_moves_the_other_sees_without_a_reload(new_person, booked):
    diary = booked("Tove Twice", days=14)
    rosa, olu = at_desk(new_person, diary), at_desk(new_person, diary, "Olu")
    starts, lasts = minutes(rosa, "Tove")
    visit(rosa, "Tove").get_by_role("link").focus()
    rosa.page.keyboard.press("Alt+ArrowDown")
    rosa.page.keyboard.press("Enter")
    expect(visit(olu, "Tove")).to_have_attribute("data-starts", str(starts + 15))
    assert minutes(olu, "Tove") == minutes(rosa, "Tove") == (starts + 15, lasts)


def test_where_it_cannot_be_the_reason_is_said_and_it_stays(new_person, booked):
    rosa = at_desk(new_person, booked("Una Unmoved", days=21))
    starts, lasts = minutes(rosa, "Una")
    here = rosa.page.url
    visit(rosa, "Una").get_by_role("link").focus()
    for _ in range(60):
        rosa.page.keyboard.press("Alt+ArrowDown")
    rosa.page.keyboard.press("Enter")
    expect(rosa.page.get_by_role("heading", name="It stays where it was")).to_be_visible()
    expect(rosa.page.get_by_role("alert")).to_contain_text("They do not work for that whole time.")
    expect(rosa.page.get_by_label("Why it is done even so")).to_be_visible()
    rosa.open(here)
    assert minutes(rosa, "Una") == (starts, lasts)


def test_a_tap_on_free_time_books_there(new_person, booked):
    rosa = at_desk(new_person, booked("Frida Free", days=28))
    line = visit(rosa, "Frida").bounding_box()
    name = visit(rosa, "Frida").locator("xpath=ancestor::section").get_by_role("heading").inner_text()
    rosa.page.mouse.click(line["x"] + 60, line["y"] + line["height"] + HOUR * 2.1)
    rosa.page.wait_for_url(re.compile("/diary/booking"))
    expect(rosa.page.get_by_label("With whom")).to_have_value(re.compile(name.split()[0].lower()))
    assert re.search(r"at=\d{8}T\d{4}Z", rosa.page.url)
