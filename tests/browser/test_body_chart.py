"""The body chart and the signature in a browser: the picture and the list say the same, by touch and by keyboard."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser import measures

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.parametrize("clinic", ["development"], indirect=True),
]
PHONE = {"width": 375, "height": 667}


@pytest.fixture
def person(new_person):
    someone = new_person(viewport=PHONE)
    someone.open("/styleguide")
    return someone


def seen(person, place, view="back"):
    """A place in a picture."""
    return person.page.locator(f'.body-chart svg[data-view="{view}"] [data-place="{place}"]')


def listed(person, place):
    return person.page.locator(f'.body-chart input[value="{place}"]')


def test_a_tap_on_the_picture_ticks_the_list_and_asks_how_it_feels(person):
    kind = person.page.get_by_label("Low back, left: feels")
    expect(listed(person, "low_back/left")).to_be_hidden()
    seen(person, "low_back/left").click()
    expect(listed(person, "low_back/left")).to_be_checked()
    expect(kind).to_be_visible()
    kind.select_option("burning")
    assert seen(person, "low_back/left").get_attribute("fill").endswith("-burning)")
    seen(person, "low_back/left").click()
    expect(listed(person, "low_back/left")).not_to_be_checked()
    expect(kind).to_be_hidden()


@pytest.mark.parametrize("view", ["front", "back"])
def test_every_place_is_24_pixels_wide_and_high_on_the_narrowest_phone(person, view):
    person.page.set_viewport_size({"width": 320, "height": 900})
    assert measures.slim_places(person.page, view) == []


def test_a_tap_just_beside_a_slim_place_is_meant_for_it(person):
    thigh = seen(person, "outer_thigh/left", "front")
    thigh.scroll_into_view_if_needed()
    box = thigh.bounding_box()
    person.page.mouse.click(box["x"] + box["width"] + 3, box["y"] + 8)
    expect(listed(person, "outer_thigh/left")).to_be_checked()


def test_a_place_of_both_views_is_drawn_in_both(person):
    seen(person, "knee/right", "front").click()
    for view in ("front", "back"):
        expect(seen(person, "knee/right", view)).to_have_attribute("aria-checked", "true")


def test_what_is_ticked_in_the_list_is_drawn(person):
    person.page.get_by_role("button", name="Show every place in the list").click()
    listed(person, "groin/left").check()
    expect(seen(person, "groin/left", "front")).to_have_attribute("aria-checked", "true")


def test_arrow_keys_walk_over_the_picture_and_enter_marks(person):
    seen(person, "abdomen/left", "front").click()
    person.page.keyboard.press("ArrowUp")
    expect(seen(person, "chest/left", "front")).to_be_focused()
    person.page.keyboard.press("Enter")
    expect(listed(person, "chest/left")).to_be_checked()
    expect(person.page.locator(".body-chart [role=status]")).to_have_text("Chest, left: marked")
    person.page.keyboard.press("ArrowLeft")
    expect(seen(person, "chest/right", "front")).to_be_focused()


def test_every_place_can_be_reached_by_arrow_keys(person):
    """From the first, by any of the four, until nothing new is found."""
    for view in ("front", "back"):
        left = person.page.evaluate(
            """view => {
              const paths = [...document.querySelectorAll(`.body-chart svg[data-view="${view}"] [data-place]`)];
              const found = new Set([paths[0]]);
              for (const path of found) {
                for (const key of ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"]) {
                  path.focus();
                  path.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
                  found.add(document.activeElement);
                }
              }
              return paths.filter((path) => !found.has(path)).map((path) => path.dataset.place);
            }""",
            view,
        )
        assert left == [], view


def test_a_marked_chart_has_no_fault(person):
    for place in ("low_back/left", "calf/right"):
        seen(person, place).click()
    person.page.set_viewport_size({"width": 320, "height": 667})
    person.page.locator(".body-chart").evaluate("chart => chart.classList.add('bad')")
    assert [*measures.axe(person.page), *measures.sideways(person.page), *measures.small_targets(person.page)] == []


def test_a_drawn_name_is_sent_as_strokes_and_can_be_cleared(person):
    canvas, sent = person.page.locator(".signature canvas"), person.page.locator(".signature input[type=hidden]")
    canvas.scroll_into_view_if_needed()
    box, mouse = canvas.bounding_box(), person.page.mouse
    mouse.move(box["x"] + box["width"] / 4, box["y"] + box["height"] / 2)
    mouse.down()
    mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 4, steps=5)
    mouse.move(box["x"] + box["width"] + 40, box["y"] + box["height"] / 2, steps=5)
    mouse.up()
    (stroke,) = json.loads(sent.input_value())
    assert stroke[0] == pytest.approx([150, 100], abs=3)
    assert stroke[-1] == pytest.approx([600, 100], abs=3)
    person.page.get_by_role("button", name="Clear the drawing").click()
    assert json.loads(sent.input_value()) == []


def test_without_a_script_the_list_is_whole_and_nothing_asks_to_be_drawn(new_person):
    person = new_person(viewport=PHONE, java_script_enabled=False)
    person.open("/styleguide")
    expect(listed(person, "groin/left")).to_be_visible()
    expect(person.page.locator(".signature canvas")).to_be_hidden()
    expect(person.page.get_by_role("button", name="Show every place in the list")).to_be_hidden()
    listed(person, "groin/left").check()
    expect(person.page.get_by_label("Groin, left: feels")).to_be_visible()
