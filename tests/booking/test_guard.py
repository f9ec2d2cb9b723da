"""The database itself takes no double booking, whatever writes to it."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select, update
from sqlalchemy.exc import DBAPIError

from clinic.booking import guard
from clinic.booking.models import Appointment, Claim, Resource
from clinic.core.db import db, writing
from tests.conftest import NOW
from tests.steps import book

spans = st.tuples(st.integers(0, 800), st.integers(1, 360)).map(lambda span: (span[0], sum(span)))


@pytest.fixture
def claim(visitor, cast):
    """Writes a claim of a resource straight into the table, for an appointment that has to do with none of it."""
    book(visitor)
    appointment_id = db.session.scalar(select(Appointment.id))
    db.session.rollback()

    def write(span, of=cast.ben.id):
        resource_id = db.session.scalar(select(Resource.id).where(Resource.therapist_id == of))
        values = {"resource_id": resource_id, "appointment_id": appointment_id, **times(span)}
        return db.session.scalar(insert(Claim).values(**values).returning(Claim.id))

    return write


def times(span):
    starts, ends = (NOW + timedelta(days=40, minutes=minute) for minute in span)
    return {"starts_at": starts, "ends_at": ends}


def overlap(one, other):
    return one[0] < other[1] and other[0] < one[1]


def refused(write):
    """Whether the database refuses; only this write is undone."""
    try:
        with db.session.begin_nested():
            write()
    except DBAPIError as error:
        return "claim_overlap" in str(error.orig) or "claim_length" in str(error.orig)
    return False


@given(one=spans, other=spans)
@settings(max_examples=100)
def test_a_second_claim_is_refused_exactly_where_it_overlaps(claim, one, other):
    with writing():
        claim(one)
        assert refused(lambda: claim(other)) == overlap(one, other)
        db.session.rollback()


@given(one=spans, other=spans, to=spans)
@settings(max_examples=100)
def test_a_claim_cannot_be_moved_over_another(claim, one, other, to):
    with writing():
        claim(one)
        if not refused(lambda: claim(other)):
            moved = select(Claim.id).order_by(Claim.id.desc()).limit(1).scalar_subquery()
            move = update(Claim).where(Claim.id == moved).values(**times(to))
            assert refused(lambda: db.session.execute(move)) == overlap(one, to)
        db.session.rollback()


def test_a_claim_of_somebody_else_may_lie_at_the_same_time(claim, cast):
    with writing():
        claim((0, 60), of=cast.ben.id)
        claim((0, 60), of=cast.ana.id)
        db.session.rollback()


def test_a_claim_cannot_be_given_to_somebody_who_is_taken(claim, cast):
    with writing():
        mine = claim((0, 60), of=cast.ben.id)
        claim((30, 90), of=cast.ana.id)
        ana = select(Resource.id).where(Resource.therapist_id == cast.ana.id).scalar_subquery()
        hand_over = update(Claim).where(Claim.id == mine).values(resource_id=ana)
        assert refused(lambda: db.session.execute(hand_over))
        db.session.rollback()


@pytest.mark.parametrize(("minutes", "is_refused"), [(360, False), (361, True), (3000, True)])
def test_no_claim_is_longer_than_six_hours(claim, minutes, is_refused):
    with writing():
        assert refused(lambda: claim((0, minutes))) is is_refused
        db.session.rollback()


def test_the_guard_may_be_put_up_twice_and_is_missed_when_it_is_gone(app):
    with writing():
        guard.install(db.session.connection())
        guard.check(db.session.connection())
        on_sqlite = db.session.connection().dialect.name == "sqlite"
        drop = "DROP TRIGGER claim_overlap_update" if on_sqlite else "ALTER TABLE claim DROP CONSTRAINT claim_overlap"
        db.session.connection().exec_driver_sql(drop)
        with pytest.raises(guard.GuardMissingError, match="flask db upgrade"):
            guard.check(db.session.connection())
        db.session.rollback()
