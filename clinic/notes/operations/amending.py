"""Writing beside a note that is signed. The note stays as it is."""

from datetime import datetime

from clinic.booking.models import Appointment
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.core.refusals import Refusal
from clinic.notes import queries
from clinic.notes.operations.freezing import freeze
from clinic.notes.operations.locking import lock_appointment
from clinic.people.models import Therapist


def amend(
    session: AnySession,
    appointment: Appointment,
    text: str,
    *,
    why: str,
    signer: Therapist | None = None,
    now: datetime,
    by: Actor,
) -> list[Refusal]:
    """Sign something beside a note that is signed already. `why` is one of rules.REASONS; `signer`: who writes it,
    where that is not the therapist of the appointment.
    """
    lock_appointment(session, appointment.id)
    if not queries.is_signed(session, appointment.id):
        return [Refusal("note_not_signed")]
    said = {"text": text, "why": why}
    freeze(session, appointment, "amendment", said, signer=signer or appointment.therapist, now=now, by=by)
    return []
