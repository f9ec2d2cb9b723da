"""How a client is getting on: told by link, written on the note, and over their visits."""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
import time_machine

from clinic.booking.models import Appointment
from clinic.booking.operations import link_of
from clinic.core.db import db, writing
from clinic.places.models import Clinic
from tests.steps import book
from tests.visitor import Visitor

AT = datetime(2026, 3, 25, 10, tzinfo=UTC)
WRITTEN = {"subjective": "Stiff", "pain_on_arrival": "6", "pain_at_end": "4", "rmdq": "12", "global_change": "1"}
HARD = {"activities-0-words": "Stairs", "activities-0-score": "3"}


def measure_pages(app):
    """Mia tells before each of two visits, and Ana writes and signs."""
    with writing():
        db.session.execute(sa.update(Clinic).values(asks_measures=True))
        db.session.commit()
    mia, ana = Visitor(app), Visitor(app)
    ana.sign_in("ana")
    for week in range(2):
        at = AT + timedelta(days=7 * week)
        book(Visitor(app), at=f"{at:%Y%m%dT%H%MZ}", name="Mia Button", email="mia@client.test")
        visit = db.session.scalar(sa.select(Appointment).where(Appointment.starts_at == at))
        with writing():
            first = db.session.scalar(sa.select(Appointment).where(Appointment.starts_at == AT))
            db.session.get_one(Appointment, visit.id).client_id = first.client_id
            db.session.commit()
        note, address = f"/notes/{visit.id}", f"/appointments/{link_of(db.session, visit.id).token}/measures"
        with time_machine.travel(at - timedelta(hours=1), tick=False):
            yield "how are you getting on", mia.get(address)
            yield "how are you getting on, with errors", mia.send(address, hours_seated="30")
            mia.get(address)
            yield "told how they are getting on", mia.send(address, pain_on_arrival="7", hours_seated="9")
        with time_machine.travel(at + timedelta(hours=1), tick=False):
            yield "too late to tell", mia.get(address)
            yield "a note begun with what was told", ana.get(note)
            yield "a measure that cannot be", ana.send(f"{note}/draft", **WRITTEN, **HARD, odi="400")
            ana.get(note)
            yield "signed with measures", ana.send(f"{note}/signature", **WRITTEN, **HARD, odi="40")
    with time_machine.travel(AT + timedelta(days=8), tick=False):
        yield "all measures", ana.get(f"/clients/{first.client_id}/measures")
    with writing():
        db.session.execute(sa.update(Clinic).values(asks_measures=False))
        db.session.commit()
