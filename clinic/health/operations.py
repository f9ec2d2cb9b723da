"""Keeping what was said before a visit, and whether a release may be signed for. The caller commits."""

import json
from datetime import datetime

from clinic.booking.models import Appointment
from clinic.booking.programme import programme
from clinic.core import audit
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.core.refusals import Refusal
from clinic.core.times import day_bounds, local
from clinic.health import queries, rules
from clinic.health.models import VisitCheck
from clinic.health.rules import Check
from clinic.intake.queries import standing


def keep_check(session: AnySession, appointment: Appointment, check: Check, *, now: datetime, by: Actor) -> VisitCheck:
    """Seal what was answered before this visit. Earlier answers stay: the latest counts."""
    kept = VisitCheck(appointment_id=appointment.id, told_at=now, told_by=str(by), answers=json.dumps(check.as_kept()))
    session.add(kept)
    audit.record(session, "health.checked", f"appointment:{appointment.id}", by=by, now=now)
    session.flush()
    return kept


def release_refusals(session: AnySession, appointment: Appointment) -> list[Refusal]:
    """Why no note of this visit may be signed where it was a release: what was told speaks against it, or nobody asked
    that day whether anything has changed. Nothing for any other treatment.
    """
    known = programme(session)
    if known is None or not appointment.is_release:
        return []
    zone = known.location_of(appointment).zone
    on = local(appointment.starts_at, zone).date()
    checks = queries.checks_of(session, appointment.id)
    checked = rules.checked_that_day(checks[-1].told_at if checks else None, day_bounds(on, zone)[0])
    decision = standing(session, appointment.client.person.id, on=on).decision(known.safety, deep=True)
    return rules.release_refusals(decision, checked=checked)
