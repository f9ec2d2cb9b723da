"""The card: what a therapist reads before a client comes in."""

import json

import pytest
from sqlalchemy import func, select

from clinic.booking.models import Appointment
from clinic.core.audit import AuditLine
from clinic.core.db import db, writing
from clinic.health.rules import Check
from clinic.intake.models import HealthHistory
from tests.conftest import NOW
from tests.health.conftest import MORNING, at, booked
from tests.health.test_missing import check
from tests.steps import book, screen

MARKS = [{"region": "low_back", "side": "right", "kind": "dull", "strength": 6}]


def told(appointment, **answers):
    """A finished history with these answers."""
    dates = {"begun_at": NOW, "saved_at": NOW, "finished_at": NOW}
    with writing():
        made = HealthHistory(client_id=appointment.client_id, told_by="guest", answers=json.dumps(answers), **dates)
        db.session.add(made)
        db.session.commit()


def card(signed_in, appointment, who="ana"):
    person = signed_in(who)
    person.get(f"/appointments/{appointment.id}/card")
    return person


def test_clara_right_side_and_painkiller_today(cast, visitor, signed_in):
    appointment, link = booked(visitor, area="hip", side="right", word="taxi driver")
    told(appointment, marks=MARKS, medicines=["none"], other_medicines="ibuprofen", pressure="light", allergies="nuts")
    with at(MORNING):
        visitor.get(f"{link}/health-check")
        visitor.send(f"{link}/health-check", today="painkiller_today")
        ana = card(signed_in, appointment)
    assert "Front of the hip · Right" in ana.text
    assert "What they feel is masked: lighter, ask often." in ana.text
    assert "Nothing that was told speaks against it" in ana.text
    for words in ("ibuprofen", "nuts", "Light", "taxi driver", "Consent is missing"):
        assert words in ana.text, words
    assert "has anything changed?" not in ana.text


def test_yesterdays_painkiller_is_not_todays(release, signed_in):
    appointment, _ = release
    check(appointment, Check(frozenset({"painkiller_today"})), now=NOW)
    with at(MORNING):
        assert "masked" not in card(signed_in, appointment).text


def test_a_painkiller_of_the_day_of_the_history_is_not_shown_for_ever(release, signed_in):
    appointment, _ = release
    told(appointment, medicines=["steroids_long", "painkiller_today"])
    with at(MORNING):
        ana = card(signed_in, appointment)
    assert "Steroid tablets" in ana.text
    assert "to relax muscles, today" not in ana.text


def test_its_first_lines_stand_over_the_note(release, signed_in):
    appointment, _ = release
    told(appointment, medicines=["anticoagulant"])
    with at(MORNING):
        ana = signed_in("ana")
        ana.get(f"/notes/{appointment.id}")
    assert "No deep tummy work" in ana.text
    assert "Light pressure only. No deep tummy work." in ana.text


def test_dmitri_has_no_deep_tummy_work_and_reception_no_reason(cast, visitor, signed_in):
    screen(visitor, "blood_thinner")
    book(visitor, "hips-without-tummy", name="Dmitri Wool", email="dmitri@client.test")
    appointment = db.session.scalar(select(Appointment))
    told(appointment, medicines=["anticoagulant"])
    with at(MORNING):
        ana = card(signed_in, appointment)
        assert "No deep tummy work" in ana.text
        assert "A blood thinner, such as warfarin" in ana.text
        rosa = signed_in("rosa")
        for page in ("/today", f"/diary/appointments/{appointment.id}", f"/clients/{appointment.client_id}"):
            rosa.get(page)
            assert not any(word in rosa.text.lower() for word in ("blood", "deep tummy", "warfarin")), page
        assert rosa.get(f"/appointments/{appointment.id}/card").status_code == 403


@pytest.mark.parametrize(("scan", "words"), [("normal", "Nothing that was told"), ("none", "No deep tummy work")])
def test_george_is_67_and_his_scan_decides(release, signed_in, scan, words):
    appointment, _ = release
    told(
        appointment, born="1958-06-01", sex="man", scan=scan, pain="yes", since="months", smoking="never", ever=["none"]
    )
    assert words in card(signed_in, appointment).text


def test_a_fever_lasts_until_a_check_asks_anew(release, signed_in):
    appointment, _ = release
    check(appointment, Check(frozenset({"fever"})), now=NOW)
    with at(MORNING):
        assert "A doctor first: no massage" in card(signed_in, appointment).text
        check(appointment, Check(), now=MORNING)
        assert "A doctor first" not in card(signed_in, appointment).text


def test_who_was_not_reached_is_asked_in_person_by_one_tap(cast, visitor, signed_in):
    screen(visitor, "tummy_unexplained")
    book(visitor, "hips-without-tummy", phone="0117 496 0123")
    appointment = db.session.scalar(select(Appointment))
    with at(MORNING):
        ana = card(signed_in, appointment)
        assert "Nothing hands-on until you have spoken with them" in ana.text
        here = ana.page.request.path
        reason = "tummy_unexplained"
        back = f"/clients/{appointment.client_id}/clearances?back={here}"
        ana.post(back, reason=reason, way="in_person")
        assert ana.page.request.path == here
        assert "Nothing hands-on" not in ana.text


def test_a_change_is_an_action_and_their_words_stand_there(release, signed_in):
    appointment, _ = release
    check(appointment, Check(changed=frozenset({"medicines"}), words="a new pill at night"), now=MORNING)
    with at(MORNING):
        ana = card(signed_in, appointment)
    assert "Their medicines have changed: ask which" in ana.text
    assert "a new pill at night" in ana.text


def test_where_nobody_asked_the_card_says_so(cast, visitor, signed_in):
    appointment, _ = booked(visitor, "massage")
    ana = card(signed_in, appointment)
    assert "Nobody has asked about their health yet" in ana.text
    assert ana.link("Fill in the form together") == f"/clients/{appointment.client_id}/health"


def test_reading_it_leaves_one_line_and_the_day_sheet_leads_to_it(release, signed_in):
    appointment, _ = release
    with at(MORNING):
        ana = signed_in("ana")
        ana.get("/today")
        before = lines(appointment)
        ana.get(ana.link("Card"))
        assert ana.page.request.path == f"/appointments/{appointment.id}/card"
        assert lines(appointment) == before + 1


def lines(appointment):
    subject = f"client:{appointment.client_id}"
    seen = select(func.count()).where(AuditLine.action == "record.viewed", AuditLine.subject == subject)
    return db.session.scalar(seen)


def test_it_is_of_no_other_therapist(release, signed_in):
    appointment, _ = release
    assert signed_in("ben").get(f"/appointments/{appointment.id}/card").status_code == 404
