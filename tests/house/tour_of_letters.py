"""The directory of contacts, and a letter from its first words until it is released."""

from datetime import UTC, datetime

import sqlalchemy as sa

from clinic.booking.models import Appointment
from clinic.core.db import db
from clinic.referrals.models import Contact
from tests.steps import book
from tests.visitor import Visitor

SOMEBODY = {"kind": "gp", "name": "Dr Howe", "practice": "Hill Surgery", "phone": "0117 496 0123", "about": "Hips"}


def letter_pages(app):
    """Ana adds a GP, writes them a letter, and releases it once Ada agreed."""
    book(Visitor(app), at="20260324T1300Z", name="Ada Bead", email="ada@client.test")
    ana = Visitor(app)
    ana.sign_in("ana")
    yield "contacts, none yet", ana.get("/contacts")
    yield "a contact to be", ana.get("/contacts/new")
    yield "a contact with errors", ana.send("/contacts")
    yield "contacts", ana.send("/contacts", **SOMEBODY)
    yield "a contact", ana.get(ana.link("Dr Howe"))
    somebody = ana.page.request.path
    yield "contacts put away", ana.post(f"{somebody}/departure")
    yield "a contact put away", ana.get(somebody)
    yield "no contact found", ana.get("/contacts?q=nobody")
    ana.post(f"{somebody}/return")
    at = datetime(2026, 3, 24, 13, tzinfo=UTC)
    client = db.session.scalar(sa.select(Appointment.client_id).where(Appointment.starts_at == at))
    yield from pages_of_one(ana, f"/clients/{client}/letters")


def pages_of_one(ana, page):
    yield "letters, none yet", ana.get(page)
    yield "letters with errors", ana.send(page, kind="")
    ana.get(page)
    yield "a letter begun", ana.send(page, kind="referral", contact="")
    letter = ana.page.request.path
    yield "a letter with errors", ana.send(f"{letter}/filing", found="Sore")
    howe = db.session.scalar(sa.select(Contact.id))
    yield "a letter that waits for consent", ana.send(f"{letter}/filing", found="Sore", contact=howe)
    yield "consent with errors", ana.send(f"{letter}/consent", who="")
    yield "a letter that may go", ana.send(f"{letter}/consent", who="Ada", way="phone", to="All of it")
    yield "consent taken back", ana.post(f"{letter}/consent/withdrawal")
    ana.send(f"{letter}/consent", who="Ada", way="phone", to="All of it")
    yield "a letter released", ana.post(f"{letter}/release")
    yield "letters", ana.get(page)
