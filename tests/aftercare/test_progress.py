"""One step more after a good week, one less after a hard one; and never without the therapist."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from clinic.aftercare import operations, queries
from clinic.aftercare.catalogue import catalogue
from clinic.aftercare.models import CheckIn
from clinic.aftercare.operations import Content, Told, answering
from clinic.aftercare.queries import NOTHING_TOLD
from clinic.aftercare.rules import Gate, Zones, advise, for_now, refusals, suggestions, usual
from clinic.aftercare.rules.check_ins import HowTheyAre
from clinic.core import clock
from clinic.core.audit import GUEST
from clinic.core.db import db, writing
from clinic.notes.rules.injuries import Found
from clinic.work.models import WorkItem
from tests.aftercare.steps import find, plan_link
from tests.conftest import NOW
from tests.plans import SOUND

KNOWN, ZONES = catalogue(), Zones(4, 6)
BRIDGE, TILT, STRETCH = (usual(KNOWN.exercises[one]) for one in ("glute_bridge", "pelvic_tilt", "standing_hip_flexor"))


def day(**told):
    return {**NOTHING_TOLD, "done": True, "pain": 2, "felt": "right", **told}


def asked(steps, days, *, draft=None, gates=None, found=SOUND):
    draft = steps if draft is None else draft
    return suggestions(draft, steps, days=days, gates=gates or {}, found=found, known=KNOWN, zones=ZONES)


def only(steps, days, **more):
    (one,) = asked(steps, days, **more)
    return one


def test_a_good_week_speaks_for_one_round_more_of_one_exercise():
    one = only([TILT, BRIDGE, STRETCH], [day(), day(), day(felt="too_easy")])
    assert (one.kind, one.exercise, one.why) == ("more", "glute_bridge", "good_week")
    assert one.step == replace(BRIDGE, sets=3)
    assert (one.done, one.planned, one.pain) == (3, 3, 2)


@pytest.mark.parametrize(
    "third",
    [
        day(done=False),
        day(pain=4),
        day(pain_after=5),
        day(felt="too_hard"),
        day(settled=False),
        day(numb=True),
    ],
)
def test_a_week_that_was_not_good_speaks_for_nothing_more(third):
    assert [one for one in asked([BRIDGE], [day(), day(), third]) if one.kind in {"more", "harder"}] == []


@pytest.mark.parametrize("told", [{"pain": None}, {"felt": ""}])
def test_a_week_of_which_nobody_said_how_it_was_speaks_for_nothing(told):
    assert asked([BRIDGE], [day(**told)] * 3) == []


def test_rounds_come_first_then_times_then_the_hold_and_then_the_harder_exercise():
    isometric = usual(KNOWN.exercises["hip_flexor_isometric"])
    seen, step = [], isometric
    for _ in range(30):
        found = asked([step], [day()] * 4)
        if not found:
            break
        seen.append((found[0].kind, found[0].step.sets, found[0].step.reps, found[0].step.hold_s))
        if found[0].kind == "harder":
            break
        step = found[0].step
    assert seen[0] == ("more", 3, 5, 5)
    assert seen[1] == ("more", 3, 7, 5)
    assert ("more", 3, 15, 60) in seen
    assert seen[-1][0] == "harder"


def test_a_stretch_is_held_for_a_minute_at_most():
    long = replace(STRETCH, sets=3, hold_s=60)
    assert asked([long], [day()] * 3) == []
    assert only([replace(long, hold_s=55)], [day()] * 3).step.hold_s == 60


def test_the_harder_exercise_comes_only_where_the_rules_allow_it():
    top = replace(usual(KNOWN.exercises["heel_slide"]), sets=3, reps=15)
    assert only([top], [day()] * 4).step.exercise == "supine_march"
    disc = Found(SOUND.injuries, frozenset({"disc_acute"}))  # has to be asked about before the march
    assert asked([top], [day()] * 4, found=disc) == []
    assert only([replace(top, asked=("disc_acute",))], [day()] * 4, found=disc).step.exercise == "supine_march"
    assert asked([top, usual(KNOWN.exercises["supine_march"])], [day()] * 4)[0].exercise == "supine_march"


@pytest.mark.parametrize(
    ("told", "why"), [({"felt": "too_hard"}, "too_hard"), ({"pain": 5}, "pain"), ({"pain_after": 8}, "pain")]
)
def test_a_hard_week_speaks_for_one_step_less_of_what_comes_last(told, why):
    one = only([TILT, BRIDGE, STRETCH], [day(), day(**told)])
    assert (one.kind, one.exercise, one.why) == ("less", "standing_hip_flexor", why)
    assert one.step.sets == STRETCH.sets - 1


def test_where_one_round_is_left_the_easier_exercise_comes():
    one = only([replace(usual(KNOWN.exercises["supine_march"]), sets=1)], [day(felt="too_hard")])
    assert (one.kind, one.step.exercise) == ("easier", "heel_slide")


def test_numbness_is_for_a_call_and_for_no_suggestion():
    assert asked([BRIDGE], [day(felt="too_hard"), day(numb=True)]) == []


def test_once_the_draft_differs_no_second_step_is_suggested():
    assert asked([BRIDGE, STRETCH], [day()] * 3, draft=[replace(BRIDGE, sets=3), STRETCH]) == []


def gate(phase="strengthen", before="calm", **more):
    return {phase: Gate(phase, before, 3, 3, **{"is_injured": False, "is_alarming": False, **more})}


def test_the_next_phase_is_suggested_once_its_gate_is_met():
    one = only([TILT], [day()] * 3, gates=gate())
    assert (one.kind, one.why, KNOWN.exercises[one.exercise].phase) == ("phase", "gate", "strengthen")
    assert asked([TILT], [day()] * 3, gates=gate(is_alarming=True)) == []
    assert [one.kind for one in asked([TILT, BRIDGE], [day()] * 3, gates=gate())] == ["more"]


def test_stretching_waits_for_sound_muscles():
    assert asked([BRIDGE], [day(felt="")] * 3, gates=gate("stretch", "strengthen", is_injured=True)) == []
    assert only([BRIDGE], [day(felt="")] * 3, gates=gate("stretch", "strengthen")).step.exercise


def test_while_it_is_back_or_a_call_waits_a_good_week_speaks_for_nothing_more():
    good, top = [day()] * 4, replace(usual(KNOWN.exercises["heel_slide"]), sets=3, reps=15)
    for steps, kind in (([BRIDGE], "more"), ([top], "harder"), ([TILT], "phase")):
        found = asked(steps, good, gates=gate())
        assert [one.kind for one in for_now(found, held=False)] == [kind]
        assert for_now(found, held=True) == []
    hard = asked([BRIDGE], [day(felt="too_hard")])
    assert [one.kind for one in for_now(hard, held=True)] == ["less"]


STATES = st.sampled_from(["none", "none", "none", "healing", "acute"])
PLACES = sorted(SOUND.injuries)
FOUND = st.builds(
    lambda states, conditions: Found(dict(zip(PLACES, states, strict=True)), frozenset(conditions)),
    st.lists(STATES, min_size=len(PLACES), max_size=len(PLACES)),
    st.sets(st.sampled_from(sorted(KNOWN.conditions)), max_size=3),
)
DAYS = st.lists(
    st.builds(
        day,
        done=st.booleans(),
        pain=st.none() | st.integers(0, 10),
        felt=st.sampled_from(["", "right", "too_easy", "too_hard"]),
    ),
    max_size=7,
)


@settings(max_examples=150, deadline=None)
@given(st.sets(st.sampled_from(sorted(KNOWN.exercises)), min_size=1, max_size=4), FOUND, DAYS)
def test_no_suggestion_brings_anything_that_the_rules_speak_against(names, found, days):
    steps = [usual(KNOWN.exercises[one]) for one in sorted(names)]
    for one in asked(steps, days, gates={**gate(), **gate("stretch", "strengthen")}, found=found):
        if one.step.exercise != one.exercise or one.kind == "phase":
            assert not advise(KNOWN.exercises[one.step.exercise], found, KNOWN).against
        before = {(wrong.code, wrong.values.get("exercise")) for wrong in refusals(steps, found, KNOWN)}
        after = refusals([one.step], found, KNOWN)
        assert [wrong for wrong in after if (wrong.code, wrong.values.get("exercise")) not in before] == []


@pytest.fixture
def practised(ana, clara):
    """A bridge and a tilt, sent; then a good week of them."""
    link = plan_link(ana, clara, "glute_bridge", "pelvic_tilt", **{"glute_bridge-words": "Shoes off"})
    plan = queries.plan_of(db.session, clara)
    with writing():
        for ahead in range(1, 5):
            on = (NOW + timedelta(days=ahead)).date()
            told = Told(done=True, pain=1, felt="right")
            operations.log_practice(
                db.session, plan.id, told, on=on, entry=on.isoformat(), now=NOW + timedelta(days=ahead), by=GUEST
            )
        db.session.commit()
    return link


@pytest.fixture
def a_week_later(practised):
    with time_machine.travel(NOW + timedelta(days=5), tick=False):
        yield practised


def page_of(client_id):
    return f"/clients/{client_id}/plan"


def steps_of(client_id):
    content = Content.read(queries.plan_of(db.session, client_id).content)
    db.session.rollback()
    return {step.exercise: step for step in content.steps}


def test_the_therapist_reads_why_takes_it_with_one_press_and_sends_it_themselves(ana, clara, a_week_later):
    ana.sign_in("ana")
    ana.get(page_of(clara))
    assert "Stretch may begin: Half-kneeling hip-flexor stretch" in ana.text
    assert "Bridge: 3 × 10, held for 3 seconds, 3 days a week" in ana.text
    assert "done on 4 days of 3 in the last week, with pain up to 1." in ana.text
    assert steps_of(clara)["glute_bridge"].sets == 2  # nothing comes by itself
    ana.send(f"{page_of(clara)}/suggestion", take="more:glute_bridge", word="Well done.")
    bridge = steps_of(clara)["glute_bridge"]
    assert (bridge.sets, bridge.words) == (3, "Shoes off")
    assert "One step more" not in ana.text
    ana.send(f"{page_of(clara)}/suggestion", take="phase:half_kneeling_hip_flexor")
    assert "half_kneeling_hip_flexor" in steps_of(clara)
    assert "Their practice suggests" not in ana.text
    assert queries.issues_count(db.session, queries.plan_of(db.session, clara).id) == 1


def call_made(ana):
    ana.post(f"/work/{db.session.scalar(select(WorkItem.id).where(WorkItem.done_at.is_(None)))}/completion")


def suggests_more(ana, clara):
    """Whether the page does, and whether it takes it all the same from whoever asks."""
    ana.get(page_of(clara))
    shown = "Their practice suggests" in ana.text
    ana.send(f"{page_of(clara)}/suggestion", take="more:glute_bridge")
    ana.send(f"{page_of(clara)}/suggestion", take="phase:half_kneeling_hip_flexor")
    after = steps_of(clara)
    return shown, after["glute_bridge"].sets > 2 or len(after) > 2


def test_while_it_is_back_nothing_more_is_suggested_also_once_the_call_is_made(ana, clara, a_week_later, new_visitor):
    client = new_visitor()
    client.get(a_week_later)
    client.send(f"{a_week_later}/return", flags="none", pain="2")
    ana.sign_in("ana")
    assert suggests_more(ana, clara) == (False, False)
    call_made(ana)
    assert suggests_more(ana, clara) == (False, False)


def test_while_a_call_about_something_alarming_waits_nothing_more_is_suggested(ana, clara, a_week_later, cast):
    with writing():
        asked = CheckIn(client_id=clara, kind="review", therapist_id=cast.ana.id, due_at=clock.now())
        told = HowTheyAre(flags=("fever",))
        answering.take_down(db.session, asked, told, now=clock.now(), by=GUEST)
        db.session.commit()
    ana.sign_in("ana")
    assert suggests_more(ana, clara) == (False, False)
    call_made(ana)
    assert suggests_more(ana, clara) == (True, True)


def before_the_next(ana, clara):
    """What the page says has to be met, in its order, and whether it is."""
    ana.get(page_of(clara))
    return [met == "Met" for met in re.findall(r"<li><span class=\"badge \w+\">(Met|Not yet)</span>", ana.page.text)]


def test_the_page_says_what_has_to_be_met_before_the_next_phase_and_what_is(ana, clara, new_visitor):
    ana.get(page_of(clara))
    assert "begins" not in ana.text
    link, client = plan_link(ana, clara, "pelvic_tilt"), new_visitor()
    assert before_the_next(ana, clara) == [False, True, True]
    assert "Calm: done with little pain on 0 of the last 7 days. 3 are enough." in ana.text
    client.get(link)
    client.send(f"{link}/log", told="numb")
    assert before_the_next(ana, clara) == [False, False, False]


def test_before_a_stretch_an_injury_is_named(ana, clara, a_week_later):
    ana.sign_in("ana")
    assert before_the_next(ana, clara) == [True, True, True, True]
    assert "Before Stretch begins" in ana.text
    find(ana, clara, psoas_left="healing")
    assert before_the_next(ana, clara) == [True, True, False, True]


def test_what_is_not_suggested_cannot_be_taken(ana, clara, a_week_later):
    ana.sign_in("ana")
    ana.get(page_of(clara))
    ana.send(f"{page_of(clara)}/suggestion", take="harder:glute_bridge")
    assert steps_of(clara)["glute_bridge"].sets == 2


def test_before_anything_was_practised_nothing_is_suggested(ana, clara):
    plan_link(ana, clara, "glute_bridge")
    ana.get(page_of(clara))
    assert "Their practice suggests" not in ana.text
