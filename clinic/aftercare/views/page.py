"""What the pages of plans share."""

from datetime import date
from uuid import UUID

from flask import Blueprint, abort, redirect, request, url_for
from flask_babel import gettext as _

from clinic.booking import queries as booking
from clinic.booking.views.page import programme_or_404
from clinic.core import access, clock
from clinic.core.db import db
from clinic.people.models import Client, Therapist
from clinic.people.queries import therapist_of

bp = Blueprint("aftercare", __name__)


def today_here() -> date:
    """The date on the clinic's own wall."""
    return booking.today_at(programme_or_404(), clock.now())


def their_client(client_id: UUID) -> Client:
    """The client of this address, where this person may see them; for anybody else there is no such client. At the
    address of one who was merged, the way leads on to the client they are now.
    """
    found = booking.visible_client(db.session, client_id, access.signed_in()) or abort(404)
    if found.id != client_id:
        there = url_for(request.endpoint or "", **{**(request.view_args or {}), "client_id": found.id})
        abort(redirect(there, 303 if request.method == "GET" else 307))
    return found


def themselves() -> Therapist:
    """The therapist who is signed in."""
    found = therapist_of(access.signed_in())
    return found or abort(403, _("Your account is not tied to a therapist yet. Ask the owner to do that."))
