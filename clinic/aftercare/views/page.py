"""What the pages of plans share."""

from collections.abc import Callable
from datetime import date

from flask import Blueprint, abort
from flask_babel import gettext as _

from clinic.aftercare.catalogue import catalogue
from clinic.aftercare.pictures import shown
from clinic.booking import queries as booking
from clinic.booking.views.page import programme_or_404
from clinic.core import access, clock
from clinic.people.models import Therapist
from clinic.people.queries import therapist_of

bp = Blueprint("aftercare", __name__)


@bp.app_context_processor
def at_rest() -> dict[str, Callable[[], str]]:
    """For whatever page has nothing to show."""
    return {"resting": resting}


def resting() -> str:
    """Somebody lying at ease; nothing while there is no such drawing."""
    drawn = shown(catalogue().exercises["constructive_rest"], only=("hold",))
    return drawn[0].markup if drawn else ""


def today_here() -> date:
    """The date on the clinic's own wall."""
    return booking.today_at(programme_or_404(), clock.now())


def themselves() -> Therapist:
    """The therapist who is signed in."""
    found = therapist_of(access.signed_in())
    return found or abort(403, _("Your account is not tied to a therapist yet. Ask the owner to do that."))
