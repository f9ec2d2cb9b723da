"""The pages of what waits to be signed: a therapist's own notes, and a trainee's with their supervisor."""

import sqlalchemy as sa
import time_machine

from clinic.booking.models import Appointment
from clinic.core.db import db, writing
from clinic.people.models import Client, Therapist
from tests.steps import book
from tests.visitor import Visitor

AT = "20260331T1000Z"


def signing_pages(app):
    """Ben learns, and Ana supervises him for a while."""
    ben, ana = Visitor(app), Visitor(app)
    supervise("ana-moreau")
    book(Visitor(app), therapist="ben-okafor", at=AT, name="Dora Kettle", email="dora@client.test")
    visit = db.session.scalars(sa.select(Appointment).join(Client).where(Client.name == "Dora Kettle")).one()
    note, ends_at, client_id = f"/notes/{visit.id}", visit.ends_at, visit.client_id
    with time_machine.travel(ends_at, tick=False):
        ben.sign_in("ben")
        yield "notes to sign", ben.get("/notes")
        ben.get(note)
        yield "signed, and waits for the supervisor", ben.send(f"{note}/signature", subjective="Sore")
        yield "day sheet with a note to co-sign", ana.sign_in("ana")
        yield "notes to co-sign", ana.get("/notes")
        yield "a note to co-sign", ana.get(note)
        yield "the record, for a supervisor", ana.get(f"/clients/{client_id}")
        ana.get(note)
        ben.get(f"{note}/paper")
        yield "co-signed", ana.send(f"{note}/co-signature", word="Well seen")
    supervise(None)


def supervise(slug):
    """Whoever has this address supervises Ben; None: nobody."""
    whose = sa.select(Therapist.id).where(Therapist.slug == slug).scalar_subquery() if slug else None
    with writing():
        db.session.execute(sa.update(Therapist).where(Therapist.slug == "ben-okafor").values(supervisor_id=whose))
        db.session.commit()
