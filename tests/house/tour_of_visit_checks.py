"""The pages of one minute before a visit: by the client's link, and read aloud."""

from datetime import UTC, datetime

import sqlalchemy as sa
import time_machine

from clinic.booking.models import Appointment
from clinic.booking.operations import link_of
from clinic.core.db import db
from tests.steps import book, screen
from tests.visitor import Visitor

AT = "20260323T1000Z"
THAT_DAY = datetime(2026, 3, 23, 8, tzinfo=UTC)


def visit_check_pages(app):
    """Ada comes for a release on a Monday; she answers, and reception asks once more at the desk."""
    ada, rosa = Visitor(app), Visitor(app)
    screen(ada)
    book(ada, "psoas-release", at=AT, name="Ada Bead", email="ada@client.test")
    at = sa.select(Appointment.id).where(Appointment.starts_at == datetime(2026, 3, 23, 10, tzinfo=UTC))
    appointment = db.session.scalar(at)
    address = f"/appointments/{link_of(db.session, appointment).token}/health-check"
    with time_machine.travel(THAT_DAY, tick=False):
        yield "has anything changed", ada.get(address)
        yield "has anything changed, with errors", ada.send(address)
        yield "it is an emergency", ada.send(address, now="chest_or_sudden")
        yield "something has changed", ada.post(address, changed="medicines", today="painkiller_today")
        rosa.sign_in("rosa")
        page = f"/diary/appointments/{appointment}/health-check"
        yield "has anything changed, aloud", rosa.get(page)
        yield "has anything changed, aloud, with errors", rosa.send(page)
        yield "it is an emergency, at the desk", rosa.send(page, now="saddle_or_leg")
        ana = Visitor(app)
        ana.sign_in("ana")
        yield "the card of a visit", ana.get(f"/appointments/{appointment}/card")
