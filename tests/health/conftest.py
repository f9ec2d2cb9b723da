"""Clara, booked with Ana on Thursday at ten; it is Wednesday, nine o'clock."""

from datetime import UTC, datetime

import pytest
import time_machine
from sqlalchemy import select

from clinic.booking.models import Appointment
from clinic.booking.operations import link_of
from clinic.core.db import db
from tests.steps import book, screen

MORNING = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
AFTERWARDS = datetime(2026, 3, 12, 11, 30, tzinfo=UTC)
NEXT_DAY = datetime(2026, 3, 13, 9, 0, tzinfo=UTC)


def at(instant):
    """The clock at another time."""
    return time_machine.travel(instant, tick=False)


def booked(visitor, slug="psoas-release", **typed):
    """An appointment, and its link."""
    if slug == "psoas-release":
        screen(visitor)
    book(visitor, slug, **typed)
    found = db.session.scalar(select(Appointment).order_by(Appointment.booked_at.desc(), Appointment.ref).limit(1))
    return found, f"/appointments/{link_of(db.session, found.id).token}"


@pytest.fixture
def release(cast, new_visitor):
    return booked(new_visitor(), word="it hurts on stairs")


@pytest.fixture
def signed_in(new_visitor):
    def sign_in(name):
        who = new_visitor()
        who.sign_in(name)
        return who

    return sign_in
