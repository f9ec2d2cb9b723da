"""Writing beside a note that is signed. The note stays as it is."""

from datetime import datetime

from clinic.booking.models import Appointment
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.core.refusals import Refusal
from clinic.notes import queries
from clinic.notes.operations.locking import lock_appointment
from clinic.notes.operations.signing import freeze


def amend(session: AnySession, appointment: Appointment, text: str, *, now: datetime, by: Actor) -> list[Refusal]:
    """Sign something beside a note that is signed already."""
    lock_appointment(session, appointment.id)
    if not queries.is_signed(session, appointment.id):
        return [Refusal("note_not_signed")]
    freeze(session, appointment, "amendment", {"text": text}, signer=appointment.therapist, now=now, by=by)
    return []
