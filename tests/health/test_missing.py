"""What is still to be asked before a visit."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from clinic.booking.models import Appointment
from clinic.consent.operations import accept_notice
from clinic.core.audit import GUEST
from clinic.core.db import db, writing
from clinic.health.operations import keep_check
from clinic.health.queries import missing_before
from clinic.health.rules import CHECK, CONSENT, HISTORY, NOTICE, Check, Told, missing
from clinic.intake.models import HealthHistory
from tests.conftest import NOW
from tests.health.conftest import at, booked
from tests.letterbox import Letterbox, text_of

STARTS = NOW + timedelta(days=1)
ALL = Told(history_at=NOW, check_at=NOW)


def lacks(told, *, starts_at=STARTS, now=NOW):
    return missing(told, starts_at=starts_at, now=now)


def test_with_all_there_nothing_is_missing():
    assert lacks(ALL) == ()


@pytest.mark.parametrize(
    ("told", "name"),
    [
        (Told(check_at=NOW), HISTORY),
        (Told(history_at=STARTS - timedelta(days=366), seen_at=NOW - timedelta(days=7), check_at=NOW), HISTORY),
        (Told(history_at=STARTS - timedelta(days=91), check_at=NOW), HISTORY),
        (Told(history_at=STARTS - timedelta(days=200), seen_at=STARTS - timedelta(days=91), check_at=NOW), HISTORY),
        (Told(history_at=NOW - timedelta(days=5), change_at=NOW, check_at=NOW), HISTORY),
        (Told(history_at=NOW), CHECK),
        (Told(history_at=NOW, check_at=STARTS - timedelta(hours=73)), CHECK),
        (Told(history_at=NOW, check_at=NOW, consent="missing"), CONSENT),
        (Told(history_at=NOW, check_at=NOW, consent="renew"), CONSENT),
        (Told(history_at=NOW, check_at=NOW, consent="withdrawn"), CONSENT),
        (Told(history_at=NOW, check_at=NOW, consent="each_visit"), CONSENT),
        (Told(history_at=NOW, check_at=NOW, notice=False), NOTICE),
    ],
)
def test_each_thing_that_is_missing_is_named(told, name):
    assert lacks(told) == (name,)


@pytest.mark.parametrize(
    "told",
    [
        Told(history_at=STARTS - timedelta(days=364), seen_at=NOW - timedelta(days=7), check_at=NOW),
        Told(history_at=STARTS - timedelta(days=89), check_at=NOW),
        Told(history_at=STARTS - timedelta(days=200), seen_at=STARTS - timedelta(days=89), check_at=NOW),
        Told(history_at=NOW, change_at=NOW - timedelta(days=5), check_at=NOW),
        Told(history_at=NOW, check_at=STARTS - timedelta(hours=72)),
    ],
)
def test_what_is_good_is_not_asked_twice(told):
    assert lacks(told) == ()


def test_the_check_is_not_missing_before_it_is_asked():
    assert lacks(Told(history_at=NOW), starts_at=NOW + timedelta(hours=73)) == ()


def history(client_id, finished_at):
    answers = json.dumps({})
    dates = {"begun_at": finished_at, "saved_at": finished_at, "finished_at": finished_at}
    with writing():
        db.session.add(HealthHistory(client_id=client_id, told_by="guest", answers=answers, **dates))
        db.session.commit()


def found(cast, *appointments, now=NOW):
    lacking = missing_before(db.session, [one.id for one in appointments], cast.clinic, now=now)
    db.session.rollback()
    return [lacking[one.id] for one in appointments]


def check(appointment, told=None, *, now=NOW):
    with writing():
        keep_check(db.session, appointment, told or Check(), now=now, by=GUEST)
        db.session.commit()


def test_a_visit_is_told_from_another_by_what_its_own_client_told(cast, new_visitor):
    clara, _ = booked(new_visitor(), "massage")
    dmitri, _ = booked(new_visitor(), "massage", at="20260312T1400Z", name="Dmitri Wool", email="d@client.test")
    assert found(cast, clara, dmitri) == [(NOTICE, HISTORY, CONSENT, CHECK)] * 2
    history(clara.client_id, NOW)
    check(dmitri)
    assert found(cast, clara, dmitri) == [(NOTICE, CONSENT, CHECK), (NOTICE, HISTORY, CONSENT)]
    with writing():
        accept_notice(db.session, clara.client_id, now=NOW, by=GUEST)
        db.session.commit()
    assert found(cast, clara) == [(CONSENT, CHECK)]


def test_a_change_that_was_told_asks_for_the_history_again_until_it_is_told_anew(cast, visitor):
    appointment, _ = booked(visitor, "massage")
    history(appointment.client_id, NOW)
    later = NOW + timedelta(hours=1)
    check(appointment, Check(changed=frozenset({"medicines"})), now=later)
    assert HISTORY in found(cast, appointment, now=later)[0]
    check(appointment, Check(), now=later + timedelta(hours=1))
    assert HISTORY in found(cast, appointment, now=later)[0]
    history(appointment.client_id, later + timedelta(hours=2))
    assert HISTORY not in found(cast, appointment, now=later)[0]


def test_a_visit_that_was_cancelled_was_no_visit(cast, visitor):
    first, link = booked(visitor, "massage")
    history(first.client_id, NOW - timedelta(days=10))
    visitor.get(f"{link}/again?slot=20260608T0900Z.ana-moreau")
    visitor.send(visitor.page.request.full_path)
    second = db.session.scalar(select(Appointment).order_by(Appointment.starts_at.desc()).limit(1))
    assert second.client_id == first.client_id
    assert HISTORY not in found(cast, second, now=second.starts_at)[0]
    visitor.get(f"{link}/cancellation")
    visitor.send(f"{link}/cancellation")
    assert HISTORY in found(cast, second, now=second.starts_at)[0]


def test_the_client_finds_what_is_missing_on_the_page_of_their_appointment(release, visitor):
    _, link = release
    visitor.get(link)
    assert visitor.link("Tell us about your health") == f"{link}/health"
    assert visitor.link("Has anything changed?") == f"{link}/health-check"
    assert visitor.link("Read and sign") == f"{link}/consent"
    visitor.get(f"{link}/health-check")
    visitor.send(f"{link}/health-check", unchanged="yes")
    assert "Has anything changed?" not in visitor.get(link).text


def test_mails_ask_for_what_is_missing_when_they_are_sent_and_say_nothing_of_health(app, cast, visitor):
    appointment, _ = booked(visitor, at="20260316T1000Z")
    the_day_before = appointment.starts_at - timedelta(days=1)
    booking, *_ = sent(app, NOW)
    assert "Before you come, 2 short forms:" in booking
    history(appointment.client_id, NOW)
    check(appointment, now=the_day_before)
    *_, reminder = sent(app, the_day_before)
    assert "Before you come, a short form:" in reminder
    assert not any(word in mail.lower() for mail in (booking, reminder) for word in ("health", "safety", "medic"))


def sent(app, when):
    """The mails of this time."""
    box = Letterbox()
    with at(when):
        while box.round(app, when):
            pass
    return [text_of(mail) for mail in box.mails]
