"""Whether somebody is ill now is asked before every visit, and the last answer counts; what lasts is not taken back."""

import json
from datetime import timedelta

from sqlalchemy import select

from clinic.booking.models import Appointment
from clinic.core.db import db, writing
from clinic.health.models import VisitCheck
from clinic.intake.queries import standing
from tests.conftest import NOW
from tests.steps import book
from tests.tellings import tell

LATER = NOW + timedelta(hours=5)
NEXT_WEEK = (NOW + timedelta(days=7)).date()


def checked(*told, at):
    """Somebody answers the check before Clara's visit."""
    with writing():
        answers = json.dumps({"told": list(told), "changed": [], "words": ""})
        visit = db.session.scalar(select(Appointment.id))
        db.session.add(VisitCheck(appointment_id=visit, told_at=at, told_by="guest", answers=answers))
        db.session.commit()


def stands():
    db.session.rollback()
    client_id = db.session.scalar(select(Appointment.client_id))
    return standing(db.session, client_id, on=NEXT_WEEK).told


def test_a_fever_is_over_once_a_later_check_says_so_and_pregnancy_is_not(visitor):
    book(visitor)
    checked("fever", "pregnant", at=NOW)
    assert stands() == {"fever", "pregnant"}
    checked(at=LATER)
    assert stands() == {"pregnant"}


def test_a_fever_told_last_stands_whatever_was_said_before(visitor):
    book(visitor)
    checked("fever", at=LATER)
    checked(at=NOW)
    assert stands() == {"fever"}


def test_a_fever_of_the_history_is_over_too_once_a_check_says_so(visitor):
    book(visitor)
    tell(db.session.scalar(select(Appointment.client_id)), "fever", "aneurysm", at=NOW)
    assert stands() == {"fever", "aneurysm"}
    checked(at=LATER)
    assert stands() == {"aneurysm"}


def test_a_drink_and_a_painkiller_are_of_their_day(visitor):
    book(visitor)
    checked("alcohol_or_drugs", "painkiller_today", at=NOW)
    assert stands() == set()
