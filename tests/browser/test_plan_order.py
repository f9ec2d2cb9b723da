"""A plan is put in order by hand, by touch and by keyboard; exercises are found while somebody types; doses are stepped."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.keys import Keys
from tests.browser.plans_builder import CALM, empty_plan, plan_of_three

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.parametrize("clinic", ["sqlite"], indirect=True),
]
TABLET = {"width": 768, "height": 1024}


@pytest.fixture
def ana(new_person):
    """At a plan with three exercises of one phase and one of the next."""
    person = new_person(viewport=TABLET)
    plan_of_three(person)
    return person


def order(person):
    return person.page.locator(".chosen h4").all_inner_texts()


def button(person, name):
    return person.page.get_by_role("button", name=name, exact=True)


def grip(person, name):
    return person.page.locator(".chosen", has=person.page.get_by_role("heading", name=name, exact=True)).locator(
        ".grip"
    )


def drag(person, name, down, *, drop=True):
    """By this many pixels, in the steps of a hand."""
    place = grip(person, name)
    place.scroll_into_view_if_needed()
    box = place.bounding_box()
    mouse = person.page.mouse
    mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    mouse.down()
    mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2 + 8)  # it is lifted, and the others shrink
    box = place.bounding_box()
    mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2 + down, steps=12)
    if drop:
        mouse.up()


def test_an_exercise_that_is_dragged_lies_where_it_was_dropped_and_nothing_typed_is_lost(ana):
    first, second, third = CALM
    ana.page.get_by_label("Rounds").first.fill("4")
    with ana.page.expect_navigation():
        drag(ana, first, 110)
    assert order(ana)[:3] in ([second, first, third], [second, third, first])
    before = order(ana)
    expect(ana.page.locator(".chosen", has_text=first).get_by_label("Rounds")).to_have_value("4")
    ana.page.reload()
    assert order(ana) == before


def test_a_drag_goes_no_further_than_its_phase_and_escape_takes_it_back(ana):
    before = order(ana)
    drag(ana, CALM[0], 900, drop=False)
    assert order(ana) == [*CALM[1:], CALM[0], *before[3:]]
    ana.page.keyboard.press("Escape")
    ana.page.mouse.up()
    assert order(ana) == before
    assert grip(ana, before[3]).count() == 0  # alone in its phase: there is nowhere to go


def test_whoever_presses_later_stays_with_the_exercise_and_can_go_on(ana):
    keys = Keys(ana)
    first, second, third = CALM
    button(ana, f"Later {first}").focus()
    keys.press("Enter")
    expect(ana.page.locator(".chosen:focus")).to_contain_text(first)
    assert order(ana)[:3] == [second, first, third]
    keys.until(button(ana, f"Later {first}"))
    assert keys.pressed <= 4
    keys.press("Enter")
    expect(ana.page.locator(".chosen:focus")).to_contain_text(first)
    assert order(ana)[:3] == [second, third, first]
    expect(button(ana, f"Later {first}")).to_be_disabled()


def test_exercises_to_add_narrow_while_somebody_types_and_enter_adds_the_first(ana):
    page, field = ana.page, ana.page.get_by_label("Find an exercise")
    offered = page.locator("#catalogue .offered:visible")
    everything = offered.count()
    field.press_sequentially("balance")
    expect(offered).to_have_count(1)
    expect(page.locator("#catalogue h3:visible")).to_have_text(["Strengthen"])
    field.fill("trampoline")
    expect(page.get_by_text("No exercise is like that.")).to_be_visible()
    field.fill("")
    expect(offered).to_have_count(everything)
    page.get_by_label("Phase").select_option("Stretch")
    expect(page.locator("#catalogue h3:visible")).to_have_text(["Stretch"])
    page.get_by_label("Phase").select_option("Any")
    field.fill("balance")
    field.press("Enter")
    expect(page.locator(".chosen:focus")).to_contain_text("Bird dog")


def test_a_dose_is_stepped_by_touch_and_by_arrow_and_saved(ana):
    step = ana.page.locator(".chosen").first
    rounds = step.get_by_label("Rounds")
    rounds.fill("2")
    step.locator(".stepper").first.get_by_text("+").click()
    expect(rounds).to_have_value("3")
    rounds.press("ArrowDown")
    rounds.press("ArrowDown")
    rounds.press("ArrowDown")
    expect(rounds).to_have_value("1")
    ana.tap("button", "Save")
    expect(ana.page.locator(".chosen").first.get_by_label("Rounds")).to_have_value("1")


def test_how_long_a_session_takes_follows_the_hand(ana):
    rest = ana.page.locator(".chosen").first.get_by_label("Time, secs")
    rest.fill("1800")
    expect(ana.page.locator("#length")).to_contain_text("Hardly anybody finds more than 20")
    rest.fill("60")
    expect(ana.page.locator("#length")).not_to_contain_text("Hardly anybody")


def test_a_plan_is_made_from_a_template_and_sent_by_few_keys(new_person):
    person = new_person(viewport={"width": 1280, "height": 900})
    empty_plan(person)
    person.page.reload()
    keys, page = Keys(person), person.page
    keys.press("Tab", "Enter")  # the skip link
    keys.until(page.get_by_role("button", name=re.compile("^Begin with it.*Calm week")))
    keys.press("Enter")
    expect(page.locator(".chosen")).not_to_have_count(0)
    expect(page.locator("#exercises")).to_be_focused()
    keys.until(page.get_by_role("link", name="On to sending"))
    keys.press("Enter")
    keys.until(page.get_by_role("button", name=re.compile("^Send to")))
    with page.expect_navigation():
        keys.press("Enter")
    expect(page).not_to_have_title(re.compile("Plan for"))
    assert keys.pressed <= 20


def test_without_script_all_of_it_is_done_by_buttons(new_person):
    person = new_person(viewport=TABLET, java_script_enabled=False)
    plan_of_three(person)
    first, second, _ = CALM
    person.tap("button", f"Later {first}")
    assert order(person)[:2] == [second, first]
    person.type("Find an exercise", "balance")
    person.page.get_by_label("Rounds").first.fill("5")
    person.page.get_by_label("Find an exercise").press("Enter")
    expect(person.page.locator("#catalogue .offered:visible")).to_have_count(1)
    expect(person.page.get_by_label("Rounds").first).to_have_value("5")
    person.tap("button", "Add Bird dog")
    assert "Bird dog" in order(person)
