"""Keeping what a client told before a visit. The caller commits."""

import json
from collections.abc import Mapping
from datetime import datetime

from clinic.booking.models import Appointment
from clinic.core import audit
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.core.refusals import Refusal
from clinic.notes.models import MeasuresTold
from clinic.notes.operations.locking import lock_appointment
from clinic.notes.queries.told import told_before
from clinic.notes.rules.asking import OPEN, asking


def keep_told(
    session: AnySession, appointment: Appointment, answers: Mapping[str, float], *, now: datetime, by: Actor
) -> list[Refusal]:
    """Seal what they told about how they are, by the id of each measure. The last telling counts. Refused once the
    visit has begun.
    """
    lock_appointment(session, appointment.id)
    if asking(now, starts_at=appointment.starts_at, cancelled=appointment.cancellation is not None) != OPEN:
        return [Refusal("measures_too_late")]
    kept = told_before(session, appointment.id)
    if kept is None:
        kept = MeasuresTold(client_id=appointment.client_id, appointment_id=appointment.id)
        session.add(kept)
    kept.told_at, kept.answers = now, json.dumps(dict(answers), sort_keys=True)
    audit.record(session, "measures.told", f"appointment:{appointment.id}", by=by, now=now)
    session.flush()
    return []
