"""The pages of a client's own account."""

import sqlalchemy as sa

from clinic.booking.models import Appointment
from clinic.booking.operations import link_of as manage_link_of
from clinic.core.db import db
from tests.accounts import ACCOUNT, SECRET, SIGN_IN, mailed
from tests.visitor import Visitor


def account_pages(app):
    """An account made, used, and deleted."""
    visitor, booked = Visitor(app), db.session.scalar(sa.select(Appointment).order_by(Appointment.starts_at))
    offer = f"/appointments/{manage_link_of(db.session, booked.id).token}/account"
    yield "account offered", visitor.get(offer)
    yield "look into your mail", visitor.send(offer)
    link = mailed(app, ACCOUNT)
    yield "new account, by a link that is over", visitor.get(f"{link}none")
    yield "new account", visitor.get(link)
    yield "new account with errors", visitor.send(link, new="short")
    yield "my appointments", visitor.send(link, new=SECRET, accepted="y")
    for page in ("plan", "answers", "details", "record-views", "password", "deletion"):
        yield f"my {page}", visitor.get(f"/my/{page}")
    yield "my details with errors", visitor.post("/my/details", name="")
    yield "my password with errors", visitor.post("/my/password", old="wrong", new="wrong")
    visitor.get(offer)
    visitor.send(offer)
    yield "account exists", visitor.get(mailed(app, ACCOUNT))
    yield from mailed_link_pages(app, booked.client.email)
    yield "account deleted", visitor.post("/my/deletion")


def mailed_link_pages(app, email):
    """Signing in by a link in a mail."""
    visitor = Visitor(app)
    yield "my sign in with errors", visitor.post("/my/sign-in")
    yield "link to sign in", visitor.get("/my/sign-in-link")
    visitor.send("/my/sign-in-link", email=email)
    link = mailed(app, SIGN_IN)
    yield "mailed link that is over", visitor.get(f"{link}none")
    yield "mailed link", visitor.get(link)
    yield "my appointments, by a link", visitor.send(link)
