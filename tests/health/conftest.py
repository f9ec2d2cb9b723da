"""Clara, booked with Ana on Thursday at ten; it is Wednesday, nine o'clock."""

from datetime import UTC, datetime

import pytest
import time_machine

from clinic.booking.models import Appointment
from clinic.core.db import db
from clinic.core.links import subject_of
from tests.conftest import NOW
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
    link = book(visitor, slug, **typed).request.path
    found = db.session.get(Appointment, subject_of(db.session, link.split("/")[-1], "appointment", NOW))
    return found, link


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
