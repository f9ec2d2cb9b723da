"""Appointments that their therapist approves: they stand, and their time is taken, while that is awaited."""

from datetime import datetime, timedelta

from clinic.booking.models import Appointment
from clinic.booking.operations.ending import cancel
from clinic.booking.operations.shared import lock_held
from clinic.booking.wishes import Wish
from clinic.core import audit
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.core.refusals import Refusal
from clinic.messages.operations import queue
from clinic.work.models import WorkItem

APPROVE = "approve_appointment"
WITHIN = timedelta(days=1)


def ask_approval(wish: Wish, now: datetime) -> WorkItem:
    """What the therapist is asked when this is booked."""
    due_at = max(now, min(now + WITHIN, wish.starts_at - WITHIN))
    return WorkItem(task=APPROVE, owner_id=wish.therapist.account_id, due_at=due_at)


def ask_anew(appointment: Appointment, wish: Wish, now: datetime) -> None:
    """A move asks again, and asks whoever gives it then."""
    asked = ask_approval(wish, now)
    if item := appointment.approval:
        item.owner_id, item.due_at, item.done_at, item.done_by_id = asked.owner_id, asked.due_at, None, None


def approve(
    session: AnySession, appointment: Appointment, *, seen: datetime | None, now: datetime, by: Actor
) -> list[Refusal]:
    """Say yes, once, to the time that was `seen`; the client gets a mail. The caller commits."""
    if refusals := _changed(session, appointment, seen, by):
        return refusals
    if _done(appointment, now, by):
        appointment.version += 1  # its entry in calendars changes
        audit.record(session, "appointment.approved", f"appointment:{appointment.id}", by=by, now=now)
        queue(session, "appointment_approved", appointment.id, due_at=now, once=f"{appointment.id}/{appointment.moved}")
    return []


def refuse(
    session: AnySession, appointment: Appointment, *, seen: datetime | None, now: datetime, by: Actor
) -> list[Refusal]:
    """Say no to the time that was `seen`: it is cancelled, and the client gets the mail that says so. The caller
    commits.
    """
    refusals = _changed(session, appointment, seen, by)
    refusals = refusals or cancel(session, appointment, now=now, by=by, ours=True)
    if not refusals:
        _done(appointment, now, by)
    return refusals


def _changed(session: AnySession, appointment: Appointment, seen: datetime | None, by: Actor) -> list[Refusal]:
    """Whether it is not what this person was asked any more: called off, at another time, or for somebody else to say.
    From now on nobody else changes it.
    """
    lock_held(session, appointment)
    session.refresh(appointment, ["cancellation", "starts_at", "approval_id"])
    if appointment.cancellation:
        return [Refusal("cancelled_already")]
    if item := appointment.approval:
        session.refresh(item)
    asked = (appointment.starts_at, item.owner_id if item else None)
    return [] if asked == (seen, by.account_id) else [Refusal("moved_meanwhile")]


def _done(appointment: Appointment, now: datetime, by: Actor) -> bool:
    item = appointment.approval
    if item is None or item.done_at:
        return False
    item.done_at, item.done_by_id = now, by.account_id
    return True
