"""The pages of consent: read and signed by a link, in the room and in an account; its words; who wants news."""

import sqlalchemy as sa

from clinic.booking.models import Appointment
from clinic.booking.operations import link_of
from clinic.consent.models import Consent
from clinic.core.db import db
from clinic.treatments.models import Treatment
from tests.accounts import with_account
from tests.steps import screen
from tests.visitor import Visitor

WORDS = {
    "what": "Hands sink in.",
    "why": "Some move more easily.",
    "risks": "You may be sore.",
    "approved_by": "Dr Fern, GP",
}
REST = {"instead": "Exercise.", "if_not": "It may stay.", "say": "Say stop."}


def consent_pages(app):
    """Tessa books a release, signs, changes her mind, and signs in the room; the owner changes the words."""
    tessa, ana, olu = Visitor(app), Visitor(app), Visitor(app)
    screen(tessa)
    with_account(app, tessa, slug="psoas-release", at="20260407T1000Z", name="Tessa Quilt", email="tessa@client.test")
    newest = sa.select(Appointment.id, Appointment.client_id).join(Treatment, Treatment.id == Appointment.treatment_id)
    visit, client = db.session.execute(
        newest.where(Treatment.is_release).order_by(Appointment.starts_at.desc())
    ).first()
    path = f"/appointments/{link_of(db.session, visit).token}"
    yield "my consents, one to sign", tessa.get("/my/consents")
    yield "a consent to sign", tessa.get(f"{path}/consent")
    yield "a consent unsigned", tessa.send(f"{path}/consent")
    yield "a consent signed", tessa.send(f"{path}/consent", name="Tessa Quilt", strokes="[[[10,10],[90,60]]]")
    tessa.send(f"{path}/news", news="y")
    yield "consent given", tessa.get(f"{path}/consent")
    yield "my consents", tessa.get("/my/consents")
    yield "my consent", tessa.get(tessa.link("Psoas release"))
    yield from of_the_staff(ana, olu, visit, client)
    tessa.get("/my/consents")
    tessa.send("/my/consents/withdrawal")
    yield "my news", tessa.send("/my/news")
    tessa.post("/my/deletion")


def of_the_staff(ana, olu, visit, client):
    """Ana's side of it, and the owner's."""
    ana.sign_in("ana")
    page = f"/clients/{client}/consents"
    yield "what a client agreed to", ana.get(page)
    yield (
        "one consent",
        ana.get(f"{page}/{db.session.scalar(sa.select(Consent.id).where(Consent.client_id == client))}"),
    )
    yield "consent in the room", ana.get(f"{page}/new?appointment={visit}")
    yield "consent in the room, unsigned", ana.send(page)
    yield "consent in the room, signed", ana.send(page, name="Tessa Quilt", witness="Rosa")
    olu.sign_in("olu")
    text = f"/treatments/{db.session.scalar(sa.select(Treatment.id).where(Treatment.is_release))}/consent"
    yield "the words of consent", olu.get(text)
    yield "the words of consent, with errors", olu.send(text, what="")
    yield "the words of consent, previewed", olu.send(f"{text}/preview", **WORDS, **REST)
    yield "the words of consent, back from the preview", olu.send(f"{text}/draft", **WORDS, **REST)
    yield "the words of consent, changed", olu.send(text, **WORDS, **REST)
    yield "a version of the words", olu.get(f"{text}/2")
    yield "a client at the desk", olu.get(page)
    yield "who wants news", olu.get("/clinic/news")
    yield "who wants news, as a table", olu.get("/clinic/news.csv")
