"""What is done about what clients told, once: a release that becomes something else, and a call first."""

import json
import re
from datetime import timedelta

from sqlalchemy import delete, select

from clinic.booking.operations import heed
from clinic.core.audit import GUEST
from clinic.core.db import db, writing
from clinic.core.throttle import SignInTry
from clinic.intake.models import Clearance
from clinic.people.models import Client
from tests.conftest import NOW
from tests.letterbox import Letterbox
from tests.steps import book, screen
from tests.tellings import tell
from tests.visitor import Visitor

MONDAY = "20260330T1000Z"


def told_pages(app):
    """Nina books a release, tells of something, and then of something for which we ring first."""
    nina = Visitor(app)
    screen(nina)
    book(nina, "psoas-release", at=MONDAY, name="Nina Saucer", email="nina@client.test")
    by_link = nina.page.request.path
    with app.app_context():
        client_id = db.session.scalar(select(Client.id).where(Client.name == "Nina Saucer"))
        tell(client_id, "tummy_unexplained", "aspirin")
        told(client_id)
        Letterbox().round(app, NOW)
    yield "a release that is something else now", nina.get(by_link)
    yield from clearance_pages(Visitor(app), client_id)
    with app.app_context():
        tell(client_id, "blood_in_pee_or_poo", at=NOW + timedelta(minutes=1))
    yield "ring first", nina.get(f"{by_link}/again?slot=20260331T1000Z.ana-moreau")


def told(client_id):
    with writing():
        heed(db.session, db.session.get_one(Client, client_id), now=NOW, by=GUEST)
        db.session.commit()


def clearance_pages(ana, client_id):
    """Ana puts one thing aside after a call, the other against the rules, and takes the first back."""
    ana.sign_in("ana")
    page = f"/clients/{client_id}/clearances"
    yield "what stands", ana.get(page)
    yield "what stands, with errors", ana.send(page)
    yield "aspirin in person", ana.post(page, reason="aspirin", way="in_person")
    yield "put aside", ana.post(page, reason=["tummy_unexplained", "aspirin"], way="call", note="We spoke.")
    yield "the release again", ana.send(_action(ana, "treatment"))
    yield "taken back", ana.post(f"/clearances/{_clearance(client_id, 'tummy_unexplained')}/revocation")
    with writing():
        db.session.execute(delete(SignInTry))  # one person walks through all of this, and signs in as everybody
        db.session.commit()


def _clearance(client_id, reason):
    found = db.session.scalars(select(Clearance).where(Clearance.client_id == client_id)).all()
    return next(one.id for one in found if json.loads(one.content)["reason"] == reason)


def _action(visitor, ending):
    """Where the first form of the page at hand goes whose address ends so."""
    return re.search(rf'action="([^"]*/{ending})"', visitor.page.text)[1]
