"""What goes on around now at the demo clinic: some have confirmed that they come, and two wait for a time."""

from datetime import datetime, timedelta

from sqlalchemy import select

from clinic.booking import queries
from clinic.booking.models import Appointment, Cancellation
from clinic.booking.operations import Waits, confirm, join
from clinic.booking.programme import Programme
from clinic.core.audit import GUEST
from clinic.core.db import AnySession
from clinic.people.models import Client

REMINDED = timedelta(days=2)


def confirm_some(session: AnySession, *, now: datetime) -> None:
    """Every second of those who have been reminded."""
    standing = select(Appointment).outerjoin(Cancellation).where(Cancellation.appointment_id.is_(None))
    soon = standing.where(Appointment.starts_at.between(now, now + REMINDED)).order_by(Appointment.starts_at)
    for appointment in session.scalars(soon).all()[::2]:
        confirm(session, appointment, now=now, by=GUEST)


def let_some_wait(session: AnySession, known: Programme, clients: list[Client], *, now: datetime) -> None:
    """For evenings, of which the clinic has few, so that they wait a while."""
    treatment, today = known.treatments[-1], queries.today_at(known, now)
    for client, days in zip(clients, ([4], [2, 3]), strict=False):
        waits = Waits(
            treatment,
            treatment.usual.minutes,
            client.name,
            client.email,
            today + timedelta(days=30),
            phone=client.phone,
            weekdays=days,
            parts=["evening"],
            client=client,
        )
        join(session, waits, screening=None, now=now - timedelta(days=len(days)), by=GUEST)
