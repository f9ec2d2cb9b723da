"""A session of a plan, stage by stage: nobody loses a second of the other side, and nothing follows in a wrong order."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.aftercare import rules
from clinic.aftercare.catalogue import catalogue
from clinic.aftercare.operations import Content
from clinic.aftercare.operations.freezing import document
from clinic.aftercare.rules import READY_S, Step, stages, stages_of
from clinic.notes.rules.injuries import Found
from tests.aftercare.test_rules import SOUND

KNOWN = catalogue()


def frozen(step):
    """As it is sent."""
    sent = document(Content((step,)), Found(SOUND, frozenset()), KNOWN)["steps"]
    return next(one for one in sent if one["exercise"] == step.exercise)


SIDE = st.sampled_from(["", "left", "right"])
SECONDS, SWITCH = st.integers(5, 120), st.none() | st.integers(5, 60)
WORK = st.one_of(
    st.fixed_dictionaries({"hold_s": SECONDS}),
    st.fixed_dictionaries({"time_s": SECONDS}),
    st.fixed_dictionaries({"reps": st.integers(1, 20)}),
    st.fixed_dictionaries({"reps": st.integers(1, 20), "hold_s": st.integers(1, 10)}),
)


@st.composite
def steps(draw):
    beside = {
        "rest_s": draw(st.integers(0, 90)),
        "switch_s": draw(SWITCH),
        "side": draw(SIDE),
        "start_side": draw(SIDE),
    }
    name = draw(st.sampled_from(list(KNOWN.exercises)))
    return Step(name, draw(st.integers(1, 4)), 3, **beside, **draw(WORK))


def test_a_stretch_of_both_sides_by_hand():
    """2 × 30 seconds each side, 10 seconds to switch, 15 to rest."""
    stretch = frozen(rules.usual(KNOWN.exercises["half_kneeling_hip_flexor"]))
    assert [(one.kind, one.side, one.round_number, one.seconds) for one in stages([stretch])] == [
        ("ready", "right", 1, 8),
        ("work", "right", 1, 30),
        ("switch", "left", 1, 10),
        ("work", "left", 1, 30),
        ("rest", "right", 2, 15),
        ("work", "right", 2, 30),
        ("switch", "left", 2, 10),
        ("work", "left", 2, 30),
    ]


def test_the_side_that_the_therapist_named_begins_and_a_single_side_is_the_only_one():
    named = Step("standing_hip_flexor", 1, 3, hold_s=20, start_side="left")
    assert [one.side for one in stages_of(frozen(named)) if one.kind == "work"] == ["left", "right"]
    single = Step("standing_hip_flexor", 2, 3, hold_s=20, side="left")
    assert [one.kind for one in stages_of(frozen(single))] == ["ready", "work", "work"]
    assert {one.side for one in stages_of(frozen(single))} == {"left"}


def test_without_a_rest_there_is_still_time_to_come_back_to_the_first_side():
    both = Step("standing_hip_flexor", 2, 3, hold_s=20, rest_s=0, switch_s=0)
    assert [(one.kind, one.side, one.seconds) for one in stages_of(frozen(both))][4] == ("switch", "right", 5)


def test_repetitions_end_by_hand_those_that_are_held_are_counted_and_breaths_take_their_time():
    ready, bridge = stages_of(frozen(Step("glute_bridge", 1, 3, reps=10)))
    assert (ready.seconds, bridge.seconds, bridge.reps, bridge.about_s) == (READY_S, None, 10, 40)
    held = stages_of(frozen(Step("pelvic_tilt", 1, 3, reps=8, hold_s=5)))[1]
    assert (held.seconds, held.reps, held.each_s) == (40, 8, 5)
    breaths = stages_of(frozen(rules.usual(KNOWN.exercises["breathing_90_90"])))[1]
    assert (breaths.seconds, breaths.reps, breaths.about_s) == (None, 10, 90)


@pytest.mark.parametrize("missing", [("switch_s", "side", "start_side", "unit"), ()])
def test_what_was_sent_long_ago_can_be_followed_too(missing):
    old = {name: value for name, value in frozen(Step("knee_to_chest", 1, 5, hold_s=20)).items() if name not in missing}
    assert [one.kind for one in stages([old])] == ["ready", "work", "switch", "work"]


@given(steps())
def test_both_sides_get_the_same_full_time_in_every_round(step):
    exercise, found = KNOWN.exercises[step.exercise], stages_of(frozen(step))
    worked = [one for one in found if one.kind == "work"]
    both = exercise.sides == "each" and not step.side
    assert len(worked) == step.sets * (2 if both else 1)
    assert len({(one.seconds, one.reps, one.each_s, one.about_s) for one in worked}) == 1
    by_round = [[one.side for one in worked if one.round_number == number + 1] for number in range(step.sets)]
    assert all(sides == by_round[0] for sides in by_round)
    if both:
        assert set(by_round[0]) == {"left", "right"}


@given(steps())
def test_a_session_takes_as_long_as_the_plan_says_and_the_getting_ready(step):
    """And the way back to the first side, where nobody rests."""
    exercise, found = KNOWN.exercises[step.exercise], stages_of(frozen(step))
    both = exercise.sides == "each" and not step.side
    ways_back = (step.sets - 1) * max(5, rules.switch_s(step, exercise)) if both and not step.rest_s else 0
    floor = (5 - rules.switch_s(step, exercise)) * step.sets if both and rules.switch_s(step, exercise) < 5 else 0
    assert (
        sum(one.seconds or one.about_s for one in found) == rules.seconds(step, exercise) + READY_S + ways_back + floor
    )


@given(st.lists(steps(), min_size=1, max_size=4))
def test_a_session_begins_warm_never_rests_twice_and_never_ends_in_a_pause(chosen):
    found = stages([frozen(one) for one in chosen])
    assert found[0].kind == "ready"
    assert found[-1].kind == "work"
    for before, after in pairwise(found):
        assert (before.kind == "work") is not (after.kind == "work") or before.side == after.side
        assert not {before.kind, after.kind} <= {"rest", "switch", "ready"}
        assert (before.exercise == after.exercise) or after.kind == "ready"
        if before.kind == "switch":
            assert before.seconds >= 5
            assert before.side == after.side
    warm = [KNOWN.exercises[one.exercise].phase == "warm_up" for one in found]
    assert warm == sorted(warm, reverse=True)
