"""What a therapist is reminded to think of: ideas that help, and silence where there is nothing to say."""

import pytest

from clinic.intake.safety_lists import shipped
from clinic.notes.rules import Activity, Content, NoteMark, Result, Stop, Treated, prompts
from clinic.notes.rules.prompts import FRONT, JOINT, NERVE, REVIEW, TOLD


def visit(pain=None, *treated, **more):
    return Content(pain_on_arrival=pain, treated=tuple(Treated(place) for place in treated), **more)


BACK = ("low_back/left", "buttock/left")


def test_three_visits_at_the_back_alone_without_meaningful_change_bring_up_the_front():
    earlier = [visit(5, *BACK), visit(6, *BACK), visit(6, *BACK)]
    assert prompts(earlier, visit()) == [FRONT]
    assert prompts(earlier, visit(5)) == [FRONT]


@pytest.mark.parametrize(
    ("earlier", "now"),
    [
        ([visit(6, *BACK), visit(6, *BACK)], visit()),  # two visits
        ([visit(3, *BACK), visit(5, *BACK), visit(6, *BACK)], visit()),  # meaningfully better
        ([visit(5, *BACK), visit(6, *BACK), visit(6, *BACK)], visit(3)),  # today it is
        ([visit(6, *BACK), visit(6, *BACK, "hip_flexors/left"), visit(6, *BACK)], visit()),  # the front was thought of
        ([visit(6, *BACK), visit(6, *BACK), visit(6, *BACK)], visit(6, "groin/left")),  # and is today
        ([visit(6, *BACK), visit(6), visit(6, *BACK)], visit()),  # nobody wrote what was treated
        ([visit(None, *BACK)] * 3, visit()),  # nothing was measured
        ([visit(6, "neck/left")] * 3, visit()),  # neither front nor back
    ],
)
def test_otherwise_nothing_is_said_of_the_front(earlier, now):
    assert FRONT not in prompts(earlier, now)


def test_activities_that_go_meaningfully_better_count_as_a_change_too():
    better = [visit(6, *BACK, activities=(Activity("Stairs", score),)) for score in (7, 5, 4)]
    assert FRONT not in prompts(better, visit())


@pytest.mark.parametrize("kind", ["tingling", "numb"])
def test_pain_like_a_nerves_calls_for_care(kind):
    marked = Content(marks=(NoteMark("calf/left", kind),))
    assert prompts([], marked) == [NERVE]
    assert prompts([marked], Content()) == [NERVE]
    assert prompts([Content(), marked], Content()) == []


def test_dull_pain_does_not():
    assert prompts([], Content(marks=(NoteMark("low_back/left", "dull"),))) == []


@pytest.mark.parametrize(("symptom", "said"), [("leg", [NERVE]), ("numb", [NERVE]), ("stretch", []), ("none", [])])
def test_a_nerve_test_that_brought_it_on_calls_for_care(symptom, said):
    assert prompts([], Content(results=(Result("straight_leg", "left", values={"symptom": symptom}),))) == said


def test_pain_that_shot_at_the_last_visit_calls_for_care():
    assert prompts([Content(stops=(Stop("sharp_pain"),))], Content()) == [NERVE]
    assert prompts([Content(stops=(Stop("pulse_felt"),))], Content()) == []


def test_joint_and_nerve_are_rows_of_the_safety_list():
    assert set(TOLD.values()) <= {one.id for one in shipped()}


@pytest.mark.parametrize(
    ("told", "said"), [("joint_pain_told", [JOINT]), ("nerve_signs_told", [NERVE]), ("aspirin", [])]
)
def test_what_the_client_told_of_joint_or_nerve_calls_for_care(told, said):
    assert prompts([], Content(), {told}) == said


def test_worse_than_measurement_error_since_the_visit_before_is_reviewed():
    assert prompts([visit(4)], visit(6)) == [REVIEW]
    assert prompts([visit(6), visit(4)], visit()) == [REVIEW]
    assert prompts([visit(4)], visit(5)) == []
    assert prompts([visit(3), visit(6), visit(4)], visit(4)) == []
    harder = [Content(activities=(Activity("Walking", score),)) for score in (8, 5)]
    assert prompts(harder[:1], harder[1]) == [REVIEW]
