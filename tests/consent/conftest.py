"""Clara, booked for a psoas release with Ana on Thursday at ten; and how she is asked to agree to it."""

import pytest
from sqlalchemy import select

from clinic.booking.models import Appointment
from clinic.booking.operations import link_of
from clinic.consent.models import Consent
from clinic.core.db import db
from tests.steps import book, screen


@pytest.fixture
def appointment(cast, new_visitor):
    client = new_visitor()
    screen(client)
    book(client, "psoas-release")
    return db.session.scalar(select(Appointment))


@pytest.fixture
def path(appointment):
    """Where Clara's link leads to read and sign."""
    return f"/appointments/{link_of(db.session, appointment.id).token}/consent"


@pytest.fixture
def clara(path, new_visitor):
    """Clara, with the text before her."""
    visitor = new_visitor()
    visitor.get(path)
    return visitor


def consents():
    return db.session.scalars(select(Consent).order_by(Consent.signed_at, Consent.id)).all()
