"""Somebody books while somebody else takes the time away. Whichever comes first: nobody is booked into time that was gone
before, and whatever was booked before is shown to be moved.
"""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from clinic.booking.models import Appointment
from clinic.booking.operations import Off, Shut, book, close, take_off
from clinic.booking.programme import programme
from clinic.booking.wishes import Desk, Wish
from clinic.core.audit import GUEST, AuditLine
from clinic.core.db import db
from clinic.work.models import WorkItem
from tests.booking.test_race import at_once
from tests.conftest import NOW
from tests.visitor import Visitor

ROUNDS = 50
DAYS = [day for n in range(1, 80) if (day := date(2026, 3, 11) + timedelta(days=n)).weekday() < 5][:ROUNDS]


def at(day, hour):
    return datetime.combine(day, time(hour), UTC)


def books(day, hour, *, who="ana-moreau", desk=None):
    """A guest, or the desk, books this time; why not."""

    def run():
        known = programme(db.session)
        name = {"name": f"Guest of {day:%d %B} {hour}", "email": f"g{day:%m%d}{hour}@client.test"}
        wish = Wish(known.treatment("massage"), 60, known.therapist(who), at(day, hour), **name, desk=desk)
        return book(db.session, wish, screening=None, key=None, now=NOW, by=GUEST).refusals

    return run


def race(app, day, takes, *others):
    """What each was told. On the first day all others come before, on the second after, and then all come at once; some
    days those who book look at the day often before they do, so that now one side is first and now the other.
    """
    if day == DAYS[0]:
        before = [at_once(app, [one])[0] for one in others]
        return [*at_once(app, [takes]), *before]
    if day == DAYS[1]:
        return [at_once(app, [one])[0] for one in (takes, *others)]
    return at_once(app, [takes, *(looking_first(day, one) for one in others)])


def looking_first(day, task):
    def run():
        for _look in range(day.toordinal() % 3):
            on(day)
        return task()

    return run


def on(day):
    found = db.session.scalars(select(Appointment).where(Appointment.starts_at.between(at(day, 0), at(day, 23))))
    return list(found)


def asked_to_move():
    return set(db.session.scalars(select(WorkItem.subject).where(WorkItem.task == "move_appointment")))


def line_of(action, subject):
    """Where in the trail this stands; what was committed earlier stands earlier, as all of them wait for one lock."""
    return db.session.scalars(
        select(AuditLine.id).where(AuditLine.action == action, AuditLine.subject == subject)
    ).one()


def judge(day, told, action, subject):
    """Nobody came after; whoever came before waits to be moved, and nobody else does."""
    db.session.rollback()  # look afresh
    taken, booked = line_of(action, subject), on(day)
    subjects = {f"appointment:{one.id}" for one in booked}
    assert {one for one in subjects if line_of("appointment.booked", one) > taken} == set()
    assert subjects <= asked_to_move()
    assert told[0] == []
    assert len(booked) == told[1:].count([])
    return len(booked)


@pytest.fixture
def cast_ids(cast):
    return cast.ana.id, cast.location.id


def test_time_off_against_bookings(app, cast_ids):
    ana, _location = cast_ids
    made, found = {}, []

    def takes_off(day):
        made[day] = take_off(db.session, Off(ana, at(day, 8), at(day, 18)), now=NOW, by=GUEST).id
        return []

    for day in DAYS:
        told = race(app, day, lambda day=day: takes_off(day), books(day, 10), books(day, 13), books(day, 15))
        found.append(judge(day, told, "time_off.made", f"time_off:{made[day]}"))
    assert {0, 3} <= set(found)  # some came before, some came too late
    assert asked_to_move() == {f"appointment:{one}" for one in db.session.scalars(select(Appointment.id))}


def test_a_closed_day_against_bookings_with_two_therapists(app, cast_ids):
    made, found = {}, []

    def closes(day):
        shut = Shut(None, day, day, "A burst pipe")
        made[day] = close(db.session, programme(db.session), [shut], now=NOW, by=GUEST)[0].id
        return []

    for day in DAYS:
        told = race(
            app, day, lambda day=day: closes(day), books(day, 10), books(day, 13, who="ben-okafor", desk=Desk())
        )
        found.append(judge(day, told, "closure.made", f"closure:{made[day]}"))
    assert {0, 2} <= set(found)


def test_a_day_with_other_hours_against_bookings(app, cast_ids):
    """The page shows what would lie outside before it is saved: then nothing is saved, and nothing lies outside."""
    ana, _location = cast_ids
    rosa, answers = Visitor(app), []
    rosa.sign_in("rosa")
    for day in DAYS:
        rosa.get(f"/clinic/hours/{ana}/days?on={day}")
        weekday = day.weekday()
        shorter = {f"starts-{weekday}-0": "12:00", f"ends-{weekday}-0": "17:00"}

        def saves(shorter=shorter):
            page = rosa.send(f"/clinic/hours/{ana}/days", follow=False, **shorter)
            answers.append(page.status_code)
            return []

        told = race(app, day, saves, books(day, 10))
        db.session.rollback()
        assert (answers[-1], len(on(day))) in {(200, 1), (303, 0)}, told
    assert set(answers) == {200, 303}
