"""After the visit, one screen: the note is signed, then the home plan, the next appointment, and the next client."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import redirect, url_for
from werkzeug.wrappers import Response

from clinic.aftercare import queries
from clinic.aftercare.views.page import bp
from clinic.booking import queries as booking
from clinic.booking.models import Appointment
from clinic.booking.views.page import programme_or_404
from clinic.core import access, clock
from clinic.core.access import therapist
from clinic.core.db import db
from clinic.core.times import day_bounds, local
from clinic.notes import queries as notes
from clinic.notes.queries.findings import findings_of
from clinic.notes.views.page import own_or_404
from clinic.notes.views.signed import signed_page


@dataclass(frozen=True)
class Plan:
    """How the home plan stands after a visit: `none`, `sent` since it began, or `before` it, or `changed`: something
    was found since it was sent.
    """

    state: str
    sent_at: datetime | None = None


@bp.get("/notes/<uuid:note_id>/afterwards")
@therapist
def afterwards(note_id: UUID) -> str | Response:
    """What is left to do after this visit, over the note as it was signed; before that, the note."""
    appointment = own_or_404(note_id)
    signed = notes.signed_among(notes.signed_notes(db.session, appointment.client_id), note_id)
    if signed is None:
        return redirect(url_for("notes.note", note_id=note_id), 303)
    access.reading(f"client:{appointment.client_id}")
    return signed_page(appointment, signed, after=_left_to_do(appointment))


def _left_to_do(appointment: Appointment) -> dict[str, Any]:
    now = clock.now()
    to_come = [one for one in booking.appointments_of(db.session, appointment.client_id) if _is_to_come(one, now)]
    return {
        "plan": _plan(appointment),
        "booked": min(to_come, key=lambda one: one.starts_at, default=None),
        "following": _following(appointment, now),
    }


def _is_to_come(appointment: Appointment, now: datetime) -> bool:
    return not appointment.cancellation and appointment.starts_at > now


def _plan(appointment: Appointment) -> Plan:
    issue = queries.issue_for(db.session, appointment.client_id)
    if issue is None:
        return Plan("none")
    findings = findings_of(db.session, appointment.client_id)
    if findings and findings.found_at > issue.issued_at:
        return Plan("changed", issue.issued_at)
    return Plan("sent" if issue.issued_at >= appointment.starts_at else "before", issue.issued_at)


def _following(appointment: Appointment, now: datetime) -> Appointment | None:
    """Whom the therapist sees next, still today."""
    zone = programme_or_404().location.zone
    tonight = day_bounds(local(now, zone).date(), zone)[1]
    begun = max(now, appointment.ends_at)
    coming = booking.appointments_between(db.session, begun, tonight, therapist_id=appointment.therapist_id)
    return next((one for one in coming if one.id != appointment.id), None)
