"""The pages of what waits to be signed: a therapist's own notes, and a trainee's with their supervisor."""

import sqlalchemy as sa
import time_machine

from clinic.booking.models import Appointment
from clinic.core.db import db, writing
from clinic.people.models import Client, Therapist
from tests.steps import book
from tests.visitor import Visitor

AT = "20260401T1500Z"


def signing_pages(app):
    """Ana learns once more, and Ben supervises her for a while."""
    learner, supervisor = Visitor(app), Visitor(app)
    supervise("ben-okafor")
    book(Visitor(app), therapist="ana-moreau", at=AT, name="Dora Kettle", email="dora@client.test")
    visit = db.session.scalars(sa.select(Appointment).join(Client).where(Client.name == "Dora Kettle")).one()
    note, ends_at, client_id = f"/notes/{visit.id}", visit.ends_at, visit.client_id
    with time_machine.travel(ends_at, tick=False):
        learner.sign_in("ana")
        yield "notes to sign", learner.get("/notes")
        learner.get(note)
        yield "signed, and waits for the supervisor", learner.send(f"{note}/signature", subjective="Sore")
        yield "day sheet with a note to co-sign", supervisor.sign_in("ben")
        yield "notes to co-sign", supervisor.get("/notes")
        yield "a note to co-sign", supervisor.get(note)
        yield "the record, for a supervisor", supervisor.get(f"/clients/{client_id}")
        supervisor.get(note)
        learner.get(f"{note}/paper")
        yield "co-signed", supervisor.send(f"{note}/co-signature", word="Well seen")
    supervise(None)


def supervise(slug):
    """Whoever has this address supervises Ana; None: nobody."""
    whose = sa.select(Therapist.id).where(Therapist.slug == slug).scalar_subquery() if slug else None
    with writing():
        db.session.execute(sa.update(Therapist).where(Therapist.slug == "ana-moreau").values(supervisor_id=whose))
        db.session.commit()
