"""Keeping what was found: asked before a plan, or in a visit. The caller commits."""

import json
from datetime import datetime

from clinic.booking.models import Appointment
from clinic.core import audit
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.notes.models import Findings
from clinic.notes.queries import findings as queries
from clinic.notes.rules import Content
from clinic.notes.rules.injuries import Found, with_noted
from clinic.people.models import Client, Therapist


def record_findings(
    session: AnySession, client: Client, found: Found, *, therapist: Therapist, now: datetime, by: Actor
) -> Findings:
    """Keep what a therapist asked. What was kept before stays, for the plans made by it."""
    return _keep(session, client, queries.findings_as_kept(found), therapist=therapist, now=now, by=by)


def keep_injuries(
    session: AnySession, appointment: Appointment, content: Content, *, now: datetime, by: Actor
) -> Found:
    """What is known once this note is signed. Where the note says something new of a muscle, it counts for plans at
    once; the conditions stay as they were asked, and when.
    """
    last = queries.findings_of(session, appointment.client_id)
    before = queries.found_in(last)
    is_late = last is not None and last.found_at > appointment.ends_at
    noted = [one for one in content.injuries if one.state != "none" or not is_late]  # it locks, and never unlocks
    found = with_noted(before, noted)
    if found == before:
        return found
    asked_at = queries.conditions_asked_at(last)
    answers = {**queries.findings_as_kept(found), "conditions_at": asked_at.isoformat() if asked_at else ""}
    _keep(session, appointment.client, answers, therapist=appointment.therapist, now=now, by=by)
    return found


def _keep(
    session: AnySession, client: Client, answers: dict[str, object], *, therapist: Therapist, now: datetime, by: Actor
) -> Findings:
    kept = json.dumps(answers, sort_keys=True)
    findings = Findings(client_id=client.id, therapist_id=therapist.id, found_at=now, answers=kept)
    session.add(findings)
    audit.record(session, "findings.recorded", f"client:{client.id}", by=by, now=now)
    session.flush()
    return findings
