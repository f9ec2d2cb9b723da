"""What every page of a booking begins with: the programme, the appointment of a link, and whom we know."""

from datetime import datetime
from uuid import UUID

from flask import Blueprint, abort, g
from flask_babel import gettext as _

from clinic.booking import queries, wording
from clinic.booking.models import Appointment
from clinic.booking.programme import Programme, programme
from clinic.core import access
from clinic.core.db import db
from clinic.core.visit import noted_client
from clinic.people.models import Client

bp = Blueprint("booking", __name__)
bp.add_app_template_filter(wording.treatments, "treatments")


def programme_or_404() -> Programme:
    """The programme; before `flask setup` there is nothing to show."""
    known = programme(db.session)
    if known is None or not known.locations:
        abort(404, _("This clinic is not set up yet."))
    g.programme = known
    return known


def appointment_or_404(appointment_id: UUID) -> Appointment:
    """The one that a link is for."""
    return queries.appointment(db.session, appointment_id) or abort(404)


def known_client(now: datetime) -> Client | None:
    """The client who is signed in, or who came by the link of an appointment of theirs in this visit."""
    if account := access.signed_in_client():
        return account.client  # type: ignore[no-any-return]
    client_id = noted_client(now)
    client = db.session.get(Client, client_id) if client_id else None
    return client.person if client else None
