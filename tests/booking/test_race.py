"""Moves and bookings after the same time at the same moment: one gets it, the others are told, nothing overlaps."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import func, select

from clinic.booking.models import Appointment, Claim, Offer, WaitingListEntry
from clinic.booking.operations import (
    Visitor,
    Waits,
    accept,
    book,
    decline,
    hold,
    join,
    leave,
    let_go,
    move,
    offer_free_times,
)
from clinic.booking.programme import programme
from clinic.booking.queries import waiting
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
            db.session.rollback() if refused else db.session.commit()
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


def offered():
    """Somebody waits, and has been offered Thursday at eleven; and holds of others are past their minutes."""
    known = programme(db.session)
    with writing():
        waits = Waits(known.treatment("massage"), 60, "Eva", "eva@client.test", NOW.date() + timedelta(days=2))
        join(db.session, waits, screening=None, now=NOW, by=GUEST)
        db.session.commit()
    offer_free_times(db.session, now=NOW)
    with writing():
        for number, day in enumerate((1, 2, 5)):
            visitor = Visitor(f"visit {number}".encode(), b"address")
            hold(db.session, wish(WANTED + timedelta(days=day)), visitor, now=NOW)
        db.session.commit()
    return db.session.scalar(select(Offer.id))


@pytest.mark.parametrize("turn", range(10))
def test_an_offer_taken_declined_and_left_at_the_same_moment_ends_one_way(app, cast, turn):
    offer_id, later = offered(), NOW + timedelta(minutes=30)  # the holds are past; the offer is open

    def of(does):
        def run():
            offer = waiting.offer(db.session, offer_id)
            return does(offer)

        return run

    tasks = [
        of(lambda one: accept(db.session, one, now=later, by=GUEST).refusals),
        of(lambda one: accept(db.session, one, now=later, by=GUEST).refusals),
        of(lambda one: decline(db.session, one, now=later, by=GUEST) or []),
        of(lambda one: leave(db.session, one.entry, now=later, by=GUEST) or []),
        lambda: let_go(db.session, b"visit 0", now=later) or [],
        lambda: hold(db.session, wish(WANTED), Visitor(b"visit 0", b"address"), now=later),
        lambda: hold(db.session, wish(WANTED), Visitor(b"visit 1", b"address"), now=later),
    ]
    at_once(app, tasks)
    db.session.rollback()  # look afresh
    booked = db.session.scalars(select(Appointment.id)).all()
    owners = db.session.scalars(select(Claim.appointment_id).where(Claim.appointment_id.is_not(None))).all()
    assert len(booked) < 2
    assert owners == booked * 3
    assert db.session.scalars(select(Offer.hold_id)).all() == [None]
    assert overlaps() == 0


@pytest.mark.parametrize("turn", range(5))
def test_a_form_sent_several_times_at_the_same_moment_joins_once(app, cast, turn):
    def joins():
        known = programme(db.session)
        massage, until = known.treatment("massage"), NOW.date() + timedelta(days=2)
        waits = Waits(massage, 60, "Eva", "eva@client.test", until, digest=b"the same")
        links.append(join(db.session, waits, screening=None, now=NOW, by=GUEST).token)
        return []

    links = []
    at_once(app, [joins] * 4)
    assert len(links) == 4
    assert len(set(links)) == 1
    assert db.session.scalar(select(func.count()).select_from(WaitingListEntry)) == 1
