"""A client says that they will come."""

from datetime import datetime

from clinic.booking.models import Appointment
from clinic.booking.operations.attending import attend
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.core.refusals import Refusal


def confirm(session: AnySession, appointment: Appointment, *, now: datetime, by: Actor) -> list[Refusal]:
    """Keep that its client will come. Doing it twice, or once they are here, changes nothing. The caller commits."""
    refusals = attend(session, appointment, "confirmed", now=now, by=by)
    return [refusal for refusal in refusals if refusal.code != "further_already"]
