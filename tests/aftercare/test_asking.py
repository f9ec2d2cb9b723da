"""Whom the worker asks how they are, and when: once after each release, and when a plan is looked at again."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine

from clinic.aftercare.models import CheckIn
from clinic.aftercare.operations import revoke_link
from clinic.aftercare.operations.check_ins import ask_how_they_are
from clinic.aftercare.queries import plan_of
from clinic.booking.models import Appointment, Attendance, Cancellation
from clinic.booking.operations import heed
from clinic.core.audit import GUEST
from clinic.core.db import db, writing
from clinic.people.models import Client
from clinic.places.models import Clinic
from clinic.server import _round
from tests.aftercare.asking import DUE, ENDS, MINUTE, ask, asked_link, mails, release
from tests.aftercare.steps import build, find, send
from tests.conftest import NOW
from tests.letterbox import text_of
from tests.rows import rows
from tests.steps import book
from tests.tellings import tell

LATER = timedelta(days=1)


def change(table, **values):
    with writing():
        db.session.execute(sa.update(table).values(**values))
        db.session.commit()


def add(row):
    with writing():
        db.session.add(row)
        db.session.commit()


def visit_id():
    found = db.session.scalar(sa.select(Appointment.id))
    db.session.rollback()
    return found


def test_two_days_after_a_release_its_client_is_asked_by_a_mail_without_a_word_of_health(app, visitor):
    release(visitor)
    assert ask(DUE - MINUTE) == 0
    assert ask() == 1
    (mail,) = mails(app)
    text = text_of(mail)
    assert (mail["to"], mail["subject"]) == ("clara@client.test", "How are you? Ana asks")
    assert "Hello Clara," in text
    assert "Ana Moreau" in text
    assert not [word for word in ("pain", "release", "psoas", "sore", "Teacup") if word in text.lower()]


def test_nobody_is_asked_twice_about_the_same_visit(app, visitor):
    release(visitor)
    assert [ask(), ask(), ask(DUE + LATER)] == [1, 0, 0]
    assert len(mails(app, DUE + LATER)) == 1


def test_another_worker_that_asks_in_the_same_moment_makes_no_second_row(app, visitor):
    release(visitor)
    add(CheckIn(client_id=db.session.scalar(sa.select(Client.id)), kind="review", once=f"release/{visit_id()}",
                therapist_id=db.session.scalar(sa.select(Appointment.therapist_id)), due_at=DUE))  # fmt: skip
    assert ask() == 0
    assert rows()["check_in"] == 1
    assert mails(app) == []


def test_only_releases_are_asked_about(visitor):
    book(visitor, "massage")
    assert ask() == 0


@pytest.mark.parametrize(("hours", "due"), [(24, 24), (72, 72), (0, None)])
def test_the_clinic_says_how_long_after_and_whether_at_all(visitor, hours, due):
    release(visitor)
    change(Clinic, check_in_hours=hours)
    asked = [after for after in (24, 72) if ask(ENDS + timedelta(hours=after))]
    assert asked == ([due] if due else [])


def test_after_a_worker_was_away_for_days_nobody_is_asked_any_more(visitor):
    release(visitor)
    assert ask(ENDS + timedelta(days=4, minutes=1)) == 0


def test_who_did_not_come_or_cancelled_is_not_asked(app, visitor):
    release(visitor)
    no_show = Attendance(appointment_id=visit_id(), state="no_show", at=ENDS, by="account:1")
    add(no_show)
    assert ask() == 0
    change(Attendance, undone_at=ENDS)
    assert ask() == 1
    add(Cancellation(appointment_id=visit_id(), at=DUE, by="account:1"))
    assert mails(app) == []  # found out only after the question was written


def test_who_gave_no_mail_address_is_not_asked(visitor):
    release(visitor)
    change(Client, email="")
    assert ask() == 0


def test_who_told_of_what_a_doctor_sees_first_gets_no_mail_for_somebody_rings(app, visitor):
    release(visitor)
    ask()
    tell(db.session.scalar(sa.select(Client.id)), "blood_in_pee_or_poo")
    with writing():
        heed(db.session, db.session.scalar(sa.select(Client)), now=NOW, by=GUEST)
        db.session.commit()
    assert mails(app) == []


def test_a_mail_about_somebodys_body_comes_in_the_day(app, visitor):
    """Written down at half past ten at night, sent at nine in the morning."""
    release(visitor)
    night = datetime(2026, 3, 14, 22, 30, tzinfo=UTC)
    assert ask(night) == 1
    assert mails(app, night) == []
    morning = datetime(2026, 3, 15, 9, tzinfo=UTC)
    assert mails(app, morning - MINUTE) == []
    assert len(mails(app, morning)) == 1


def test_the_worker_asks_in_its_round(app, visitor):
    release(visitor)
    with time_machine.travel(DUE, tick=False):
        _round(app)
    assert rows()["check_in"] == 1


def test_looking_takes_no_lock_and_one_statement_where_nobody_is_to_be_asked(app, visitor, cast):
    ask_how_they_are(db.session, now=DUE)
    asked = []
    sa.event.listen(db.engine, "before_cursor_execute", lambda *it: asked.append(it[2]))
    ask_how_they_are(db.session, now=DUE)
    begun = [one for one in asked if "IMMEDIATE" in one]
    looked = [one for one in asked if "appointment" in one]
    assert (len(begun), len(looked)) == (0, 1)


def planned(ana, clara, review_on="2026-03-20"):
    find(ana, clara)
    build(ana, clara, "glute_bridge", review_on=review_on)
    send(ana, clara, review_on=review_on)


REVIEW = datetime(2026, 3, 20, 9, tzinfo=UTC)


def test_on_the_morning_of_the_day_a_plan_is_looked_at_again_its_client_is_asked(app, ana, clara):
    planned(ana, clara)
    assert mails(app, REVIEW - MINUTE) == []
    (mail,) = mails(app, REVIEW)
    assert mail["to"] == "clara@client.test"
    assert mails(app, REVIEW + LATER) == []


def test_a_plan_without_that_day_asks_nothing(app, ana, clara):
    planned(ana, clara, review_on="")
    assert rows()["check_in"] == 0


def test_a_newer_version_asks_in_the_place_of_the_one_before(app, ana, clara):
    planned(ana, clara)
    planned(ana, clara, "2026-03-27")
    assert rows()["check_in"] == 1
    assert mails(app, REVIEW + LATER) == []
    assert len(mails(app, REVIEW + timedelta(days=7))) == 1


def test_a_plan_whose_link_was_stopped_asks_nothing(app, ana, clara):
    planned(ana, clara)
    with writing():
        revoke_link(db.session, plan_of(db.session, clara), now=NOW, by=GUEST)
        db.session.commit()
    assert mails(app, REVIEW) == []


def test_the_link_is_good_for_two_weeks(app, visitor):
    release(visitor)
    link = asked_link(app)
    for after, status in ((timedelta(days=13, hours=23), 200), (timedelta(days=14), 404)):
        with time_machine.travel(DUE + after, tick=False):
            assert visitor.get(link).status_code == status
