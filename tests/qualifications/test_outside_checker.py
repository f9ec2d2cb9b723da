"""Somebody from outside checks one therapist's papers by a link, and can do nothing else with it."""

import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from clinic.core.audit import AuditLine
from clinic.core.db import db, writing
from clinic.messages.models import OutgoingMessage
from clinic.people.models import Therapist
from clinic.qualifications.models import Credential, OutsideChecker, Verification
from tests.cast import therapist
from tests.conftest import NOW
from tests.letterbox import Letterbox, text_of
from tests.qualifications.test_checking import GOOD, offers, paper

JO = {"name": "Jo Field", "email": "jo@outside.test", "relation": "tutor"}
ASKED = "/qualifications/cleo-alone/checkers"


@pytest.fixture
def cleo(cast):
    with writing():
        made = therapist(db.session, "Cleo Alone", cast.olu, cast.location, now=NOW, verified=False)
        db.session.commit()
    return made


@pytest.fixture
def olu(new_visitor, cleo):
    visitor = new_visitor()
    visitor.sign_in("olu")
    return visitor


@pytest.fixture
def link(app, olu):
    """Where Jo's link leads."""
    return invited(app, olu)


def invited(app, olu, **changed):
    olu.get(ASKED)
    olu.send(ASKED, **{**JO, **changed})
    assert olu.page.status_code == 200
    box = Letterbox()
    box.round(app, NOW)
    return re.search(r"(/checking/\S+)", text_of(box.mails[-1]))[1]


def test_their_link_comes_by_mail_and_says_whose_papers_and_nothing_of_anybodys_health(app, olu):
    olu.get(ASKED)
    olu.send(ASKED, **JO)
    box = Letterbox()
    box.round(app, NOW)
    (mail,) = box.mails
    assert mail["To"] == "jo@outside.test"
    assert mail["Subject"] == "Cleo Alone asks you to look at their papers"
    assert "good until 10 April 2026" in text_of(mail)
    assert "massage" not in text_of(mail).lower()
    olu.get(ASKED)
    assert "Jo Field, tutor" in olu.text


def test_what_they_check_counts_and_clients_read_who_it_was(olu, visitor, new_visitor, link, cleo):
    jo = new_visitor()
    for kind in ("Diploma", "Insurance"):
        jo.get(link)
        jo.get(jo.link(kind))
        jo.send(jo.page.request.path, **GOOD)
    assert "Checked. It counts from now on." in jo.text
    assert offers(visitor, "Cleo Alone")
    olu.get("/qualifications/cleo-alone")
    assert "Verified by Jo Field, tutor on 11 March 2026: original seen." in olu.text
    lines = db.session.scalars(select(AuditLine).where(AuditLine.action == "credential.verified")).all()
    assert [line.actor for line in lines] == [f"checker:{db.session.scalar(select(OutsideChecker.id))}"] * 2
    assert "Jo" not in str([line.detail for line in lines])


def test_they_see_and_check_nobody_elses_papers(cast, new_visitor, link):
    jo = new_visitor()
    before = db.session.scalars(select(Verification.id)).all()
    jo.get(link)
    assert "Ben" not in jo.text
    theirs = f"{link}/credentials/{paper(cast.ben)}"
    assert jo.get(theirs).status_code == jo.post(theirs, **GOOD, revision="1").status_code == 404
    assert jo.get("/qualifications/cleo-alone").request.path == "/sign-in"
    assert db.session.scalars(select(Verification.id)).all() == before


@pytest.mark.parametrize("how", ["expired", "taken back"])
def test_a_link_that_is_good_no_longer_says_so_kindly_and_checks_nothing(olu, new_visitor, link, cleo, how):
    jo = new_visitor()
    jo.get(link)
    jo.get(jo.link("Diploma"))
    page = jo.page.request.path
    if how == "taken back":
        olu.get(ASKED)
        checker = db.session.scalar(select(OutsideChecker.id))
        olu.post(f"{ASKED}/{checker}/withdrawal")
        assert "the link opens nothing any more" in olu.text
    with time_machine.travel(NOW + timedelta(days=30 if how == "expired" else 0), tick=False):
        assert jo.send(page, **GOOD).status_code == 404
        assert "This link has run out, or was taken back." in jo.text
        assert jo.get(link).status_code == 404
    assert not db.session.scalars(select(Verification).where(Verification.credential_id == paper(cleo))).all()


def test_what_they_checked_stays_when_their_link_is_taken_back_and_a_mail_not_sent_yet_is_not(app, olu, cleo):
    olu.get(ASKED)
    olu.send(ASKED, **JO)
    olu.post(f"{ASKED}/{db.session.scalar(select(OutsideChecker.id))}/withdrawal")
    box = Letterbox()
    box.round(app, NOW)
    assert box.mails == []
    assert db.session.scalar(select(OutgoingMessage.dropped))
    assert len(db.session.scalars(select(AuditLine).where(AuditLine.action.like("checker.%"))).all()) == 2


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"name": ""}, "Enter their name."),
        ({"name": "see www.jo.test"}, "Enter a name, without a web"),
        ({"email": "jo"}, "Enter an email address like"),
        ({"relation": "friend"}, "Choose who they are."),
        ({"email": "CLEO@clinic.test"}, "It has to be somebody else"),
        ({"email": "cleo+papers@clinic.test"}, "It has to be somebody else"),
        ({"email": "olu+jo@clinic.test"}, "It has to be somebody else"),
        ({"email": "ben@clinic.test"}, "It has to be somebody else"),
        ({"name": "cleo  ALONE"}, "It has to be somebody else"),
        ({"name": "Olu"}, "It has to be somebody else"),
    ],
)
def test_nobody_is_asked_who_is_not_somebody_else(olu, changed, says):
    olu.get(ASKED)
    assert olu.send(ASKED, **{**JO, **changed}).status_code == 422
    assert says in olu.text
    assert db.session.scalar(select(OutsideChecker.id)) is None


def test_a_therapist_who_has_the_link_checks_nothing_with_it_while_they_are_known(new_visitor, link, cleo):
    cleos = new_visitor()
    cleos.sign_in("cleo")
    assert cleos.get(link).status_code == 403
    page = f"{link}/credentials/{paper(cleo)}"
    assert cleos.get(page).status_code == cleos.post(page, **GOOD, revision="1").status_code == 403
    assert not db.session.scalars(select(Verification).where(Verification.credential_id == paper(cleo))).all()


def test_links_of_other_kinds_and_made_up_ones_open_nothing(new_visitor, link, cleo):
    jo = new_visitor()
    with writing():
        db.session.get(Therapist, cleo.id).listed = False  # what a link opens does not hang on that
        db.session.commit()
    token = link.removeprefix("/checking/")
    forged = token.partition(".")[0] + "." + "A" * 24
    assert jo.get(link).status_code == 200
    for path in (f"/checking/{forged}", f"/appointments/{token}", f"/invitations/{token}", "/checking/x"):
        assert jo.get(path).status_code == 404
    assert jo.post(f"/checking/{forged}/credentials/{paper(cleo)}", **GOOD, revision="1").status_code == 404


def test_what_was_changed_since_they_looked_is_shown_to_them_anew(new_visitor, link, cleo):
    jo = new_visitor()
    jo.get(f"{link}/credentials/{paper(cleo)}")
    with writing():
        db.session.get(Credential, paper(cleo)).revision += 1
        db.session.commit()
    assert jo.send(jo.page.request.path, **GOOD).status_code == 409
    assert "It was changed since you looked" in jo.text
    assert jo.send(jo.page.request.path, **GOOD).status_code == 200
