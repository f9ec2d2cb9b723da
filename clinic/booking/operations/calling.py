"""The call before a visit: its therapist rings, once, whoever asks for it."""

from datetime import datetime

from sqlalchemy import bindparam, select

from clinic.booking.models import Appointment
from clinic.booking.operations.displacing import subject_of
from clinic.booking.operations.shared import call_due_at
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.people.models import Therapist
from clinic.work import operations as work
from clinic.work.models import WorkItem

RING, RING_NOW = "ring_before_visit", "ring_now"


def ring(session: AnySession, appointment: Appointment, *, now: datetime, by: Actor) -> None:
    """Its therapist rings before the visit. A call that was made before is made again: this was not known then."""
    if appointment.call is None:
        due_at = call_due_at(appointment.starts_at, now)
        appointment.call = ask_to_ring(session, appointment, RING, due_at, now=now, by=by)
    elif appointment.call.done_at:
        work.reopen(session, appointment.call, now=now, by=by)
        take_over(session, appointment, now)
    session.flush()


def take_over(session: AnySession, appointment: Appointment, now: datetime) -> None:
    """A call that still waits is for whoever gives the visit, the day before it."""
    if appointment.call and not appointment.call.done_at:
        appointment.call.due_at = call_due_at(appointment.starts_at, now)
        appointment.call.owner_id = _account_id(session, appointment)


def ask_to_ring(
    session: AnySession, appointment: Appointment, task: str, due_at: datetime, *, now: datetime, by: Actor
) -> WorkItem:
    """What its therapist is to do, once while it waits."""
    about = subject_of(appointment)
    waiting = session.scalars(WAITING, {"task": task, "subject": about}).first()
    return waiting or work.ask(session, task, about, _account_id(session, appointment), due_at=due_at, now=now, by=by)


def _account_id(session: AnySession, appointment: Appointment) -> int | None:
    """Of its therapist, who may have become another in this very transaction."""
    return session.get_one(Therapist, appointment.therapist_id).account_id


WAITING = (
    select(WorkItem)
    .where(WorkItem.task == bindparam("task"), WorkItem.subject == bindparam("subject"), WorkItem.done_at.is_(None))
    .order_by(WorkItem.id)
)
