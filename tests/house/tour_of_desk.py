"""Whoever rings is booked at the desk."""

import sqlalchemy as sa

from clinic.core.db import db
from clinic.people.models import Client
from tests.house.tour_of_tablet import tablet_pages
from tests.visitor import Visitor


def desk_pages(app):
    """Booking at the desk: looked for, taken down, asked for safety, refused, booked."""
    rosa, page, book_it = Visitor(app), "/diary/booking", "/diary/bookings"
    rosa.sign_in("rosa")
    yield "book someone", rosa.get(page)
    rosa.get(f"{page}?q=clara")
    yield "a known client at the desk", rosa.get(rosa.link("Clara Teacup"))
    yield "too late at the desk", rosa.send(book_it, slot="by-hand", on="2026-03-13", time="20:00", length="45")
    yield "somebody new", rosa.get(f"{page}?new=Clara%20Teacup&treatment=psoas-release&minutes=60")
    slot = "20260325T1000Z.ana-moreau"
    yield "known already?", rosa.send(book_it, slot=slot, phone="0117 496 0123")
    yield "read aloud", rosa.send(book_it, slot=slot)
    none = {"now": "none", "tummy": "none", "who": "none"}
    yield "read aloud, with errors", rosa.send(book_it, slot=slot)
    yield "emergency at the desk", rosa.send(book_it, slot=slot, **{**none, "now": "chest_or_sudden"})
    yield "the other treatment at the desk", rosa.send(book_it, slot=slot, **{**none, "who": "under_18"})
    yield "booked at the desk", rosa.send(book_it, slot=slot)
    rosa.get(f"{page}?new=Nils&treatment=psoas-release&minutes=60")
    typed = {"slot": "20260325T1400Z.ana-moreau", "read_aloud": "20260325T1400Z.ana-moreau", "phone": "0117 496 0123"}
    yield "doctor first, at the desk", rosa.send(book_it, **{**none, **typed, "now": "unwell_with_pain", "seen": ids()})
    yield from tablet_pages(rosa)


def ids():
    """Of all clients: each was seen and is somebody else."""
    return " ".join(str(one) for one in db.session.scalars(sa.select(Client.id)))
