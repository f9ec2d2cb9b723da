"""A therapist puts aside what a client told: how, until when, and taken back; reception never sees any of it."""

import re
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import select

from clinic.booking.models import Appointment
from clinic.booking.operations import heed
from clinic.core.audit import GUEST, AuditLine
from clinic.core.db import db, writing
from clinic.intake.models import Clearance
from clinic.people.models import Client
from clinic.work.models import WorkItem
from tests.conftest import NOW
from tests.tellings import tell


@pytest.fixture
def clara(release):
    return release[0].client_id


@pytest.fixture
def ana(signed_in):
    return signed_in("ana")


def told(client_id, *facts):
    tell(client_id, *facts)
    with writing():
        heed(db.session, db.session.get_one(Client, client_id), now=NOW, by=GUEST)
        db.session.commit()


def put_aside(visitor, client_id, reason, way="call", **more):
    visitor.get(f"/clients/{client_id}/clearances")
    return visitor.post(f"/clients/{client_id}/clearances", reason=reason, way=way, **more)


def kept():
    db.session.rollback()
    return db.session.scalars(select(Clearance).order_by(Clearance.given_at, Clearance.id)).all()


def the_visit():
    db.session.rollback()
    return db.session.scalars(select(Appointment)).one()


def test_after_a_call_the_visit_is_the_release_again_in_one_tap(clara, ana, cast):
    told(clara, "tummy_unexplained")
    assert the_visit().treatment_id == cast.alternative.id
    put_aside(ana, clara, "tummy_unexplained", note="Her doctor found nothing.")
    assert "Put aside." in ana.text
    assert "Her doctor found nothing." in ana.text
    ana.send(f"/diary/appointments/{the_visit().id}/treatment")
    assert "It is the release now" in ana.text
    assert the_visit().treatment_id == cast.release.id


def test_the_call_is_done_with_once_no_reason_for_it_stands(clara, ana):
    told(clara, "tummy_unexplained", "slipped_vertebra")
    put_aside(ana, clara, "tummy_unexplained")
    assert db.session.scalars(select(WorkItem.done_at)).all() == [None]
    put_aside(ana, clara, "slipped_vertebra", "in_person")
    assert db.session.scalars(select(WorkItem.done_at)).all() == [NOW]


def test_while_anything_stands_no_button_makes_it_the_release_and_a_post_is_refused(clara, ana, cast):
    told(clara, "tummy_unexplained", "aspirin")
    put_aside(ana, clara, "tummy_unexplained")
    assert "Make it" not in ana.text
    ana.post(f"/diary/appointments/{the_visit().id}/treatment", release=cast.release.id)
    assert "deep tummy work is left out" in ana.text
    assert the_visit().treatment_id == cast.alternative.id


@pytest.mark.parametrize("way", ["letter", "in_person", "override"])
def test_aspirin_is_put_aside_by_a_call_and_by_nothing_else(clara, ana, way):
    told(clara, "aspirin")
    assert put_aside(ana, clara, "aspirin", way, note="Why not").status_code == 409
    assert kept() == []
    put_aside(ana, clara, "aspirin")
    assert [one.way for one in kept()] == ["call"]


@pytest.mark.parametrize("fact", ["pregnant", "fever", "aneurysm_risk", "nothing_of_the_kind"])
@pytest.mark.parametrize("way", ["call", "override"])
def test_what_is_absolute_what_a_doctor_looks_at_and_what_a_scan_answers_is_not_put_aside(clara, ana, fact, way):
    told(clara, fact, "aspirin")
    assert put_aside(ana, clara, fact, way, note="Because").status_code in {409, 422}
    assert kept() == []


def test_against_the_list_only_with_a_reason(clara, ana):
    told(clara, "steroids_long")
    assert put_aside(ana, clara, "steroids", "override").status_code == 409
    assert "Say why" in ana.text
    put_aside(ana, clara, "steroids", "override", note="Two weeks only, long ago")
    assert "Against the list" in ana.text


def test_what_is_put_aside_can_be_taken_back_and_then_a_release_becomes_its_alternative(clara, ana, cast):
    told(clara, "tummy_unexplained")
    put_aside(ana, clara, "tummy_unexplained")
    ana.send(f"/diary/appointments/{the_visit().id}/treatment")
    ana.get(f"/clients/{clara}/clearances")
    address = re.search(r"/clearances/[\w-]+/revocation", ana.page.text)[0]
    for _ in range(2):
        ana.post(address)
    assert "Taken back by Ana Moreau" in ana.text
    assert the_visit().treatment_id == cast.alternative.id
    assert [one.revoked_at for one in kept()] == [NOW]


def test_a_letter_is_drawn_anew_and_comes_only_as_a_file(clara, ana):
    told(clara, "tummy_unexplained")
    picture = BytesIO()
    Image.new("RGB", (60, 40), "white").save(picture, "JPEG")
    ana.get(f"/clients/{clara}/clearances")
    picture.seek(0)
    ana.post(f"/clients/{clara}/clearances", reason="tummy_unexplained", way="letter", letter=(picture, "scan.jpg"))
    answer = ana.get(ana.link("The letter"))
    assert answer.headers["Content-Disposition"] == "attachment; filename=letter.jpg"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_the_trail_says_who_and_how_and_never_what(clara, ana):
    told(clara, "aspirin")
    put_aside(ana, clara, "aspirin", note="Her cardiologist agrees")
    line = db.session.scalars(select(AuditLine).where(AuditLine.action == "clearance.given")).one()
    assert line.detail == {"clearance": str(kept()[0].id), "way": "call"}
    assert b"aspirin" not in kept()[0].content_sealed


def test_what_was_not_filled_in_is_told_and_nothing_is_kept(clara, ana):
    told(clara, "aspirin")
    ana.get(f"/clients/{clara}/clearances")
    assert ana.post(f"/clients/{clara}/clearances", good_until="2026-01-01").status_code == 422
    assert "Say how." in ana.text
    assert "Enter a day that is still to come." in ana.text
    assert kept() == []


def test_other_therapists_and_reception_find_no_such_page(clara, signed_in):
    told(clara, "aspirin")
    assert signed_in("ben").get(f"/clients/{clara}/clearances").status_code == 404
    assert signed_in("rosa").get(f"/clients/{clara}/clearances").status_code == 403


def test_whoever_opens_the_page_is_kept_in_the_trail(clara, ana):
    ana.get(f"/clients/{clara}/clearances")
    lines = db.session.scalars(select(AuditLine).where(AuditLine.action == "record.viewed")).all()
    assert [line.subject for line in lines] == [f"client:{clara}"]


def test_what_was_put_aside_against_the_list_is_shown_at_each_opening_of_the_record(clara, ana, signed_in):
    told(clara, "steroids_long")
    put_aside(ana, clara, "steroids", "override", note="Two weeks only, long ago")
    assert "Two weeks only, long ago" in ana.get(f"/clients/{clara}").text
    assert "Two weeks only" not in signed_in("rosa").get(f"/clients/{clara}").text
    ana.get(f"/clients/{clara}/clearances")
    ana.post(re.search(r"/clearances/[\w-]+/revocation", ana.page.text)[0])
    assert "Two weeks only" not in ana.get(f"/clients/{clara}").text
