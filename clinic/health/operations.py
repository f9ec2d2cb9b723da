"""Keeping what was said before a visit. The caller commits."""

import json
from datetime import datetime

from clinic.booking.models import Appointment
from clinic.core import audit
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.health.models import VisitCheck
from clinic.health.rules import Check


def keep_check(session: AnySession, appointment: Appointment, check: Check, *, now: datetime, by: Actor) -> VisitCheck:
    """Seal what was answered before this visit. Earlier answers stay: the latest counts."""
    kept = VisitCheck(appointment_id=appointment.id, told_at=now, told_by=str(by), answers=json.dumps(check.as_kept()))
    session.add(kept)
    audit.record(session, "health.checked", f"appointment:{appointment.id}", by=by, now=now)
    session.flush()
    return kept
