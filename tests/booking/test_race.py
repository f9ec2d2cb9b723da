"""Moves and bookings after the same time at the same moment: one gets it, the others are told, nothing overlaps."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import func, select

from clinic.booking.models import Appointment, Claim
from clinic.booking.operations import book, move
from clinic.booking.programme import programme
from clinic.booking.wishes import Wish
from clinic.core.audit import GUEST
from clinic.core.db import db, writing
from tests.conftest import NOW

WANTED = datetime(2026, 3, 16, 11, tzinfo=UTC)
CODES = {"therapist_taken", "no_room"}


def wish(at, **more):
    known = programme(db.session)
    who = known.therapist("ana-moreau")
    return Wish(known.treatment("massage"), 60, who, at, name="Clara Teacup", email="clara@client.test", **more)


@pytest.fixture
def booked(cast):
    """Two appointments, on days before."""
    with writing():
        made = [
            book(db.session, wish(at), screening=None, key=None, now=NOW, by=GUEST).appointment.id
            for at in (WANTED - timedelta(days=day) for day in (3, 4))
        ]
        db.session.commit()
    return made


def moves(appointment_id):
    found = db.session.get(Appointment, appointment_id)
    return move(db.session, found, wish(WANTED + timedelta(minutes=30), moves=found.id), now=NOW, by=GUEST)


def books(minutes):
    later = WANTED + timedelta(minutes=minutes)
    return book(db.session, wish(later), screening=None, key=None, now=NOW, by=GUEST).refusals


def at_once(app, tasks):
    """What each of them was told, all begun together, each in a transaction of its own."""
    ready = Barrier(len(tasks))

    def run(task):
        with app.app_context(), writing():
            ready.wait(20)
            refused = task()
            db.session.commit()
            return [refusal.code for refusal in refused]

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))


def overlaps():
    later, earlier = Claim.__table__.alias(), Claim.__table__.alias()
    touching = (
        (later.c.resource_id == earlier.c.resource_id)
        & (later.c.id > earlier.c.id)
        & (later.c.starts_at < earlier.c.ends_at)
        & (earlier.c.starts_at < later.c.ends_at)
    )
    return db.session.scalar(select(func.count()).select_from(later.join(earlier, touching)))


@pytest.mark.parametrize("turn", range(5))
def test_one_wins_and_nothing_overlaps(app, booked, turn):
    tasks = [lambda one=one: moves(one) for one in booked] + [lambda m=m: books(m) for m in (0, 30, 45)]
    told = at_once(app, tasks)
    assert told.count([]) == 1
    assert {code for codes in told for code in codes} <= CODES
    assert overlaps() == 0
    assert db.session.scalar(select(func.count()).select_from(Claim)) == 3 * len(
        db.session.scalars(select(Appointment.id)).all()
    )
