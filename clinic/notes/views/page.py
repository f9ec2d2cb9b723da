"""What the pages of notes share."""

from uuid import UUID

from flask import Blueprint, abort

from clinic.booking.models import Appointment
from clinic.core import access
from clinic.core.db import db
from clinic.notes import queries

bp = Blueprint("notes", __name__)


def own_or_404(note_id: UUID) -> Appointment:
    """The appointment whose note whoever is signed in writes."""
    return queries.own_appointment(db.session, note_id, access.signed_in()) or abort(404)
