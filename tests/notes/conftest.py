"""Clara, treated by Ana on Thursday at ten; it is half past eleven, and Ana sits down to write."""

from datetime import UTC, datetime

import pytest
import time_machine
from sqlalchemy import select

from clinic.booking.models import Appointment
from clinic.core.db import db
from tests.steps import book

AFTERWARDS = datetime(2026, 3, 12, 11, 30, tzinfo=UTC)
WORDS = {
    "subjective": "Front of the right hip since long drives",
    "objective": "Resisted hip flexion right weak",
    "assessment": "Responded well",
    "plan": "Again in a week",
}


@pytest.fixture
def later(app):
    """The clock, after the treatment."""
    with time_machine.travel(AFTERWARDS, tick=False) as clock:
        yield clock


@pytest.fixture
def appointment(cast, new_visitor):
    """Clara's, with Ana; booked the day before."""
    book(new_visitor(), therapist="ana-moreau", word="it hurts on stairs")
    return db.session.scalar(select(Appointment))


@pytest.fixture
def path(appointment):
    return f"/notes/{appointment.id}"


@pytest.fixture
def ana(path, later, new_visitor):
    """Ana, signed in, with Clara's note before her."""
    visitor = new_visitor()
    visitor.sign_in("ana")
    visitor.get(path)
    return visitor
