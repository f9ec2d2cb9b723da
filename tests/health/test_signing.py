"""A release is signed for only where somebody asked that day, and nothing that was told speaks against it."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from clinic.booking.models import Appointment
from clinic.core.db import db, writing
from clinic.health.rules import Check
from clinic.intake.models import Screening
from clinic.notes.models import Signature
from tests.conftest import NOW
from tests.health.conftest import AFTERWARDS, MORNING, NEXT_DAY, at, booked
from tests.health.test_missing import check

ASK = "Nobody has asked today whether anything has changed."
AGAINST = "what was told speaks against deep tummy work"


def sign(who, appointment):
    note = f"/notes/{appointment.id}"
    who.get(note)
    return who.send(
        f"{note}/signature",
        subjective="Front of the right hip",
        asked_again="y",
        **{"treated-0-place": "hip_flexors/right"},
    )


def signed():
    return db.session.scalar(select(func.count()).select_from(Signature))


def test_without_that_days_check_it_is_not_signed_and_the_way_is_two_taps(release, signed_in):
    appointment, _ = release
    with at(AFTERWARDS):
        ana = signed_in("ana")
        assert sign(ana, appointment).status_code == 409
        assert ASK in ana.text
        ana.get(ana.link("Ask now: has anything changed"))
        ana.send(ana.page.request.full_path, unchanged="yes")
        assert ana.page.request.path == f"/notes/{appointment.id}"
        sign(ana, appointment)
        assert ASK not in ana.text


def test_a_check_of_the_day_before_is_not_that_days(release, signed_in):
    appointment, _ = release
    check(appointment, now=NOW)
    with at(AFTERWARDS):
        ana = signed_in("ana")
        sign(ana, appointment)
        assert ASK in ana.text
        check(appointment, now=MORNING)
        sign(ana, appointment)
        assert ASK not in ana.text


def test_what_was_said_that_day_may_be_written_down_the_day_after(release, signed_in):
    appointment, _ = release
    with at(NEXT_DAY):
        ana = signed_in("ana")
        sign(ana, appointment)
        assert ASK in ana.text
        ana.post(f"/diary/appointments/{appointment.id}/health-check", unchanged="yes")
        sign(ana, appointment)
        assert ASK not in ana.text


@pytest.mark.parametrize("fact", ["pregnant", "unwell_with_pain", "tummy_unexplained"])
def test_what_was_told_speaks_against_it(release, signed_in, fact):
    appointment, _ = release
    check(appointment, now=MORNING)
    ticks(appointment, [fact])
    with at(AFTERWARDS):
        ana = signed_in("ana")
        assert sign(ana, appointment).status_code == 409
        assert AGAINST in ana.text
        assert signed() == 0
        ticks(appointment, [])
        sign(ana, appointment)
        assert AGAINST not in ana.text


def ticks(appointment, told):
    """As if the safety page had been answered so."""
    with writing():
        page = db.session.get(Screening, db.session.get(Appointment, appointment.id).screening_id)
        page.answers = json.dumps(told)
        db.session.commit()


def test_of_another_treatment_it_is_a_sentence_beside_and_no_gate(cast, visitor, signed_in):
    appointment, _ = booked(visitor, "massage")
    with at(AFTERWARDS):
        ana = signed_in("ana")
        ana.get(f"/notes/{appointment.id}")
        assert "Ask now: has anything changed?" in ana.text
        assert sign(ana, appointment).status_code == 200
        assert signed() == 1


def test_a_second_treatment_that_is_a_release_counts_as_one(cast, visitor, signed_in):
    appointment, _ = booked(visitor, "massage")
    second = {"second_treatment_id": cast.release.id, "second_minutes": 30}
    with writing():
        db.session.execute(update(Appointment).values(**second))
        db.session.commit()
    with at(AFTERWARDS + timedelta(minutes=5)):
        ana = signed_in("ana")
        assert sign(ana, appointment).status_code == 409
        assert ASK in ana.text
        check(appointment, Check(), now=MORNING)
