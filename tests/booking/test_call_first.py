"""Who is rung before their visit, where it moved or was put back: as whoever books that day is, and once."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from clinic.booking import operations
from clinic.booking.models import Appointment
from clinic.booking.operations import cancel, heed, link_of, move, undo
from clinic.booking.programme import programme
from clinic.booking.wishes import Desk, Wish
from clinic.core.audit import GUEST, Actor
from clinic.core.db import db, writing
from clinic.people.models import Client
from clinic.work import operations as work
from clinic.work.models import WorkItem
from tests.conftest import NOW
from tests.tellings import clear, known_client, tell

THURSDAY, FRIDAY, MONDAY = (datetime(2026, 3, day, 14, tzinfo=UTC) for day in (12, 13, 16))
ROSA = Actor("account", "1")
BEFORE_THURSDAY, BEFORE_FRIDAY, BEFORE_MONDAY = (day - timedelta(days=1) for day in (THURSDAY, FRIDAY, MONDAY))


@pytest.fixture
def clara(cast):
    return known_client()


@pytest.fixture
def cleared(clara, cast):
    """Clara has told of her disc, which is cleared until Thursday, and comes that day."""
    tell(clara, "slipped_disc")
    clear(clara, cast.ana.account_id, "slipped_disc", good_until=THURSDAY.date())
    books(clara)
    return clara


def wish(client_id, at, who="ana-moreau", **more):
    known, client = programme(db.session), db.session.get_one(Client, client_id)
    about = (client.name, client.email, client.phone)
    return Wish(known.treatment("massage"), 60, known.therapist(who), at, *about, client=client, **more)


def books(client_id, at=THURSDAY):
    with writing():
        asked = wish(client_id, at)
        assert operations.book(db.session, asked, screening=None, key=None, now=NOW, by=GUEST).appointment
        db.session.commit()


def the_visit():
    db.session.rollback()
    return db.session.scalars(select(Appointment)).one()


def done(verb, *args, now=NOW, by=ROSA, **more):
    with writing():
        assert verb(db.session, the_visit(), *args, now=now, by=by, **more) == []
        db.session.commit()


def moves(at, who="ana-moreau", desk=None):
    visit = the_visit()
    done(move, wish(visit.client_id, at, who, moves=visit.id, desk=desk))


def ticked_off(account_id):
    with writing():
        work.complete(db.session, the_visit().call, now=NOW, by=Actor("account", str(account_id)))
        db.session.commit()


def calls():
    """What waits: whose it is, and when it is due."""
    db.session.rollback()
    waiting = select(WorkItem).where(WorkItem.done_at.is_(None)).order_by(WorkItem.id)
    return [(item.task, item.owner_id, item.due_at) for item in db.session.scalars(waiting)]


def test_who_moves_a_visit_to_after_their_clearance_is_rung_before_it_and_reads_so(cleared, cast, visitor):
    assert calls() == []
    page = f"/appointments/{link_of(db.session, the_visit().id).token}"
    visitor.get(page)
    assert "will ring you" not in visitor.text
    visitor.get(f"{page}/move?slot={FRIDAY:%Y%m%dT%H%MZ}.ana-moreau")
    visitor.send(f"{page}/move")
    assert "Your appointment is moved" in visitor.text
    assert "Ana will ring you before your visit." in visitor.text
    assert calls() == [("ring_before_visit", cast.ana.account_id, BEFORE_FRIDAY)]
    visitor.sign_in("ana")
    visitor.get("/work")
    assert "Clara Teacup" in visitor.text
    assert "0117 496 0001" in visitor.text


def test_who_the_desk_moves_to_another_therapist_is_rung_by_that_one_and_only_once(cleared, cast):
    moves(FRIDAY, "ben-okafor", Desk())
    assert calls() == [("ring_before_visit", cast.ben.account_id, BEFORE_FRIDAY)]
    moves(MONDAY)
    assert calls() == [("ring_before_visit", cast.ana.account_id, BEFORE_MONDAY)]


def test_who_may_come_that_day_too_is_not_rung(clara, cast):
    tell(clara, "slipped_disc")
    clear(clara, cast.ana.account_id, "slipped_disc", good_until=date(2026, 3, 31))
    books(clara)
    moves(FRIDAY)
    assert calls() == []


def test_a_call_that_was_made_is_not_made_again_for_a_move(clara, cast):
    tell(clara, "slipped_disc")
    books(clara)
    ticked_off(cast.ana.account_id)
    moves(FRIDAY)
    assert calls() == []


def test_a_call_that_was_made_is_made_again_by_the_new_therapist_for_what_stands_on_the_new_day_alone(clara, cast):
    tell(clara, "slipped_disc", "epilepsy")
    clear(clara, cast.ana.account_id, "epilepsy", good_until=THURSDAY.date())
    books(clara)
    ticked_off(cast.ana.account_id)
    moves(FRIDAY, "ben-okafor", Desk())
    assert calls() == [("ring_before_visit", cast.ben.account_id, BEFORE_FRIDAY)]


def test_a_call_that_is_made_again_is_for_whoever_gives_the_visit_by_then(clara, cast):
    tell(clara, "slipped_disc")
    books(clara)
    ticked_off(cast.ana.account_id)
    moves(FRIDAY, "ben-okafor", Desk())
    tell(clara, "slipped_disc", "epilepsy", at=NOW + timedelta(minutes=1))
    with writing():
        heed(db.session, db.session.get_one(Client, clara), now=NOW, by=GUEST)
        db.session.commit()
    assert calls() == [("ring_before_visit", cast.ben.account_id, BEFORE_FRIDAY)]


def test_what_was_told_while_a_visit_was_cancelled_counts_once_it_is_put_back(clara, cast):
    books(clara)
    done(cancel)
    tell(clara, "slipped_disc")
    done(undo, "cancelled")
    assert calls() == [("ring_before_visit", cast.ana.account_id, BEFORE_THURSDAY)]


def test_a_call_made_before_what_was_told_while_a_visit_was_cancelled_is_made_again(clara, cast):
    tell(clara, "slipped_disc")
    books(clara)
    ticked_off(cast.ana.account_id)
    done(cancel)
    tell(clara, "slipped_disc", "epilepsy", at=NOW + timedelta(minutes=1))
    done(undo, "cancelled")
    assert calls() == [("ring_before_visit", cast.ana.account_id, BEFORE_THURSDAY)]


def test_a_call_that_waited_waits_once_when_a_visit_is_put_back(clara, cast):
    tell(clara, "slipped_disc")
    books(clara)
    done(cancel)
    done(undo, "cancelled")
    assert calls() == [("ring_before_visit", cast.ana.account_id, BEFORE_THURSDAY)]


def test_who_is_put_back_and_told_nothing_is_not_rung(clara):
    books(clara)
    done(cancel)
    done(undo, "cancelled")
    assert calls() == []
