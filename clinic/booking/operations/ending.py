"""Calling an appointment off."""

from datetime import datetime

from sqlalchemy import delete, insert

from clinic.booking.models import Appointment, Cancellation, Claim
from clinic.booking.operations.shared import lock_held
from clinic.core import audit
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.core.refusals import Refusal
from clinic.messages.operations import queue, unqueue


def cancel(session: AnySession, appointment: Appointment, *, now: datetime, by: Actor) -> list[Refusal]:
    """Call an appointment off: its time is free at once. Doing it twice changes nothing. The caller commits."""
    lock_held(session, appointment)
    session.refresh(appointment, ["cancellation"])
    if appointment.cancellation:
        return []
    if appointment.starts_at <= now:
        return [Refusal("already_begun")]
    session.execute(delete(Claim).where(Claim.appointment_id == appointment.id))
    session.execute(insert(Cancellation), {"appointment_id": appointment.id, "at": now, "by": str(by)})
    audit.record(session, "appointment.cancelled", f"appointment:{appointment.id}", by=by, now=now)
    unqueue(session, "appointment_reminder", appointment.id)
    queue(session, "appointment_cancelled", appointment.id, due_at=now)
    return []
