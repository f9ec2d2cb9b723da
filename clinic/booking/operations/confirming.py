"""A client says that they will come."""

from datetime import datetime

from clinic.booking.models import Appointment
from clinic.booking.operations.shared import lock_held
from clinic.core import audit
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.core.refusals import Refusal


def confirm(session: AnySession, appointment: Appointment, *, now: datetime, by: Actor) -> list[Refusal]:
    """Keep that its client will come. Doing it twice changes nothing. The caller commits."""
    lock_held(session, appointment)
    session.refresh(appointment, ["starts_at", "confirmed_at", "cancellation"])
    if appointment.cancellation:
        return [Refusal("cancelled_already")]
    if appointment.starts_at <= now:
        return [Refusal("already_begun")]
    if appointment.confirmed_at is None:
        appointment.confirmed_at = now
        audit.record(session, "appointment.confirmed", f"appointment:{appointment.id}", by=by, now=now)
    return []
