"""Photos and papers of a visit, beside its note and on a page of their own."""

from datetime import UTC, datetime
from io import BytesIO

import sqlalchemy as sa

from clinic.booking.models import Appointment
from clinic.core.db import db
from tests.papers import picture
from tests.steps import book
from tests.visitor import Visitor


def attachment_pages(app):
    """Ana adds a photo to a visit to come: one that is refused, then one that is kept."""
    book(Visitor(app), at="20260324T1500Z", name="Ada Bead", email="ada@client.test")
    at, ana = datetime(2026, 3, 24, 15, tzinfo=UTC), Visitor(app)
    visit = db.session.scalar(sa.select(Appointment.id).where(Appointment.starts_at == at))
    ana.sign_in("ana")
    page = f"/notes/{visit}/attachments"
    yield "photos and papers, none yet", ana.get(page)
    yield "photos and papers with errors", ana.post(page, about="x" * 200)
    yield "a note with a photo beside it", ana.post(page, about="Left hip", paper=(BytesIO(picture()), "x.jpg"))
    yield "photos and papers", ana.get(page)
