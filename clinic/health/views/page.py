"""What the pages of this capability share."""

from flask import Blueprint

from clinic.booking.models import Appointment
from clinic.booking.views.page import programme_or_404
from clinic.core import clock
from clinic.core.db import db
from clinic.health import models, wording  # noqa: F401  (their tables are known wherever pages are served)
from clinic.health.queries import missing_before

bp = Blueprint("health", __name__)
bp.add_app_template_filter(wording.missing_for_staff, "missing_for_staff")
bp.add_app_template_filter(wording.missing_for_client, "missing_for_client")


@bp.app_template_global("missing_before")
def missing_before_one(appointment: Appointment) -> tuple[str, ...]:
    """What is still to be asked before this visit, for its page and its mails."""
    known, now = programme_or_404(), clock.now()
    return missing_before(db.session, [appointment], known.clinic, now=now)[appointment.id]
