"""The staff's own rules: what they may put aside with a reason, and what nobody may."""

import itertools
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from clinic.booking import operations
from clinic.booking.models import Appointment, Block, Claim, Override, Resource
from clinic.booking.programme import programme
from clinic.booking.rules import WITH_A_REASON, Shape, Taken, Window, desk_time_refusals, room_for, therapist_refusals
from clinic.booking.wishes import Desk, Wish
from clinic.core.audit import Actor
from clinic.core.db import Model, db, writing
from tests.conftest import NOW

DAY = datetime(2026, 3, 12, 9, tzinfo=UTC)
ROSA = Actor("account", "1")
SHAPE = Shape(60, 10, 15, 10, 15)  # an hour, ten minutes before, fifteen of rest, ten of cleaning
WINDOW = Window(540, 1020, 0, DAY.date(), 1)


def codes(refusals):
    return [refusal.code for refusal in refusals]


@pytest.mark.parametrize(
    ("start", "said"),
    [(540, []), (960, []), (539, ["outside_hours"]), (961, ["outside_hours"]), (300, ["past", "outside_hours"])],
)
def test_the_clock_says_to_the_staff(start, said):
    assert codes(desk_time_refusals(start, 60, [WINDOW], now=400, absence={})) == said


@pytest.mark.parametrize("begun", [0, 15, 16])
def test_a_walk_in_may_have_begun_a_quarter_of_an_hour_ago(begun):
    assert codes(desk_time_refusals(600, 60, [WINDOW], now=600 + begun, absence={})) == ["past"] * (begun > 15)


@pytest.mark.parametrize(
    ("claims", "blocks", "said"),
    [
        ([], [], []),
        ([(590, 600)], [], ["rest_short"]),
        ([(660, 670)], [], ["rest_short"]),
        ([(659, 670)], [], ["therapist_taken"]),
        ([(675, 700)], [], []),
        ([], [(600, 610)], ["blocked"]),
        ([], [(590, 600)], []),
        ([(660, 670)], [(650, 700)], ["rest_short", "blocked"]),
        ([(610, 620)], [(600, 660)], ["therapist_taken"]),
    ],
)
def test_what_is_in_a_therapists_way(claims, blocks, said):
    assert codes(therapist_refusals(Taken(claims, blocks), 600, SHAPE)) == said


def test_the_room_with_least_against_it_is_taken():
    rooms = {1: Taken([(600, 660)], []), 2: Taken([], [(600, 660)]), 3: Taken([(660, 665)], []), 4: Taken([], [])}
    assert room_for(rooms, 600, SHAPE) == (4, [])
    del rooms[4]
    assert (room_for(rooms, 600, SHAPE)[0], codes(room_for(rooms, 600, SHAPE)[1])) == (3, ["rest_short"])
    del rooms[3]
    assert (room_for(rooms, 600, SHAPE)[0], codes(room_for(rooms, 600, SHAPE)[1])) == (2, ["blocked"])
    del rooms[2]
    assert (room_for(rooms, 600, SHAPE)[0], codes(room_for(rooms, 600, SHAPE)[1])) == (None, ["no_room"])


changes = st.tuples(
    st.integers(0, 2),  # which appointment
    st.integers(-30, 130).map(lambda n: n * 5),  # minutes from nine
    st.integers(2, 48).map(lambda n: n * 5),  # how long
    st.sampled_from(["ana-moreau", "ben-okafor"]),
    st.sampled_from(["", "they know"]),
    st.integers(0, 2),  # any room, or one of the two
)


@settings(max_examples=40)
@given(st.lists(changes, min_size=1, max_size=8))
def test_whatever_the_desk_does_nothing_overlaps_and_nothing_is_lost(cast, todo):
    with writing():
        _clear()
        made = [_booked(cast, n) for n in range(3)]
        resource_id = db.session.scalar(select(Resource.id).where(Resource.therapist_id == cast.ana.id))
        lunch = {"starts_at": DAY + timedelta(hours=3), "ends_at": DAY + timedelta(hours=4)}
        db.session.add(Block(resource_id=resource_id, kind="lunch", made_at=NOW, made_by="test", **lunch))
        db.session.commit()
        for which, minutes, lasts, slug, reason, room in todo:
            appointment = db.session.get(Appointment, made[which])
            before, kept = _where(appointment), _overrides()
            known = programme(db.session)
            wish = Wish(
                known.treatment("massage"),
                lasts,
                known.therapist(slug),
                DAY + timedelta(minutes=minutes),
                "Clara Teacup",
                "clara@client.test",
                client=appointment.client,
                moves=appointment.id,
                desk=Desk(reason, known.rooms[room - 1].id if room else None, appointment.version),
            )
            refusals = operations.move(db.session, appointment, wish, now=NOW, by=ROSA)
            if refusals:
                db.session.rollback()
                assert _where(db.session.get(Appointment, made[which])) == before
                assert not reason or set(codes(refusals)) - WITH_A_REASON
            else:
                db.session.commit()
                assert _where(appointment)[:3] == (wish.starts_at, lasts, known.therapist(slug).id)
                assert reason or _overrides() == kept
            _nothing_overlaps(made)


def _booked(cast, n):
    known = programme(db.session)
    who = {"name": f"Client {n}", "email": f"client{n}@client.test"}
    wish = Wish(known.treatment("massage"), 60, known.therapist("ana-moreau"), DAY + timedelta(hours=2 * n), **who)
    return operations.book(db.session, wish, screening=None, key=None, now=NOW, by=ROSA).appointment.id


def _clear():
    for table in ("move", "override", "claim", "block", "link", "outgoing_message", "audit_line", "appointment"):
        db.session.execute(sa.delete(Model.metadata.tables[table]))


def _where(appointment):
    return appointment.starts_at, appointment.minutes, appointment.therapist_id, appointment.room_id


def _overrides():
    return db.session.scalar(select(sa.func.count()).select_from(Override))


def _nothing_overlaps(made):
    """Each of them has its therapist, its room and its client for its own minutes at least, and no other has them."""
    claims = db.session.scalars(select(Claim).order_by(Claim.resource_id, Claim.starts_at)).all()
    assert len(claims) == 3 * len(made)
    for one, other in itertools.pairwise(claims):
        assert one.resource_id != other.resource_id or one.ends_at <= other.starts_at
    for claim in claims:
        of = db.session.get(Appointment, claim.appointment_id)
        assert claim.starts_at <= of.starts_at < of.ends_at <= claim.ends_at
