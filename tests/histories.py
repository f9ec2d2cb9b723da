"""A health history as clients tell it, for tests that begin while it is told or once it was."""

import re

import sqlalchemy as sa

from clinic.booking.models import Appointment
from clinic.booking.operations import link_of
from clinic.core.db import db

# What somebody says who is well and only wants a massage; each page takes what is its own.
WELL = {
    "accepted": "y",
    "born": "1990-05-04",
    "sex": "man",
    "list.now": "none",
    "list.heart": "none",
    "list.inside": "none",
    "list.body": "none",
    "list.general": "none",
    "list.today": "none",
    "ever": "none",
    "smoking": "never",
    "scan": "none",
    "pregnancy": "no",
    "pain": "no",
    "medicines": "none",
    "operations": "none",
    "seated": "6",
}
# What somebody says besides whose low back hurts.
SORE = {
    "pain": "yes",
    "marks": "low_back/left",
    "marks-low_back/left-kind": "dull",
    "marks-low_back/left-strength": "6",
    "since": "months",
    "began": "slowly",
    "before_50": "yes",
    "course": "comes_and_goes",
    "worse": ["sitting", "stairs"],
    "better": "lying",
    "morning": "short",
    "night": "no",
    "spread": "no",
    "nerves": "none",
    "tissue": "muscle",
    "tried": ["massage", "roller"],
    "helped.massage": "a_while",
    "helped.roller": "no",
}


def home_of(name="Clara Teacup"):
    """Where the link in their mail leads to it."""
    booked = sa.select(Appointment).join(Appointment.client).where(sa.text("client.name = :name"))
    found = db.session.scalars(booked.order_by(Appointment.booked_at.desc()), {"name": name}).first()
    return f"/appointments/{link_of(db.session, found.id).token}/health"


def fields_here(visitor):
    return set(re.findall(r'\sname="([^"]+)"', visitor.page.text))


def answer(visitor, **said):
    """Send the page at hand, saying of all this what it asks."""
    here = fields_here(visitor)
    return visitor.send(visitor.page.request.path, **{name: value for name, value in said.items() if name in here})


def fill_in(visitor, home, **said):
    """Begin, or go on, page by page until none is left; what was seen on the way."""
    seen = [visitor.get(home)]
    while begins := re.search(rf'href="({home}/\d+)">\s*(?:Begin|Go on|Tell us anew)<', visitor.page.text):
        visitor.get(begins[1])
        while visitor.page.request.path != home:
            before = visitor.page.request.path
            seen.append(answer(visitor, **{**WELL, **said}))
            assert visitor.page.request.path != before, visitor.text[:300]
    return seen


def tell(visitor, home, **said):
    """All of it, sent; the page that comes last."""
    fill_in(visitor, home, **said)
    return visitor.send(f"{home}/completion")
