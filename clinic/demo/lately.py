"""What goes on around now at the demo clinic: some have confirmed that they come, and two wait for a time,
one therapist will be away, and a Sunday is closed.
"""

from datetime import datetime, timedelta

from sqlalchemy import select

from clinic.booking import queries
from clinic.booking.models import Appointment, Cancellation
from clinic.booking.operations import Off, Shut, Waits, close, confirm, join, take_off
from clinic.booking.programme import Programme
from clinic.core.audit import GUEST, Actor
from clinic.core.db import AnySession
from clinic.core.times import day_bounds
from clinic.people.models import Client

REMINDED = timedelta(days=2)


def confirm_some(session: AnySession, *, now: datetime) -> None:
    """Every second of those who have been reminded."""
    standing = select(Appointment).outerjoin(Cancellation).where(Cancellation.appointment_id.is_(None))
    soon = standing.where(Appointment.starts_at.between(now, now + REMINDED)).order_by(
        Appointment.starts_at, Appointment.therapist_id
    )
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


def be_away(session: AnySession, known: Programme, *, now: datetime, by: Actor) -> None:
    """Ben on the second Saturday from now, and all on the Sunday a week later: what is booked waits to be moved."""
    today = queries.today_at(known, now)
    saturday = today + timedelta(days=7 + (5 - today.weekday()) % 7)
    sunday = saturday + timedelta(days=8)
    if ben := known.therapist("ben-lightfoot"):
        starts_at, ends_at = day_bounds(saturday, known.location.zone)
        take_off(session, Off(ben.id, starts_at, ends_at), now=now, by=by)
    close(session, known, [Shut(None, sunday, sunday, "Harbour festival")], now=now, by=by)
