"""Clara was treated by Ana on Thursday at ten, and her note is signed; Dr Howe stands in the directory."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
import sqlalchemy as sa
import time_machine
from pypdf import PdfReader

from clinic.booking.models import Appointment
from clinic.core.db import db, writing
from clinic.referrals.models import Contact, Letter
from tests.steps import book

AFTERWARDS = datetime(2026, 3, 12, 11, 30, tzinfo=UTC)
WORDS = {
    "subjective": "Front of the right hip since long drives",
    "objective": "Resisted hip flexion right weak",
    "plan": "Again in a week",
}
NOBODY = "00000000-0000-0000-0000-000000000000"


@pytest.fixture
def later(app):
    """The clock, after the treatment."""
    with time_machine.travel(AFTERWARDS, tick=False) as clock:
        yield clock


@pytest.fixture
def client_id(cast, new_visitor):
    """Clara's."""
    book(new_visitor(), therapist="ana-moreau")
    return db.session.scalar(sa.select(Appointment.client_id))


@pytest.fixture
def howe(app):
    """Dr Howe's number in the directory."""
    with writing():
        howe = Contact(kind="gp", name="Dr Howe", practice="Hill Surgery", address="2 Hill Road\nBristol")
        db.session.add(howe)
        db.session.commit()
    return howe.id


@pytest.fixture
def ana(client_id, howe, later, new_visitor):
    """Ana, who has signed the note."""
    visitor, note = new_visitor(), db.session.scalar(sa.select(Appointment.id))
    visitor.sign_in("ana")
    visitor.get(f"/notes/{note}")
    visitor.send(f"/notes/{note}/signature", **WORDS, pain_on_arrival="6")
    return visitor


@pytest.fixture
def draft(ana, client_id, howe):
    """The address of a referral to Dr Howe that Ana has begun."""
    ana.get(f"/clients/{client_id}/letters")
    ana.send(f"/clients/{client_id}/letters", kind="referral", contact=str(howe))
    return ana.page.request.path


@pytest.fixture
def filed(ana, draft):
    ana.get(draft)
    ana.send(f"{draft}/filing", asked="Please look at the right hip")
    return draft


def agree(visitor, letter, **told):
    visitor.get(letter)
    return visitor.send(f"{letter}/consent", **{"way": "person", "to": "All of it", **told})


def paper(visitor, letter):
    """The answer, and the words of its pages; then the letter's own page is open again."""
    answer = visitor.get(f"{letter}/paper")
    visitor.get(letter)
    return answer, "\n".join(page.extract_text() for page in PdfReader(BytesIO(answer.data)).pages)


def the_letter():
    return db.session.scalars(sa.select(Letter)).one()
