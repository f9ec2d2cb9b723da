"""The pages with which an owner sets up the clinic."""

import re
from io import BytesIO

import sqlalchemy as sa

from clinic.core.db import db, writing
from clinic.treatments.models import Treatment
from tests.visitor import Visitor


def office_pages(app):
    """The owner sets up what the clinic is and has."""
    olu = Visitor(app)
    olu.sign_in("olu")
    yield "everything about the clinic", olu.get("/clinic")
    with writing():
        db.session.execute(sa.update(Treatment).values(offered=False))
        db.session.commit()
    yield "what is still missing", olu.get("/clinic")
    yield "a clinic that offers nothing yet", olu.get("/today")
    with writing():
        db.session.execute(sa.update(Treatment).values(offered=True))
        db.session.commit()
    yield from identity_pages(olu)
    yield from room_pages(olu)
    yield from treatment_pages(olu)
    yield "take everything along", olu.get("/clinic/export")
    yield from import_pages(olu)


def import_pages(olu):
    """A table of clients with a row that is refused, and one of appointments with names that are not ours."""
    page = "/clinic/import"
    yield "coming from another system", olu.get(page)
    yield "no file", olu.send(page)
    clients = (BytesIO(b"Name,Email,Phone\nIda Saucer,ida@client.test,\nJo,nobody,\n"), "clients.csv")
    yield "a file of clients", olu.post(page, kind="clients", file=clients)
    yield "brought in", olu.send(_action(olu), bring="yes")
    visits = (BytesIO(b"Client,Start,Service,Staff\nIda Saucer,2026-03-30 10:00,Rub,Annie\n"), "visits.csv")
    olu.get(page)
    yield "a file of appointments", olu.post(page, kind="appointments", file=visits)
    yield "a file with a choice that is wrong", olu.send(_action(olu), **{"column:start": "Gone"})


def _action(visitor):
    """Where the form of the page at hand goes."""
    return re.search(r'action="(/clinic/import/[^"]+)"', visitor.page.text)[1]


def identity_pages(olu):
    """What the clinic says of itself; its privacy notice has a page of its own."""
    yield "name, words and rules", olu.get("/clinic/identity")
    yield "what it says now", olu.send("/clinic/identity", privacy_words="We keep little.\n\nAsk us.")
    yield "privacy", olu.get("/privacy")
    olu.get("/clinic/identity")
    yield "as it was before a change", olu.get(olu.link("Put this back"))
    olu.get("/clinic/identity")
    yield "a preview", olu.send("/clinic/identity/preview", accent="#7a2048")
    yield "back from the preview", olu.send("/clinic/identity/draft")
    yield "no logo", olu.post("/clinic/logo")
    olu.get("/clinic/identity")
    yield "name, words and rules with errors", olu.send("/clinic/identity", name="", reminder_hours="soon")


def treatment_pages(olu):
    """What is offered; one is withdrawn, and offered again."""
    yield "treatments", olu.get("/clinic/treatments")
    olu.get(olu.link("Massage"))
    page = olu.page.request.path
    yield "a treatment", olu.send(page, price_1="36")
    yield "a preview of a treatment", olu.send(f"{page}/preview", words="Slow and warm.")
    olu.get(page)
    yield "a treatment with errors", olu.send(page, price_1="cheap")
    yield "a treatment that is withdrawn", olu.post(f"{page}/withdrawal")
    olu.post(f"{page}/offer")
    olu.get("/clinic/treatments")
    olu.get(olu.link("Hips without tummy work"))
    yield "a treatment that others need", olu.post(f"{olu.page.request.path}/withdrawal")
    yield "add a treatment", olu.get("/clinic/treatments/new")


def room_pages(olu):
    """Rooms and where they are; one goes out of use with appointments in it, and comes back."""
    yield "rooms", olu.get("/clinic/rooms")
    olu.get(olu.link("Room 1"))
    yield "a room out of use", olu.send(olu.page.request.path, offered="")
    yield "a room with errors", olu.send(olu.page.request.path, name="")
    olu.send(olu.page.request.path, name="Room 1", offered="y")
    yield "add a room", olu.get("/clinic/rooms/new")
    yield "locations", olu.get("/clinic/locations")
    yield "a location", olu.get(olu.link("Bristol"))
    yield "add a location", olu.get("/clinic/locations/new")
