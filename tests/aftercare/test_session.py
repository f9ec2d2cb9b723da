"""The session of a plan by the plan's link: what the player goes through stands there as a list that can be read."""

import re
from dataclasses import asdict
from datetime import timedelta

import pytest
import time_machine

from clinic.aftercare.catalogue import catalogue
from clinic.aftercare.wording import how_on_its_side
from tests.aftercare.steps import find, plan_link
from tests.conftest import NOW

STRETCH = "half_kneeling_hip_flexor"


@pytest.fixture
def client(ana, clara, new_visitor):
    """At the session of their plan."""
    visitor = new_visitor()
    visitor.get(plan_link(ana, clara, "glute_bridge", STRETCH) + "/session")
    return visitor


def in_order(text, *words):
    places = [text.index(one) for one in words]
    assert places == sorted(places)


def test_the_list_says_stage_by_stage_what_to_do_how_long_and_on_which_side(client):
    assert "Two exercises, about 9 minutes. Warm up first." in client.text
    in_order(client.text, "Easy walk or march on the spot", "Keep going for 4 minutes", "10 times, hold each for 3")
    in_order(
        client.text[client.text.index("Half-kneeling") :],
        "Get ready : 8 seconds · Right side",
        "Hold for 30 seconds · Right side · Round 1 of 2",
        "Switch sides : 10 seconds · Left side",
        "Hold for 30 seconds · Left side · Round 1 of 2",
        "Rest : 15 seconds · Right side · Round 2 of 2",
        "Hold for 30 seconds · Right side · Round 2 of 2",
    )


def test_each_side_has_drawings_of_its_own(client):
    page = client.page.text
    felt = re.findall(r"Felt at the front of the (\w+) hip", page[page.index("Half-kneeling") :])
    assert felt == ["right", "left"]
    drawings = re.findall(r'src="([^"]+/half_kneeling_hip_flexor/pictures/hold\w*)"', page)
    right, left = (client.get(one).text for one in drawings)
    assert 'transform="scale(-1 1)"' not in right
    assert 'transform="scale(-1 1)"' in left


@pytest.mark.parametrize(("side", "other"), [("left", "right"), ("right", "left")])
def test_what_is_given_for_one_side_is_named_drawn_and_told_for_that_one_alone(ana, clara, new_visitor, side, other):
    link, visitor = plan_link(ana, clara, STRETCH, **{f"{STRETCH}-side": side}), new_visitor()
    for page in (link, f"{link}/session"):
        visitor.get(page)
        told = visitor.page.text[visitor.page.text.index("Half-kneeling") :]
        assert re.findall(r"Felt at the front of the (\w+) hip", visitor.page.text) == [side]
        assert f"Do this on your {side} side only." in told
        assert "Slowly come back." in told
        assert "change sides" not in told
        assert f"{other} side" not in told.casefold()
    assert f"Hold for 30 seconds · {side.capitalize()} side · Round 1 of 2" in visitor.text
    drawn = re.search(r'src="([^"]+/half_kneeling_hip_flexor/pictures/hold\w*)"', visitor.page.text)[1]
    assert ('transform="scale(-1 1)"' in visitor.get(drawn).text) is (side == "left")


@pytest.mark.parametrize("name", [one.id for one in catalogue().exercises.values() if one.sides != "none"])
def test_no_exercise_that_is_given_for_one_side_says_to_change(app, name):
    one = catalogue().exercises[name]
    said = how_on_its_side({"side": "left", "how": [asdict(sentence) for sentence in one.steps]})
    words = " ".join(sentence["words"] for sentence in said)
    for change in ("change sides", "change legs", "other side", "do the other leg", "lift the other"):
        assert change not in words.casefold()
    assert words.endswith("Do this on your left side only.")
    assert all(sentence["words"][-1] in ".:" for sentence in said)


def test_done_is_told_on_the_same_page_and_whom_to_call_is_there_too(client):
    assert "Stop, and call us, if" in client.text
    assert client.link("Your plan")
    client.send(client.link("Your plan") + "/log", told="done", pain="2")
    assert "Done today. Well done." in client.text


def test_what_is_held_back_by_now_has_no_part_in_the_session(ana, clara, new_visitor):
    visitor, link = new_visitor(), plan_link(ana, clara, "glute_bridge", STRETCH)
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        find(ana, clara, psoas_left="acute")
        visitor.get(f"{link}/session")
    assert "Bridge" in visitor.text
    assert "Half-kneeling" not in visitor.text
    assert "One exercise, about" in visitor.text


def test_after_new_numbness_or_much_pain_there_is_no_session_that_day(client):
    page, log = client.page.request.path, client.link("Your plan") + "/log"
    client.send(log, told="done", pain="7")
    client.get(page)
    assert "Leave it for today" in client.text
    assert "Get ready" not in client.text
    assert "Call Harbour" in client.text or "call us on" in client.text
