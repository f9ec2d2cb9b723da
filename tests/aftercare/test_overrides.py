"""Giving an exercise in spite of what speaks against it: only with a reason, only for what was seen, and on record."""

import json
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from clinic.aftercare import wording
from clinic.aftercare.catalogue import catalogue
from clinic.aftercare.models import PlanIssue, PlanOverride
from clinic.aftercare.operations import Content
from clinic.aftercare.operations.freezing import document
from clinic.aftercare.rules import advise, keys, may_be_overridden, refusals, uncovered
from clinic.core.audit import AuditLine
from clinic.core.db import db
from clinic.notes.rules.injuries import Found
from tests.aftercare.steps import address, build, find, send
from tests.aftercare.test_rules import SOUND, step
from tests.conftest import NOW
from tests.house.test_statements import statements
from tests.rows import rows

KNOWN = catalogue()
STRETCH = "half_kneeling_hip_flexor"
WHY = "Seen by the physio on Monday"


def page_of(client_id):
    return f"/clients/{client_id}/plan"


def overrides():
    found = db.session.scalars(select(PlanOverride).order_by(PlanOverride.made_at)).all()
    kept = [(one.exercise, json.loads(one.document), bool(one.withdrawn_at)) for one in found]
    db.session.rollback()
    return kept


def give(ana, clara, exercise=STRETCH, why=WHY):
    """Add it all the same, say why, and send."""
    build(ana, clara, exercise)
    ana.send(page_of(clara), **{f"{exercise}-override": why})
    return send(ana, clara)


def later(days):
    return time_machine.travel(NOW + timedelta(days=days), tick=False)


def test_an_injury_is_called_by_muscle_side_and_state_and_a_condition_by_its_name():
    found = Found({**SOUND, ("psoas", "left"): "acute"}, frozenset({"hip_replacement_anterior"}))
    against = advise(KNOWN.exercises[STRETCH], found, KNOWN).against
    assert [key for one in against for key in keys(one)] == [
        "muscle_locked:acute:psoas_left",
        "avoid:muscle_injury:acute:psoas_left",
        "avoid:hip_replacement_anterior",
    ]


def test_what_was_gone_over_reads_in_words(app):
    over = ["muscle_locked:acute:psoas_left", "avoid:muscle_injury:acute:psoas_left", "avoid:spondylolisthesis"]
    with app.test_request_context():
        said = wording.gone_over(over)
    assert said.startswith("New injury: Psoas (deep in the front of the hip) left. ")
    assert said.endswith(KNOWN.conditions["spondylolisthesis"])


@pytest.mark.parametrize(("why", "passes"), [("", False), ("   ", False), (WHY, True)])
def test_only_a_reason_goes_over_what_speaks_against_it(why, passes):
    found = Found(SOUND, frozenset({"spondylolisthesis"}))
    given = step("prone_rest", override=why, overridden=("avoid:spondylolisthesis",))
    assert (refusals([given], found, KNOWN) == []) == passes


def test_what_is_sent_has_only_what_was_gone_over_on_that_day():
    given = step("prone_rest", override=WHY, overridden=("avoid:abdominal_surgery", "avoid:spondylolisthesis"))
    found = Found(SOUND, frozenset({"spondylolisthesis"}))
    [_, sent] = document(Content((given,)), found, KNOWN)["steps"]
    assert sent["overridden"] == ("avoid:spondylolisthesis",)


@pytest.mark.parametrize("state", ["acute", "healing", "unsure"])
def test_another_muscle_side_or_state_is_a_new_reason(state):
    acute = Found({**SOUND, ("psoas", "left"): "acute"}, frozenset())
    over = tuple(key for one in advise(KNOWN.exercises[STRETCH], acute, KNOWN).against for key in keys(one))
    for injuries in ({("psoas", "right"): state}, {("psoas", "left"): "acute", ("adductors", "right"): state}):
        given = step(STRETCH, override=WHY, overridden=over)
        assert refusals([given], acute, KNOWN) == []
        now = refusals([given], Found({**SOUND, **injuries}, frozenset()), KNOWN)
        assert {one.code for one in now} == {"muscle_locked", "avoid"}


def test_an_injury_that_changed_is_decided_anew_even_where_it_is_better():
    over = ("muscle_locked:acute:psoas_left", "avoid:muscle_injury:acute:psoas_left")
    healing = Found({**SOUND, ("psoas", "left"): "healing"}, frozenset())
    assert len(refusals([step(STRETCH, override=WHY, overridden=over)], healing, KNOWN)) == 2


def test_nothing_goes_over_what_nobody_asked_about():
    for found in (Found(), Found({}, frozenset()), Found(SOUND, None)):
        against = advise(KNOWN.exercises[STRETCH], found, KNOWN).against
        every = [key for one in against for key in keys(one)]
        assert not may_be_overridden(found)
        assert uncovered(against, every, found) == list(against)


def test_where_nobody_asked_the_page_offers_no_way_round(ana, clara):
    ana.get(page_of(clara))
    assert "Add all the same" not in ana.text
    build(ana, clara, STRETCH, **{f"{STRETCH}-override": WHY})
    assert f"{STRETCH}-override" not in ana.page.text
    assert send(ana, clara).status_code == 422


def test_a_reason_sends_it_and_stands_on_record_and_not_on_the_clients_page(ana, clara, new_visitor):
    find(ana, clara, psoas_left="healing")
    build(ana, clara, STRETCH)
    assert send(ana, clara).status_code == 422
    ana.send(page_of(clara), **{f"{STRETCH}-override": WHY})
    assert "You give this all the same" in ana.text
    assert send(ana, clara).status_code == 200
    over = ["muscle_locked:healing:psoas_left", "avoid:muscle_injury:healing:psoas_left"]
    assert overrides() == [(STRETCH, {"keys": over, "reason": WHY}, False)]
    client = new_visitor()
    client.get(address(clara))
    assert "Grow tall" in client.text
    assert "Leave this one out" not in client.text
    assert WHY not in client.page.text
    assert WHY not in db.session.scalars(select(PlanIssue)).one().document


def test_the_record_says_which_why_by_whom_and_when_to_therapists_alone(ana, clara, signed_in):
    find(ana, clara, psoas_left="healing")
    build(ana, clara, "glute_bridge")
    give(ana, clara)
    record = f"/clients/{clara}"
    ana.get(record)
    assert (
        f"Given all the same Healing: Psoas (deep in the front of the hip) left Because: {WHY} Ana Moreau, Wednesday 11 March"
        in ana.text
    )
    assert ana.text.count("Given all the same") == 1
    rosa = signed_in("rosa")
    rosa.get(record)
    assert "Given all the same" not in rosa.text
    assert WHY not in rosa.text
    ana.get(page_of(clara))
    ana.send(page_of(clara), remove=STRETCH)
    send(ana, clara)
    ana.get(record)
    assert "Given all the same" not in ana.text


def test_two_overrides_cost_the_record_no_statement_more(ana, clara):
    build(ana, clara, "glute_bridge")
    find(ana, clara, psoas_left="healing")
    send(ana, clara)
    few = statements(ana, f"/clients/{clara}")
    give(ana, clara)
    assert statements(ana, f"/clients/{clara}") == few


def test_the_trail_says_that_and_not_what_or_why(ana, clara):
    find(ana, clara, "spondylolisthesis")
    give(ana, clara, "prone_rest")
    [line] = db.session.scalars(select(AuditLine).where(AuditLine.action == "plan.overridden"))
    assert line.subject.startswith("plan:")
    said = f"{line.subject} {line.detail}"
    assert not [word for word in ("prone", "spondylo", "physio") if word in said]


def test_what_is_found_later_is_not_gone_over_and_has_to_be_decided_anew(ana, clara, new_visitor):
    find(ana, clara, "spondylolisthesis")
    give(ana, clara, "prone_rest")
    client = new_visitor()
    with later(1):
        find(ana, clara, "spondylolisthesis", "abdominal_surgery")
        client.get(address(clara))
        assert "Leave this one out for now" in client.text
        ana.get(page_of(clara))
        assert "Not for Clara now" in ana.text
        assert WHY not in ana.page.text  # saving the page again decides nothing
        assert send(ana, clara).status_code == 422
        assert send(ana, clara, **{"prone_rest-override": "The surgeon agrees"}).status_code == 200
        client.get(address(clara))
        assert "Leave this one out for now" not in client.text
    assert [(why["reason"], withdrawn) for _, why, withdrawn in overrides()] == [
        (WHY, True),
        ("The surgeon agrees", False),
    ]


def test_sending_the_same_again_keeps_the_override_and_taking_it_out_withdraws_it(ana, clara):
    find(ana, clara, "spondylolisthesis")
    give(ana, clara, "prone_rest")
    ana.get(page_of(clara))
    send(ana, clara)
    assert rows()["plan_override"] == 1
    build(ana, clara, "pelvic_tilt")
    ana.send(page_of(clara), remove="prone_rest")
    send(ana, clara)
    assert [withdrawn for _, _, withdrawn in overrides()] == [True]


def test_a_reason_that_outlived_what_it_was_about_covers_nothing_later(ana, clara, new_visitor):
    find(ana, clara, "spondylolisthesis")
    give(ana, clara, "prone_rest")
    with later(1):
        find(ana, clara)
        ana.get(page_of(clara))
        assert send(ana, clara).status_code == 200
    with later(2):
        find(ana, clara, "spondylolisthesis")
        client = new_visitor()
        client.get(address(clara))
        assert "Leave this one out for now" in client.text
