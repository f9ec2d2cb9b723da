"""How often a week: often enough to do something, and a day of rest between where it strengthens."""

import pytest

from clinic.aftercare.catalogue import catalogue
from clinic.aftercare.operations import Content
from clinic.aftercare.operations.freezing import document
from clinic.aftercare.rules import days_a_week, lacks_rest, refusals
from clinic.notes.rules.injuries import Found
from tests.aftercare.steps import build, find, send
from tests.aftercare.test_rules import SOUND, step
from tests.rows import rows

KNOWN = catalogue()
WELL = Found(SOUND, frozenset())
STRETCH = "standing_hip_flexor"


@pytest.mark.parametrize(
    ("exercise", "dose", "passes"),
    [
        ("glute_bridge", {"per_week": 1}, False),
        ("glute_bridge", {"per_week": 2}, True),
        ("glute_bridge", {"per_week": 5, "weekdays": (3,)}, False),
        ("glute_bridge", {"per_week": 1, "weekdays": (0, 3)}, True),
        (STRETCH, {"per_week": 1}, False),
        (STRETCH, {"weekdays": (3, 3)}, False),
        ("pelvic_tilt", {"per_week": 1}, True),
        ("easy_march", {"per_week": 1}, True),
    ],
)
def test_what_strengthens_or_stretches_is_done_on_two_days_a_week_at_least(exercise, dose, passes):
    codes = [one.code for one in refusals([step(exercise, **dose)], WELL, KNOWN)]
    assert codes == ([] if passes else ["too_seldom"])


@pytest.mark.parametrize(
    ("exercise", "weekdays", "lacks"),
    [
        ("glute_bridge", (0, 2, 4), False),
        ("glute_bridge", (0, 1), True),
        ("glute_bridge", (0, 6), True),  # Sunday, then Monday
        ("glute_bridge", (), False),
        ("pelvic_tilt", (0, 1, 2), False),
        (STRETCH, (0, 1, 2), False),
    ],
)
def test_strengthening_on_days_that_follow_each_other_has_no_rest_between(exercise, weekdays, lacks):
    assert lacks_rest(KNOWN.exercises[exercise], step(exercise, weekdays=weekdays)) == lacks


@pytest.mark.parametrize(
    ("exercise", "per_week", "lacks"),
    [("glute_bridge", 4, False), ("glute_bridge", 5, True), ("glute_bridge", 7, True), ("pelvic_tilt", 7, False)],
)
def test_strengthening_more_often_than_every_other_day_has_no_rest_between_on_whatever_days(exercise, per_week, lacks):
    assert lacks_rest(KNOWN.exercises[exercise], step(exercise, per_week=per_week)) == lacks


def test_the_days_that_were_chosen_say_how_many_they_are():
    assert days_a_week(step("glute_bridge", per_week=3)) == 3
    chosen = step("glute_bridge", per_week=3, weekdays=(4, 1, 4))
    assert days_a_week(chosen) == 2
    [_, sent] = document(Content((chosen,)), WELL, KNOWN)["steps"]
    assert (sent["per_week"], sent["weekdays"]) == (2, [1, 4])


@pytest.mark.parametrize("dose", [{"side": "left"}, {"start_side": "right"}])
def test_what_has_no_sides_is_not_given_for_one(dose):
    assert [one.code for one in refusals([step("glute_bridge", **dose)], WELL, KNOWN)] == ["no_sides"]
    assert refusals([step("heel_slide", **dose), step(STRETCH, **dose)], WELL, KNOWN) == []


def test_the_page_says_what_is_too_seldom_and_where_a_day_of_rest_is_missing(ana, clara):
    find(ana, clara)
    build(ana, clara, "glute_bridge")
    assert "Leave one free" not in ana.text
    ana.send(f"/clients/{clara}/plan", **{"glute_bridge-per_week": "7"})
    assert "Leave one free" in ana.text
    ana.send(f"/clients/{clara}/plan", **{"glute_bridge-per_week": "3"})
    assert "Leave one free" not in ana.text
    ana.send(f"/clients/{clara}/plan", **{"glute_bridge-weekdays": ["0", "1"]})
    assert "Leave one free" in ana.text
    assert send(ana, clara, **{"glute_bridge-weekdays": ["1"]}).status_code == 422
    assert "Bridge: Give it on two days a week at least." in ana.text
    assert rows()["plan_issue"] == 0


@pytest.mark.parametrize("stretch", [one for one in KNOWN.exercises.values() if one.phase == "stretch"])
def test_a_stretch_comes_held_for_thirty_seconds_on_each_side(stretch):
    assert (stretch.dose.hold_s, stretch.sides) == (30, "each")
