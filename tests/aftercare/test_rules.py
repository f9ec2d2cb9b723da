"""What may stand in a plan: an injured muscle is never stretched, on either side, however the plan is put together."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.aftercare import operations, queries, rules
from clinic.aftercare.catalogue import catalogue
from clinic.aftercare.operations import Content
from clinic.aftercare.rules import Step, refusals
from clinic.core.audit import SYSTEM
from clinic.core.db import db, writing
from clinic.notes.operations.findings import record_findings
from clinic.notes.rules.injuries import NOT_ASKED, SIDES, STATES, Found
from clinic.people.models import Client
from tests.conftest import NOW

KNOWN = catalogue()
PLACES = [(muscle, side) for muscle in KNOWN.muscles for side in SIDES]
SOUND = dict.fromkeys(PLACES, "none")
STRETCHES = [one.id for one in KNOWN.exercises.values() if one.phase == "stretch"]
CORE = {"psoas", "iliacus", "rectus_femoris", "adductors", "deep_abdominals"}


def step(exercise, **dose):
    return replace(rules.usual(KNOWN.exercises[exercise]), **dose)


@st.composite
def founds(draw):
    """Few muscles that are not sound, so that plans pass as often as not."""
    unsound = draw(st.dictionaries(st.sampled_from(PLACES), st.sampled_from([*STATES, NOT_ASKED]), max_size=3))
    injuries = {place: state for place, state in {**SOUND, **unsound}.items() if state != NOT_ASKED}
    conditions = draw(st.none() | st.frozensets(st.sampled_from(sorted(KNOWN.conditions)), max_size=2))
    return Found(injuries, conditions)


@st.composite
def plans(draw):
    """Any exercises, stretches above all, with all that is to be asked ticked."""
    some = st.sampled_from([*KNOWN.exercises, *STRETCHES * 4])
    ids = draw(st.lists(some, min_size=1, max_size=6, unique=True))
    return [step(one, asked=tuple(KNOWN.conditions)) for one in ids]


def stretched(exercises):
    """The muscles that these exercises stretch."""
    return {
        muscle
        for one in exercises
        if KNOWN.exercises[one].phase == "stretch"
        for muscle in KNOWN.exercises[one].targets
    }


def is_safe(exercises, found):
    muscles = stretched(exercises) | (CORE if set(exercises) & set(STRETCHES) else set())
    return all(found.state(muscle, side) == "none" for muscle in muscles for side in SIDES)


@settings(max_examples=1000)
@given(plan=plans(), found=founds())
def test_no_plan_that_passes_stretches_a_muscle_that_is_not_sound(plan, found):
    if not refusals(plan, found, KNOWN):
        assert is_safe([one.exercise for one in plan], found)
        assert found.conditions is not None


@settings(max_examples=15)
@given(plan=plans(), found=founds())
def test_no_plan_that_is_sent_stretches_a_muscle_that_is_not_sound(app, cast, plan, found):
    with writing():
        client = Client(name="Clara Teacup", email="clara@client.test", created_at=NOW)
        db.session.add(client)
        db.session.flush()
        who = {"therapist": cast.ana, "by": SYSTEM}
        sound = Found(SOUND, frozenset())
        record_findings(db.session, client, sound, now=NOW, **who)
        record_findings(db.session, client, found, now=NOW + timedelta(minutes=1), **who)
        operations.save_plan(db.session, client, Content(tuple(plan)), revision=0, now=NOW, **who)
        saved = queries.plan_of(db.session, client.id)
        refused = operations.issue_plan(db.session, saved, now=NOW, **who)
        issue = queries.latest_issue(db.session, saved.id)
        assert bool(issue) != bool(refused)
        if issue:
            assert is_safe([one["exercise"] for one in queries.document_of(issue)["steps"]], found)
        db.session.rollback()


@pytest.mark.parametrize("stretch", STRETCHES)
@pytest.mark.parametrize("state", [*STATES[1:], NOT_ASKED])
@pytest.mark.parametrize("side", SIDES)
def test_one_muscle_on_one_side_is_enough(stretch, state, side):
    assert refusals([step(stretch)], Found(SOUND, frozenset()), KNOWN) == []
    for muscle in {*KNOWN.exercises[stretch].targets, *CORE}:
        injuries = {place: was for place, was in {**SOUND, (muscle, side): state}.items() if was != NOT_ASKED}
        reasons = refusals([step(stretch)], Found(injuries, frozenset()), KNOWN)
        [locked] = [one for one in reasons if one.code == "muscle_locked"]
        assert locked.values == {"state": state, "places": ((muscle, side),), "exercise": stretch}


@pytest.mark.parametrize(("muscle", "state"), [("gluteals", "acute"), ("back_extensors", "unsure")])
@pytest.mark.parametrize("side", SIDES)
def test_what_is_held_as_long_as_a_stretch_waits_for_what_it_lengthens_whatever_it_is_called(muscle, state, side):
    found = Found({**SOUND, (muscle, side): state}, frozenset())
    held = {"reps": None, "hold_s": 20}
    [locked] = refusals([step("knee_to_chest", **held)], found, KNOWN)
    assert locked.code == "muscle_locked"
    assert locked.values["places"] == ((muscle, side),)
    assert refusals([step("knee_to_chest", **held)], Found(SOUND, frozenset()), KNOWN) == []
    for moved in ({}, {"hold_s": 9}, {"hold_s": 20, "time_s": 60}):
        assert refusals([step("knee_to_chest", **moved)], found, KNOWN) == []
    assert refusals([step("bird_dog", hold_s=20)], found, KNOWN) == []  # it strengthens


def test_where_nobody_asked_anything_no_stretch_passes_and_calm_ones_do_once_conditions_were_asked():
    assert {one.code for one in refusals([step("glute_bridge")], Found(), KNOWN)} == {"conditions_not_asked"}
    assert refusals([step("glute_bridge")], Found({}, frozenset()), KNOWN) == []
    for stretch in STRETCHES:
        assert "muscle_locked" in {one.code for one in refusals([step(stretch)], Found({}, frozenset()), KNOWN)}


def test_a_plan_of_nothing_is_refused():
    assert [one.code for one in refusals([], Found(SOUND, frozenset()), KNOWN)] == ["plan_empty"]


@pytest.mark.parametrize(("hold_s", "passes"), [(None, False), (9, False), (10, True), (60, True), (61, False)])
def test_a_stretch_is_held_for_ten_to_sixty_seconds(hold_s, passes):
    reasons = refusals([step(STRETCHES[0], hold_s=hold_s)], Found(SOUND, frozenset()), KNOWN)
    assert [one.code for one in reasons] == ([] if passes else ["stretch_hold"])


def test_what_is_to_be_asked_first_is_asked_condition_by_condition():
    found = Found(SOUND, frozenset({"osteoporosis", "disc_acute"}))
    for asked, still in (((), ("disc_acute", "osteoporosis")), (("osteoporosis",), ("disc_acute",))):
        [reason] = refusals([step("knee_rocks", asked=asked)], found, KNOWN)
        assert reason.values["conditions"] == still
    assert refusals([step("knee_rocks", asked=("osteoporosis", "disc_acute"))], found, KNOWN) == []


@pytest.mark.parametrize(
    ("exercise", "dose", "seconds"),
    [
        ("easy_march", {}, 240),
        ("breathing_90_90", {}, 10 * 9),
        ("glute_bridge", {}, 2 * 10 * 3 + 45),
        ("heel_slide", {}, 2 * 10 * 4 + 30),  # sides in turn share the repetitions
        (STRETCHES[0], {}, 2 * (30 + 10 + 30) + 15),
        (STRETCHES[0], {"sets": 1, "rest_s": 60}, 30 + 10 + 30),  # nothing to rest between
    ],
)
def test_how_long_an_exercise_takes(exercise, dose, seconds):
    assert rules.seconds(step(exercise, **dose), KNOWN.exercises[exercise]) == seconds


def test_a_session_is_counted_in_minutes_begun():
    plan = [Step("constructive_rest", sets=1, per_week=7, time_s=seconds) for seconds in (60, 61)]
    assert [rules.minutes([one], KNOWN) for one in plan] == [1, 2]


@given(plan=plans())
def test_a_plan_goes_from_warm_to_calm_to_strong_to_long_and_within_that_as_it_was_put_together(plan):
    phases = ["warm_up", "calm", "strengthen", "stretch"]
    ordered = rules.with_warm_up(plan, KNOWN)
    order = [phases.index(KNOWN.exercises[one.exercise].phase) for one in ordered]
    assert order[0] == 0
    assert order == sorted(order)
    for phase in phases[1:]:
        assert [one for one in ordered if KNOWN.exercises[one.exercise].phase == phase] == [
            one for one in plan if KNOWN.exercises[one.exercise].phase == phase
        ]


def test_a_warm_up_that_was_chosen_is_the_only_one():
    plan = rules.with_warm_up([step("glute_bridge"), step("easy_march", time_s=120)], KNOWN)
    assert [(one.exercise, one.time_s) for one in plan] == [("easy_march", 120), ("glute_bridge", None)]
