"""The pages on which papers are checked: by the owner, and by somebody from outside."""

import re
from datetime import timedelta

import sqlalchemy as sa

from clinic.booking.operations import ask_for_renewals, ask_for_replacements
from clinic.core.db import db, writing
from clinic.people.models import Therapist
from clinic.qualifications.models import Credential
from tests.conftest import NOW
from tests.letterbox import Letterbox, text_of
from tests.steps import book
from tests.visitor import Visitor


def check_pages(app):
    """The owner checks a paper, revokes it, and asks somebody from outside, who looks at the others."""
    olu, jo, box = Visitor(app), Visitor(app), Letterbox()
    olu.sign_in("olu")
    paper = db.session.scalar(sa.select(Credential.id).join(Therapist).where(Therapist.slug == "ben-okafor").limit(1))
    page = f"/credentials/{paper}/check"
    yield "a paper to check", olu.get(page)
    yield "a check with errors", olu.send(page, outcome="rejected", method="")
    olu.get(page)
    yield "a check that came too late", olu.send(page, outcome="verified", method="original", revision="7")
    yield "a revocation without a reason", olu.send(f"/credentials/{paper}/revocation")
    book(Visitor(app), therapist="ben-okafor", at="20260406T1000Z")
    olu.get(page)
    yield "revoked", olu.send(f"/credentials/{paper}/revocation", reason="It was somebody else's.")
    with app.test_request_context():
        ask_for_replacements(db.session, now=NOW)
    yield "work for want of a therapist", olu.get("/work")
    yield "another therapist is needed", olu.get("/clinic/replacements")
    checkers = "/qualifications/ben-okafor/checkers"
    yield "who checks from outside", olu.get(checkers)
    yield "who checks, with errors", olu.send(checkers)
    olu.get(checkers)
    yield "somebody is asked", olu.send(checkers, name="Jo Field", email="jo@outside.test", relation="tutor")
    while box.round(app, NOW):  # whatever else waits goes first
        pass
    link = next(found[0] for mail in box.mails if (found := re.search(r"/checking/\S+", text_of(mail))))
    yield "papers, by link", jo.get(link)
    jo.get(jo.link("Insurance"))
    yield "a paper, by link", jo.page
    yield "a check by link, with errors", jo.send(jo.page.request.path)
    yield "checked by link", jo.send(jo.page.request.path, outcome="verified", method="body")
    an_end_is_mailed(app, box)
    yield from own_papers(olu, paper)


def an_end_is_mailed(app, box):
    """Ben's insurance ends in thirty days."""
    ends = sa.update(Credential).where(Credential.kind == "insurance", Credential.therapist_id == BEN)
    with writing():
        db.session.execute(ends.values(expires_on=NOW.date() + timedelta(days=30)))
        db.session.commit()
    with app.test_request_context():
        ask_for_renewals(db.session, now=NOW)
    while box.round(app, NOW):
        pass


def own_papers(olu, paper):
    """For a moment Ben's papers are the owner's own."""
    ben = sa.update(Therapist).where(Therapist.slug == "ben-okafor")
    with writing():
        was = db.session.scalar(sa.select(Therapist.account_id).where(Therapist.slug == "ben-okafor"))
        db.session.execute(ben.values(account_id=OWNER))
        db.session.commit()
    yield "their own papers", olu.get(f"/credentials/{paper}/check")
    with writing():
        db.session.execute(ben.values(account_id=was))
        db.session.commit()


OWNER = sa.text("(SELECT id FROM account WHERE role = 'owner' AND email = 'olu@clinic.test')")
BEN = sa.select(Therapist.id).where(Therapist.slug == "ben-okafor").scalar_subquery()
