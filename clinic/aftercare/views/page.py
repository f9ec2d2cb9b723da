"""What the pages of plans share."""

from datetime import date

from flask import Blueprint

from clinic.booking import queries as booking
from clinic.booking.views.page import programme_or_404
from clinic.core import clock

bp = Blueprint("aftercare", __name__)


def today_here() -> date:
    """The date on the clinic's own wall."""
    return booking.today_at(programme_or_404(), clock.now())
