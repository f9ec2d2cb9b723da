"""A visit that was cancelled by a slip comes back as it was: with what the desk had put aside for it, and no more."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from clinic.booking.models import Appointment, Claim, Resource
from clinic.booking.operations import Blocked, block, book, cancel, move, undo
from clinic.booking.programme import programme
from clinic.booking.wishes import Desk, Wish
from clinic.core.audit import Actor
from clinic.core.db import db, writing
from clinic.people.models import Client
from tests.conftest import NOW
from tests.tellings import known_client

TEN = datetime(2026, 3, 12, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)
ROSA = Actor("account", "1")
IN_PAIN = Desk("she is in pain")


@pytest.fixture
def clara(cast):
    return known_client()


@pytest.fixture
def dora(cast):
    return known_client("Dora Ladle")


def wish(client_id, at, desk, **more):
    known, client = programme(db.session), db.session.get_one(Client, client_id)
    whom = (known.treatment("massage"), 60, known.therapist("ana-moreau"), at, client.name, client.email)
    return Wish(*whom, client=client, desk=desk, **more)


def books(client_id, at, desk=None):
    """The desk books Ana; the codes of why not."""
    with writing():
        outcome = book(db.session, wish(client_id, at, desk or Desk()), screening=None, key=None, now=NOW, by=ROSA)
        db.session.rollback() if outcome.refusals else db.session.commit()
    return [one.code for one in outcome.refusals]


def done(verb, client_id, *args, now=NOW):
    """What the desk does with the visit of a client; the codes of why not."""
    with writing():
        visit = db.session.scalars(select(Appointment).where(Appointment.client_id == client_id)).one()
        asked = [wish(client_id, *args, moves=visit.id)] if verb is move else args
        refusals = verb(db.session, visit, *asked, now=now, by=ROSA)
        db.session.rollback() if refusals else db.session.commit()
    return [one.code for one in refusals]


def slips(client_id, meanwhile=lambda: None):
    """Cancelled, and put back an hour later; the codes of why not."""
    assert done(cancel, client_id) == []
    meanwhile()
    return done(undo, client_id, "cancelled", now=NOW + HOUR)


def blocks(therapist, starts_at, ends_at, at=NOW):
    with writing():
        theirs = db.session.scalars(select(Resource.id).where(Resource.therapist_id == therapist.id)).one()
        block(db.session, [Blocked(theirs, "lunch", starts_at, ends_at)], now=at, by=ROSA)
        db.session.commit()


def claims_of(client_id):
    db.session.rollback()
    theirs = select(Claim).join(Appointment, Appointment.id == Claim.appointment_id)
    found = db.session.scalars(theirs.where(Appointment.client_id == client_id))
    return sorted((one.starts_at, one.ends_at) for one in found)


def test_what_was_booked_close_to_another_visit_comes_back_as_close(clara, dora):
    assert books(clara, TEN) == []
    assert books(dora, TEN - HOUR) == ["rest_short"]
    assert books(dora, TEN - HOUR, IN_PAIN) == []
    before = claims_of(dora)
    assert slips(dora) == []
    assert claims_of(dora) == before == [(TEN - HOUR, TEN)] * 3


def test_what_kept_its_rest_comes_back_with_it_or_not_at_all(clara, dora):
    assert books(dora, TEN - HOUR) == []
    before = claims_of(dora)
    assert slips(dora) == []
    assert claims_of(dora) == before
    assert slips(dora, lambda: books(clara, TEN)) == ["taken_meanwhile"]


def test_what_was_put_aside_where_a_visit_was_does_not_count_where_it_is(clara, dora):
    assert books(clara, TEN) == []
    assert books(dora, TEN - HOUR, IN_PAIN) == []
    assert done(move, dora, TEN + 3 * HOUR, Desk(), now=NOW + HOUR) == []
    emma = known_client("Emma Bell")
    assert slips(dora, lambda: books(emma, TEN + 4 * HOUR)) == ["taken_meanwhile"]


def test_nobody_comes_back_where_the_time_itself_is_taken(clara, dora):
    assert books(clara, TEN) == []
    assert books(dora, TEN - HOUR, IN_PAIN) == []
    emma = known_client("Emma Bell")
    assert slips(dora, lambda: books(emma, TEN - HOUR, IN_PAIN)) == ["taken_meanwhile"]


def test_what_lay_over_a_block_comes_back_over_it_and_not_over_one_that_was_made_since(cast, dora):
    blocks(cast.ana, TEN + HOUR / 2, TEN + HOUR)
    assert books(dora, TEN) == ["blocked"]
    assert books(dora, TEN, IN_PAIN) == []
    assert slips(dora) == []
    assert slips(dora, lambda: blocks(cast.ana, TEN, TEN + HOUR / 2, NOW + HOUR / 2)) == ["taken_meanwhile"]
    assert claims_of(dora) == []


def test_a_visit_whose_rest_reaches_into_lunch_comes_back(cast, dora):
    assert books(dora, TEN) == []
    blocks(cast.ana, TEN + HOUR, TEN + 2 * HOUR)
    before = claims_of(dora)
    assert slips(dora) == []
    assert claims_of(dora) == before
