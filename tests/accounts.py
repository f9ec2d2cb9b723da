"""Clients with an account of their own, as they come by one."""

import re

import sqlalchemy as sa

from clinic.core.db import db, writing
from clinic.core.throttle import SignInTry
from tests.conftest import NOW
from tests.letterbox import Letterbox, text_of
from tests.steps import book

SECRET = "three odd little spoons"
ACCOUNT, SIGN_IN = "/my/accounts/", "/my/sign-in-links/"


def mailed(app, way, *, now=NOW):
    """The address of the link in the mail that came last, of those that lead this way; None where none came."""
    box = Letterbox()
    box.round(app, now)
    found = [re.search(rf"{way}\S+", text_of(mail)) for mail in box.mails]
    return next((one[0] for one in reversed(found) if one), None)


def offered(visitor, **choice_and_typed):
    """Booked as a guest, and asked for an account."""
    book(visitor, **choice_and_typed)
    visitor.get(visitor.link("make an account"))
    return visitor.send(visitor.page.request.path)


def with_account(app, visitor, **choice_and_typed):
    """Booked as a guest, then made an account and signed in to it; their page of appointments."""
    offered(visitor, **choice_and_typed)
    link = mailed(app, ACCOUNT)
    visitor.get(link)
    return visitor.send(link, new=SECRET, accepted="y")


def sign_in(visitor, *, email="clara@client.test", password=SECRET, query=""):
    visitor.get("/my/sign-in")
    return visitor.send(f"/my/sign-in{query}", email=email, password=password)


def sign_in_by_mail(app, visitor, *, email="clara@client.test", now=NOW):
    visitor.get("/my/sign-in-link")
    visitor.send("/my/sign-in-link", email=email)
    link = mailed(app, SIGN_IN, now=now)
    visitor.get(link)
    return visitor.send(link)


def forget_tries():
    """For whoever walks through all of it and signs in as everybody, one after another."""
    with writing():
        db.session.execute(sa.delete(SignInTry))
        db.session.commit()
