"""What a therapist asks before a plan: injury by muscle and side, and conditions."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from sqlalchemy import select

from clinic.aftercare.catalogue import catalogue
from clinic.core.audit import AuditLine
from clinic.core.db import db
from clinic.notes.models import Findings
from tests.aftercare.steps import find, kept
from tests.conftest import NOW
from tests.rows import rows


def test_what_was_asked_is_kept_and_leads_to_the_plan(ana, clara):
    find(ana, clara, "ddd", "balance", sound="", psoas_left="acute", calf_right="none")
    assert ana.page.request.path == f"/clients/{clara}/plan"
    assert kept(clara).injuries == {("psoas", "left"): "acute", ("calf", "right"): "none"}
    assert kept(clara).conditions == {"ddd", "balance"}
    assert "New injury: Psoas (deep in the front of the hip) left" in ana.text
    assert "Worn discs" in ana.text


def test_one_tick_says_that_none_of_the_others_is_injured(ana, clara):
    find(ana, clara, psoas_left="healing")
    states = {place: kept(clara).state(*place) for place in kept(clara).injuries}
    assert len(states) == 2 * len(catalogue().muscles)
    assert {place for place, state in states.items() if state != "none"} == {("psoas", "left")}


def test_conditions_left_blank_were_not_asked_and_none_of_these_is_an_answer(ana, clara):
    ana.post(f"/clients/{clara}/findings", others_sound="y")
    assert kept(clara).conditions is None
    assert "Conditions not asked about yet" in ana.text
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        find(ana, clara)
        assert kept(clara).conditions == frozenset()
        assert "No condition told" in ana.text


def test_none_of_these_beside_a_tick_is_asked_again_and_nothing_typed_is_lost(ana, clara):
    page = find(ana, clara, "none", "ddd", psoas_left="unsure")
    assert page.status_code == 422
    assert ana.text.startswith("Error:")
    assert "Keep only what is true" in ana.text
    assert '<option selected value="unsure">' in page.text
    assert rows()["findings"] == 0


@pytest.mark.parametrize("wrong", [{"psoas_left": "broken"}, {"conditions": ["gout"]}])
def test_what_no_page_of_ours_sends_is_refused(ana, clara, wrong):
    page = ana.post(f"/clients/{clara}/findings", **wrong)
    assert page.status_code == 422
    assert rows()["findings"] == 0


def test_the_questions_are_filled_in_with_what_was_found_last_by_whom_and_when(ana, clara):
    ana.get(f"/clients/{clara}/findings")
    assert "Nobody has asked yet" in ana.text
    find(ana, clara, "stenosis", adductors_right="healing")
    with time_machine.travel(NOW + timedelta(days=9), tick=False):
        page = ana.get(f"/clients/{clara}/findings").text
    assert "what Ana Moreau found on Wednesday 11 March" in ana.text
    assert page.count('<option selected value="healing">') == 1
    assert page.count('<option selected value="none">') == 2 * len(catalogue().muscles) - 1
    assert page.count("checked") == 1


def test_what_was_found_before_stays(ana, clara):
    find(ana, clara, psoas_left="acute")
    with time_machine.travel(NOW + timedelta(days=9), tick=False):
        find(ana, clara)
        assert kept(clara).state("psoas", "left") == "none"
    assert rows()["findings"] == 2


def test_only_their_therapist_finds_anything_and_another_finds_no_client(ana, clara, signed_in):
    ben = signed_in("ben")
    for page in (f"/clients/{clara}/findings", f"/clients/{uuid4()}/findings"):
        assert ben.get(page).status_code == 404
        assert ben.post(page, others_sound="y").status_code == 404
    assert ben.get(f"/clients/{clara}/findings").data == ben.get(f"/clients/{uuid4()}/findings").data
    for name in ("rosa", "olu"):
        staff = signed_in(name)
        assert staff.get(f"/clients/{clara}/findings").status_code == 403
        assert staff.post(f"/clients/{clara}/findings", others_sound="y").status_code == 403
    assert rows()["findings"] == 0


def test_reading_and_recording_leave_a_line_without_a_word_of_health(ana, clara):
    find(ana, clara, "pregnancy_16w", psoas_left="acute")
    ana.get(f"/clients/{clara}/findings")
    lines = db.session.scalars(select(AuditLine)).all()
    assert {"findings.recorded", "record.viewed"} <= {line.action for line in lines}
    trail = " ".join(f"{line.actor} {line.action} {line.subject} {line.detail}" for line in lines)
    assert not [word for word in ("psoas", "acute", "pregnan", "Clara") if word in trail]


def test_what_was_found_is_sealed_on_disk(ana, clara):
    find(ana, clara, "pregnancy_16w", psoas_left="acute")
    sealed = bytes(db.session.scalar(select(Findings.answers_sealed)))
    assert b"acute" not in sealed
    assert b"pregnan" not in sealed
