"""The directory of those whom clients are sent to: kept by all of the staff, searched, put away and brought back."""

import pytest
import sqlalchemy as sa

from clinic.core.audit import AuditLine
from clinic.core.db import db
from clinic.referrals.models import Contact
from tests.visitor import Visitor

KIT = {"kind": "physio", "name": "Kit Łęcki", "practice": "Bristol Physio", "phone": "0117 496 0123", "about": "Hips"}


@pytest.fixture
def rosa(app, cast):
    visitor = Visitor(app)
    visitor.sign_in("rosa")
    return visitor


def add(visitor, **told):
    visitor.get("/contacts/new")
    return visitor.send("/contacts", **{**KIT, **told})


def contacts():
    return db.session.scalars(sa.select(Contact).order_by(Contact.id)).all()


@pytest.mark.parametrize("who", ["rosa", "ana", "olu"])
def test_anybody_of_the_staff_adds_and_changes_somebody(app, cast, who):
    visitor = Visitor(app)
    visitor.sign_in(who)
    add(visitor)
    assert "Kit Łęcki is in the directory." in visitor.text
    visitor.get(visitor.link("Kit Łęcki"))
    visitor.send(visitor.page.request.path, practice="Clifton Physio", kind="physio")
    assert "Clifton Physio" in visitor.text
    lines = db.session.scalars(sa.select(AuditLine.action).where(AuditLine.subject == f"contact:{contacts()[0].id}"))
    assert sorted(lines) == ["contact.added", "contact.changed"]


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"name": ""}, "Enter a name."),
        ({"name": "x" * 121}, "120 characters"),
        ({"kind": ""}, "Choose what they are."),
        ({"kind": "wizard"}, "There is a problem"),
        ({"email": "nobody"}, "name@example.com"),
        ({"phone": "12"}, "phone number with its area code"),
    ],
)
def test_what_cannot_be_right_is_told_at_the_field_and_nothing_is_lost(rosa, told, words):
    assert add(rosa, **told).status_code == 422
    assert words in rosa.text
    assert "Bristol Physio" in rosa.page.text
    assert contacts() == []


@pytest.mark.parametrize("wanted", ["łecki", "ŁĘCKI", "hips physio", "01174960123", "physiother"])
def test_somebody_is_found_by_any_word_of_theirs(rosa, wanted):
    add(rosa)
    add(rosa, name="Jo Field", kind="yoga", practice="", about="", phone="")
    rosa.get(f"/contacts?q={wanted}")
    assert "Kit Łęcki" in rosa.text
    assert "Jo Field" not in rosa.text
    rosa.get("/contacts?q=nobody")
    assert "Nobody was found" in rosa.text


def test_whoever_is_put_away_is_at_the_end_and_can_come_back(rosa):
    add(rosa)
    page = rosa.link("Kit Łęcki") if rosa.get("/contacts") else ""
    rosa.get(page)
    rosa.post(f"{page}/departure")
    assert "Put away (1)" in rosa.text
    rosa.get(page)
    rosa.post(f"{page}/return")
    assert "Put away (1)" not in rosa.text
    assert [one.gone_at for one in contacts()] == [None]


def test_the_list_is_by_kind_and_then_by_name(rosa):
    for kind, name in (("yoga", "Ann"), ("gp", "Zed"), ("gp", "Bea")):
        add(rosa, kind=kind, name=name)
    rosa.get("/contacts")
    assert [word for word in rosa.text.split() if word in {"Ann", "Zed", "Bea"}][-3:] == ["Bea", "Zed", "Ann"]
