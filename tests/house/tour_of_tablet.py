"""A tablet in the waiting room, handed over and given back, once."""

import sqlalchemy as sa

from clinic.booking.models import Appointment
from clinic.core.db import db
from tests.conftest import NOW


def tablet_pages(rosa):
    """Rosa hands hers over, and somebody presses the button without her password."""
    coming = (Appointment.starts_at > NOW) & ~Appointment.cancellation.has()
    found = db.session.scalar(sa.select(Appointment).where(coming).order_by(Appointment.starts_at).limit(1))
    address = f"/diary/appointments/{found.id}"
    rosa.get(address)
    rosa.send(f"{address}/tablet", follow=False)
    yield "give the tablet back", rosa.get("/tablet")
    yield "give the tablet back, with errors", rosa.send("/tablet", password="")
