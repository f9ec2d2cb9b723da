"""A client's record: contact and appointments for the staff; what was told, for those who treat them."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from clinic.core.audit import AuditLine
from clinic.core.db import db
from clinic.people.models import Client
from tests.steps import TEN, book, screen

TOLD = ("Groin", "Right", "It hurts on stairs", "Blood thinner", "No deep tummy work", "groin")


@pytest.fixture
def record(visitor):
    """The record of Dmitri, who ticked something, told where it hurts and wrote a word to Ana."""
    screen(visitor, "blood_thinner", query=f"?slot={TEN}.ana-moreau")
    dmitri = {"name": "Dmitri Kettle", "email": "dmitri@client.test", "phone": "0117 496 0002"}
    book(visitor, "hips-without-tummy", **dmitri, area="groin", side="right", word="It hurts on stairs")
    return f"/clients/{db.session.scalar(select(Client.id))}"


def signed_in(new_visitor, name):
    visitor = new_visitor()
    visitor.sign_in(name)
    return visitor


def test_their_therapist_reads_what_was_told_and_decided(record, new_visitor):
    ana = signed_in(new_visitor, "ana")
    ana.get(record)
    for words in ("Dmitri Kettle", "Groin · Right", "It hurts on stairs", "No deep tummy work", "Blood thinner"):
        assert words in ana.text


@pytest.mark.parametrize("name", ["rosa", "olu"])
def test_reception_and_owner_see_contact_and_appointments_and_nothing_that_was_told(record, new_visitor, name):
    staff = signed_in(new_visitor, name)
    for path in (record, "/today?on=2026-03-12", "/today"):
        staff.get(path)
        assert not [words for words in TOLD if words in staff.page.text]
    staff.get(record)
    assert "0117 496 0002" in staff.text
    assert "Hips without tummy work · Ana Moreau" in staff.text


def test_another_therapists_client_is_the_same_as_no_client(record, new_visitor):
    ben = signed_in(new_visitor, "ben")
    anothers, absent = ben.get(record), ben.get(f"/clients/{uuid4()}")
    assert anothers.status_code == 404
    assert anothers.data == absent.data


def test_reading_a_record_leaves_a_line_and_being_refused_leaves_none(record, new_visitor, cast):
    signed_in(new_visitor, "ben").get(record)
    signed_in(new_visitor, "rosa").get(record)
    assert "record.viewed" not in db.session.scalars(select(AuditLine.action)).all()
    signed_in(new_visitor, "ana").get(record)
    line = db.session.scalar(select(AuditLine).where(AuditLine.action == "record.viewed"))
    assert line.subject == f"client:{record.rpartition('/')[2]}"
    assert line.actor == f"account:{cast.ana.account_id}"


def test_the_audit_trail_holds_no_name_and_no_word_of_health(record, new_visitor):
    signed_in(new_visitor, "ana").get(record)
    trail = " ".join(
        f"{line.actor} {line.action} {line.subject} {line.detail}" for line in db.session.scalars(select(AuditLine))
    )
    assert not [words for words in (*TOLD, "Dmitri", "dmitri", "blood") if words in trail]


def test_a_cancelled_visit_stays_on_the_record(record, visitor, new_visitor):
    visitor.get(visitor.link("Cancel it"))
    visitor.send(visitor.page.request.path)
    rosa = signed_in(new_visitor, "rosa")
    rosa.get(record)
    assert "Past and cancelled" in rosa.text
    assert "Thursday 12 March 2026, 10am" in rosa.text


def test_a_stranger_sees_no_record(record, visitor):
    visitor.get(record)
    assert visitor.page.request.path == "/sign-in"
    assert "Dmitri" not in visitor.text
