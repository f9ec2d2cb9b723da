"""The session of a plan by the plan's link: what the player goes through stands there as a list that can be read."""

import re
from datetime import timedelta

import pytest
import time_machine

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
