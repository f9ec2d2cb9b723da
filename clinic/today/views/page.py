"""What the staff's pages share."""

from flask import Blueprint

from clinic.booking import wording
from clinic.booking.models import Appointment

bp = Blueprint("today", __name__)


def to_do(appointment: Appointment) -> str:
    """What somebody still has to do before this appointment; empty where nothing is."""
    call = appointment.call
    return wording.task(call.task) if call and not call.done_at else ""
