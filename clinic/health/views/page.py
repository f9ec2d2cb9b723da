"""What the pages of this capability share."""

from flask import Blueprint

from clinic.booking.models import Appointment
from clinic.booking.views.page import programme_or_404
from clinic.core import clock
from clinic.core.db import db
from clinic.health import models, wording  # noqa: F401  (their tables are known wherever pages are served)
from clinic.health.queries import missing_before
from clinic.health.rules import CONSENT, HISTORY

bp = Blueprint("health", __name__)
bp.add_app_template_filter(wording.missing_for_staff, "missing_for_staff")
bp.add_app_template_filter(wording.missing_for_client, "missing_for_client")


@bp.app_template_global("missing_before")
def missing_before_one(appointment: Appointment) -> tuple[str, ...]:
    """What is still to be asked before this visit, for its page and its mails; all of it before one that is an
    example, and nothing once it is over or called off.
    """
    known, now = programme_or_404(), clock.now()
    if appointment.cancellation or appointment.ends_at <= now:
        return ()
    found = missing_before(db.session, [appointment.id] if appointment.client_id else [], known.clinic, now=now)
    return found.get(appointment.id, (HISTORY, CONSENT))
