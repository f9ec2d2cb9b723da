"""A treatment that needs a kind of room is given only in one that has it, whichever way it is asked for."""

import pytest
import sqlalchemy as sa

from clinic.booking.models import Appointment
from clinic.core.db import db, writing
from tests.steps import book
from tests.visitor import Visitor

REASONS = "/diary/reasons?treatment=massage&therapist=ana-moreau&at=20260312T1000Z"


@pytest.fixture
def step_free(cast):
    """Massages ask for a step-free room; the second is one."""
    with writing():
        db.session.merge(cast.massage).room_kind = "step_free"
        db.session.merge(cast.rooms[1]).kinds = ["table", "step_free"]
        db.session.commit()
    return cast.rooms[1].id


def booked_rooms():
    return list(db.session.scalars(sa.select(Appointment.room_id)))


def test_it_is_booked_into_the_room_that_is_fit(step_free, visitor):
    book(visitor)
    assert booked_rooms() == [step_free]


def test_once_that_room_is_taken_nobody_else_has_the_time(step_free, visitor, new_visitor):
    book(visitor)
    other = new_visitor()
    other.get("/treatments/massage/times?with=ben-okafor&therapist=ben-okafor")
    assert "20260312T1000Z.ben-okafor" not in other.slots
    page = book(other, therapist="ben-okafor", email="other@client.test")
    assert (page.status_code, len(booked_rooms())) == (409, 1)


def test_what_needs_no_kind_still_goes_into_any_room(step_free, visitor, new_visitor):
    book(visitor)
    book(new_visitor(), "hips-without-tummy", therapist="ben-okafor", email="other@client.test")
    assert len(set(booked_rooms())) == 2


def test_the_desk_cannot_put_it_into_another_room(step_free, app, cast, visitor):
    book(visitor)
    appointment = db.session.scalars(sa.select(Appointment)).one()
    rosa = Visitor(app)
    rosa.sign_in("rosa")
    page = f"/diary/appointments/{appointment.id}"
    rosa.get(page)
    answer = rosa.send(f"{page}/time", room=cast.rooms[0].id, reason="She asked for it")
    assert (answer.status_code, booked_rooms()) == (409, [step_free])
    assert "fit for this" in rosa.text


def test_where_no_room_is_fit_the_page_says_so(cast, app):
    with writing():
        db.session.merge(cast.massage).room_kind = "two_tables"
        db.session.commit()
    rosa = Visitor(app)
    rosa.sign_in("rosa")
    rosa.get(REASONS)
    assert "No room that is in use there is fit for it." in rosa.text
    assert "the treatment's kind of room" in rosa.text
