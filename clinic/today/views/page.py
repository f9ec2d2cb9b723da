"""What the staff's pages share."""

from flask import Blueprint

from clinic.booking import wording
from clinic.booking.models import Appointment

bp = Blueprint("today", __name__)


def to_do(appointment: Appointment) -> str:
    """What somebody still has to do before this appointment; empty where nothing is."""
    work = (appointment.approval, appointment.call)
    return next((wording.task(item.task) for item in work if item and not item.done_at), "")
