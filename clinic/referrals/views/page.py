"""What the pages of this capability share."""

from datetime import date
from uuid import UUID

from flask import Blueprint, abort

from clinic.booking import queries as booking
from clinic.booking.views.page import programme_or_404
from clinic.core import access, clock
from clinic.core.db import db
from clinic.core.times import local
from clinic.people.models import Therapist
from clinic.people.queries import therapist_of
from clinic.referrals import queries
from clinic.referrals.models import Letter

bp = Blueprint("referrals", __name__)


def themselves() -> Therapist:
    """The therapist who is signed in."""
    return therapist_of(access.signed_in()) or abort(404)


def letter_or_404(letter_id: UUID) -> Letter:
    """A letter about a client of theirs: filed by anybody, or a draft of their own."""
    found = queries.letter(db.session, letter_id) or abort(404)
    booking.visible_client(db.session, found.client_id, access.signed_in()) or abort(404)
    if found.filed_at is None and found.therapist_id != themselves().id:
        abort(404)
    return found


def own_letter_or_404(letter_id: UUID) -> Letter:
    """A letter of whoever is signed in, to do something with."""
    found = letter_or_404(letter_id)
    return found if found.therapist_id == themselves().id else abort(404)


def today_here() -> date:
    return local(clock.now(), programme_or_404().location.zone).date()
