"""A plan begins from a template, or from what was sent before: nothing typed is lost, and nothing unsafe comes along."""

from uuid import uuid4

import pytest

from clinic.aftercare import queries
from clinic.aftercare.catalogue import catalogue
from clinic.aftercare.operations import Content
from clinic.aftercare.plan_templates import plan_templates, read
from clinic.aftercare.rules import Step, advise, begun, usual
from clinic.core.db import db
from clinic.notes.rules.injuries import Found
from tests.aftercare.steps import build, find, send
from tests.plans import SOUND

KNOWN = catalogue()


def page_of(client_id):
    return f"/clients/{client_id}/plan"


def kept(client_id):
    content = Content.read(queries.plan_of(db.session, client_id).content)
    db.session.rollback()
    return content


def chosen(client_id):
    return [step.exercise for step in kept(client_id).steps]


def begin(ana, client_id, **typed):
    return ana.send(f"{page_of(client_id)}/beginning", **typed)


def sent_issues(client_id):
    issues = queries.issues_for(db.session, client_id)
    db.session.rollback()
    return [str(one.id) for one in issues]


@pytest.mark.parametrize("template", plan_templates().values(), ids=lambda one: one.id)
def test_a_template_has_two_to_four_exercises_in_order_and_says_whom_it_is_for(template):
    exercises = [KNOWN.exercises[step.exercise] for step in template.steps(KNOWN)]
    assert 2 <= len(exercises) <= 4
    assert "warm_up" not in {one.phase for one in exercises}
    assert template.suits.endswith(".")


def test_the_calm_week_is_calm():
    assert {KNOWN.exercises[one].phase for one in plan_templates()["calm_week"].doses} == {"calm"}


def test_waking_the_hip_flexors_stretches_nothing_and_works_them():
    exercises = [KNOWN.exercises[one] for one in plan_templates()["wake_hip_flexors"].doses]
    assert "stretch" not in {one.phase for one in exercises}
    assert [one.id for one in exercises if {"psoas", "iliacus"} <= set(one.targets) and one.phase == "strengthen"]


def test_lengthening_is_true_hip_flexor_stretches_with_the_tuck_and_something_that_strengthens():
    exercises = [KNOWN.exercises[one] for one in plan_templates()["lengthen"].doses]
    stretches = [one for one in exercises if one.phase == "stretch"]
    assert len(stretches) >= 2
    for one in stretches:
        assert {"psoas", "iliacus"} <= set(one.targets)
        assert "tuck" in " ".join(sentence.words for sentence in one.steps)
    assert "strengthen" in {one.phase for one in exercises}


def test_nothing_of_the_plan_for_pregnancy_is_against_it_or_has_to_be_asked_first():
    found = Found(SOUND.injuries, frozenset({"pregnancy_16w", "pelvic_girdle_pain"}))
    for one in plan_templates()["pregnant"].doses:
        advice = advise(KNOWN.exercises[one], found, KNOWN)
        assert (advice.against, advice.ask_first) == ((), ()), one


@pytest.mark.parametrize("step", [{"exercise": "cartwheel"}, {"exercise": "glute_bridge", "miles": 3}])
def test_a_template_of_what_is_not_there_is_refused_at_once(step):
    with pytest.raises((ValueError, TypeError), match=r"cartwheel|miles"):
        read({"templates": {"odd": {"name": "Odd", "for": "Nobody.", "steps": [step]}}}, KNOWN)


def test_what_is_against_it_is_left_out_with_the_reason_and_what_to_do_instead():
    found = Found(SOUND.injuries, frozenset({"pregnancy_16w"}))
    steps, (left,) = begun([], [usual(KNOWN.exercises["knee_rocks"])], found, KNOWN)
    assert (steps, left.exercise, left.instead) == ([], "knee_rocks", "cat_camel")
    assert [(one.code, one.values["condition"]) for one in left.against] == [("avoid", "pregnancy_16w")]


def test_what_would_come_instead_is_not_offered_where_it_comes_anyway():
    found = Found(SOUND.injuries, frozenset({"pregnancy_16w"}))
    coming = [usual(KNOWN.exercises[one]) for one in ("knee_rocks", "cat_camel")]
    steps, (left,) = begun([], coming, found, KNOWN)
    assert ([one.exercise for one in steps], left.instead) == (["cat_camel"], "")


def test_what_is_in_the_draft_stays_as_it_was_dosed():
    mine = Step("pelvic_tilt", 1, 2, reps=3, words="Only three")
    steps, _ = begun([mine], plan_templates()["calm_week"].steps(KNOWN), SOUND, KNOWN)
    assert steps[0] == mine
    assert [one.exercise for one in steps].count("pelvic_tilt") == 1


def test_an_empty_plan_begins_with_one_press_and_its_doses(ana, clara):
    find(ana, clara)
    ana.get(page_of(clara))
    begin(ana, clara, add_from="calm_week")
    assert ana.page.request.path == page_of(clara)
    assert chosen(clara) == ["constructive_rest", "breathing_90_90", "pelvic_tilt"]
    assert kept(clara).steps[2].sets == 1


def test_words_typed_on_the_way_are_kept(ana, clara):
    find(ana, clara)
    build(ana, clara, "glute_bridge")
    begin(ana, clara, add_from="calm_week", word="Go gently.", **{"glute_bridge-words": "Shoes off"})
    assert kept(clara).word == "Go gently."
    assert chosen(clara)[-1] == "glute_bridge"
    assert kept(clara).steps[-1].words == "Shoes off"


def test_replacing_takes_the_exercises_and_keeps_the_words_around_them(ana, clara):
    find(ana, clara)
    build(ana, clara, "glute_bridge")
    assert "Replace its exercises" in ana.text
    begin(ana, clara, replace_with="calm_week", word="Go gently.")
    assert chosen(clara) == ["constructive_rest", "breathing_90_90", "pelvic_tilt"]
    assert kept(clara).word == "Go gently."


def test_an_injury_leaves_the_stretches_out_and_says_so(ana, clara):
    find(ana, clara, psoas_left="healing")
    ana.get(page_of(clara))
    begin(ana, clara, add_from="lengthen")
    assert chosen(clara) == ["glute_bridge"]
    assert "2 exercises were left out" in ana.text
    assert "Half-kneeling hip-flexor stretch : Still healing, so no stretch yet" in ana.text


def test_what_is_offered_instead_can_be_added_with_one_press(ana, clara):
    find(ana, clara, "pregnancy_16w")
    ana.get(page_of(clara))
    begin(ana, clara, add_from="wake_hip_flexors")
    assert "Heel slide : Not with this: 16 weeks pregnant or more." in ana.text
    assert "Add Seated march instead" in ana.text
    ana.send(page_of(clara), add="seated_march")
    assert chosen(clara) == ["pelvic_tilt", "hip_flexor_isometric", "seated_march"]


def test_a_wrong_number_is_said_and_nothing_begins(ana, clara):
    find(ana, clara)
    build(ana, clara, "glute_bridge")
    assert begin(ana, clara, replace_with="calm_week", **{"glute_bridge-sets": "lots"}).status_code == 422
    assert chosen(clara) == ["glute_bridge"]


def test_a_page_that_lags_behind_begins_nothing(ana, clara, signed_in):
    find(ana, clara)
    other = signed_in("ana")
    other.get(page_of(clara))
    build(ana, clara, "glute_bridge")
    assert begin(other, clara, add_from="calm_week").status_code == 409
    assert chosen(clara) == ["glute_bridge"]


def test_the_last_plan_is_offered_once_the_draft_differs_from_it(ana, clara):
    find(ana, clara)
    build(ana, clara, "glute_bridge", "pelvic_tilt", **{"glute_bridge-words": "Shoes off"})
    send(ana, clara)
    ana.get(page_of(clara))
    assert "The last plan, sent 11 March" not in ana.text
    ana.send(page_of(clara), remove="glute_bridge")
    assert "The last plan, sent 11 March" in ana.text
    begin(ana, clara, replace_with=sent_issues(clara)[-1])
    assert chosen(clara) == ["pelvic_tilt", "glute_bridge"]
    assert kept(clara).steps[1].words == "Shoes off"
    assert "The last plan, sent 11 March" not in ana.text


def test_an_earlier_plan_can_be_begun_from_too(ana, clara):
    find(ana, clara)
    build(ana, clara, "glute_bridge")
    send(ana, clara)
    ana.get(page_of(clara))
    ana.send(page_of(clara), remove="glute_bridge", add="pelvic_tilt")
    send(ana, clara)
    ana.get(page_of(clara))
    first, _ = sent_issues(clara)
    assert f'value="{first}"' in ana.page.text
    begin(ana, clara, add_from=first)
    assert chosen(clara) == ["pelvic_tilt", "glute_bridge"]


def test_a_plan_of_somebody_else_and_what_is_no_plan_begin_nothing(ana, clara):
    find(ana, clara)
    ana.get(page_of(clara))
    assert begin(ana, clara, add_from=str(uuid4())).status_code == 404
    assert begin(ana, clara, add_from="handstands").status_code == 404
    assert queries.plan_of(db.session, clara) is None
