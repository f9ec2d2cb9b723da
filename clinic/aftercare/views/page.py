"""What the pages of plans share."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, g, make_response
from flask_babel import gettext as _

from clinic.aftercare.catalogue import catalogue
from clinic.aftercare.pictures import shown
from clinic.booking import queries as booking
from clinic.booking.programme import Programme
from clinic.booking.views.page import programme_or_404
from clinic.core import access, clock, tablet
from clinic.core.db import db
from clinic.notes.queries.findings import findings_of, found_in, told_since, with_told
from clinic.notes.rules.injuries import Found
from clinic.people.models import Therapist
from clinic.people.queries import therapist_of

bp = Blueprint("aftercare", __name__)


@bp.app_context_processor
def at_rest() -> dict[str, Callable[[], str]]:
    """For whatever page has nothing to show."""
    return {"resting": resting}


@bp.context_processor
def on_the_wall() -> dict[str, Callable[[], date]]:
    return {"today_here": today_here}


def resting() -> str:
    """Somebody lying at ease; nothing while there is no such drawing."""
    drawn = shown(catalogue().exercises["constructive_rest"], only=("hold",))
    return drawn[0].markup if drawn else ""


def clinic_here() -> Programme:
    """The programme as this request read it first: a page of a plan asks for it in several places."""
    return g.get("programme") or programme_or_404()


def today_here() -> date:
    """The date on the clinic's own wall."""
    return booking.today_at(clinic_here(), clock.now())


def themselves() -> Therapist:
    """The therapist who is signed in."""
    found = therapist_of(access.signed_in())
    return found or abort(403, _("Your account is not tied to a therapist yet. Ask the owner to do that."))


def found_now(client_id: UUID) -> Found:
    """What was found in a client last, with what they told since."""
    findings = findings_of(db.session, client_id)
    told = told_since(db.session, client_id, findings, clinic_here().safety, on=today_here())
    return with_told(found_in(findings), told)


def may_be_kept(view: Callable[..., Any]) -> Callable[..., Response]:
    """For what the worker of a plan's pages may keep on a device, unless it is one of the clinic's."""

    @wraps(view)
    def marked(**values: Any) -> Response:
        answer = make_response(view(**values))
        if not access.signed_in() and not tablet.lock():
            answer.headers["Clinic-Keep"] = "plan"
        return answer

    return marked
