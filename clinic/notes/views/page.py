"""What the pages of notes share."""

from typing import Any
from uuid import UUID

from flask import Blueprint, abort

from clinic.booking import queries as booking
from clinic.booking.models import Appointment
from clinic.booking.programme import Programme
from clinic.core import access
from clinic.core.db import db
from clinic.core.times import local
from clinic.notes import queries, wording
from clinic.notes.queries import co_signing
from clinic.notes.queries.attachments import attachments_of

bp = Blueprint("notes", __name__)


def own_or_404(note_id: UUID) -> Appointment:
    """The appointment whose note whoever is signed in writes."""
    return queries.own_appointment(db.session, note_id, access.signed_in()) or abort(404)


def readable_or_404(note_id: UUID) -> Appointment:
    """The appointment whose note whoever is signed in writes, or is asked to co-sign once it is signed."""
    account = access.signed_in()
    if own := queries.own_appointment(db.session, note_id, account):
        return own
    asked = co_signing.is_asked_to_co_sign(db.session, note_id, account)
    return (booking.appointment(db.session, note_id) if asked else None) or abort(404)


def heading(appointment: Appointment, known: Programme) -> dict[str, Any]:
    """What every page of a note names: whose visit, when, by the clock of its place."""
    zone = known.location_of(appointment).zone
    return {
        "appointment": appointment,
        "attached": attachments_of(db.session, appointment.id),
        "at": local(appointment.starts_at, zone),
        "zone": zone,
        "local": local,
        "wording": wording,
    }
