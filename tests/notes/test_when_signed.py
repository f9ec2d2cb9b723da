"""What a note needs before it is signed, how late it was, what waits to be signed, and notes of earlier versions."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from clinic.booking.models import Appointment
from clinic.core import crypto
from clinic.core.audit import AuditLine
from clinic.core.db import db, writing
from clinic.notes import chain
from clinic.notes.models import Signature
from clinic.notes.rules import Content, Treated, late_entry, signing_refusals
from tests.conftest import NOW
from tests.notes.conftest import AFTERWARDS, WORDS
from tests.steps import book

ENDS = datetime(2026, 3, 12, 11, tzinfo=UTC)


def codes(content, **known):
    return [one.code for one in signing_refusals(content, **{"begun": True, "cancelled": False, **known})]


def test_all_that_a_release_lacks_is_told_at_once():
    assert codes(Content(), consent="missing") == ["note_empty", "consent_lacking", "release_place_missing"]
    assert codes(Content(), consent="valid") == ["note_empty", "consent_not_asked_again", "release_place_missing"]


def test_a_release_is_signed_with_a_place_and_its_side():
    whole = {"words": {"plan": "x"}, "asked_again": True}
    assert codes(Content(**whole, treated=(Treated("hip_flexors/left"),)), consent="valid") == []
    assert codes(Content(**whole, treated=(Treated("hip_flexors"),)), consent="valid") == ["release_place_missing"]
    assert codes(Content(words={"plan": "x"})) == []  # any other treatment


def test_each_thing_that_is_missing_leads_to_where_it_is_done(ana, path):
    page = ana.send(f"{path}/signature")
    assert '<a href="#words">There is nothing to sign yet.' in page.text
    assert 'id="words"' in page.text


@given(st.timedeltas(min_value=timedelta(days=-1), max_value=timedelta(days=4000)))
def test_a_note_is_late_when_more_than_a_day_has_gone(after):
    assert late_entry(ENDS, ENDS + after) == (after if after > timedelta(hours=24) else None)


def test_a_late_entry_says_so_on_the_note_on_the_record_and_beside_the_next(ana, path, appointment, later, new_visitor):
    later.move_to(ENDS + timedelta(days=3, hours=2))
    ana.get(path)
    ana.send(f"{path}/signature", **WORDS)
    late = "Late entry: signed 3 days after the visit"
    assert late in ana.text
    assert late in ana.get(f"/clients/{appointment.client_id}").text
    book(new_visitor(), at="20260319T1000Z", name="Clara Teacup", email="clara@client.test")
    with writing():
        newest = db.session.scalar(select(Appointment).order_by(Appointment.starts_at.desc()))
        newest.client_id = appointment.client_id
        db.session.commit()
    assert late in ana.get(f"/notes/{newest.id}").text


def test_what_was_signed_within_the_day_is_no_late_entry(ana, path):
    ana.send(f"{path}/signature", **WORDS)
    assert "Late entry" not in ana.text


def test_what_waits_stands_oldest_first_with_its_age(ana, path, later, new_visitor):
    later.move_to(NOW)
    book(new_visitor(), at="20260313T1000Z", name="Dora Kettle", email="dora@client.test")
    later.move_to(ENDS + timedelta(days=1, hours=2))
    ana.get(path)
    ana.send(f"{path}/draft", **WORDS)
    ana.get("/today")
    ana.get(ana.link("How long they wait"))
    assert ana.text.index("Clara Teacup") < ana.text.index("Dora Kettle")
    assert "a draft Late: 1 day since the visit" in ana.text
    assert "nothing yet 2 hours since the visit" in ana.text
    ana.get(path)
    ana.send(f"{path}/signature", **WORDS)
    assert "Clara Teacup" not in ana.get("/notes").text


def test_the_queue_is_each_therapists_own(path, later, new_visitor):
    ben = new_visitor()
    ben.sign_in("ben")
    assert "Clara Teacup" not in ben.get("/notes").text
    assert "All your notes are signed" in ben.text


@pytest.fixture
def of_version_1(appointment):
    """A note with an amendment, as they were signed before there were slots and reasons."""
    about = {
        "appointment": {
            "id": str(appointment.id),
            "ref": appointment.ref,
            "starts_at": appointment.starts_at.isoformat(),
            "minutes": 60,
            "treatment": "Massage",
        },
        "client": {"id": str(appointment.client_id), "name": "Clara Teacup"},
        "therapist": {"id": appointment.therapist_id, "name": "Ana Moreau"},
        "signed_at": AFTERWARDS.isoformat(),
        "version": 1,
    }
    content = {**WORDS, "pain_on_arrival": 6, "pain_at_end": 2, "treated": ["low_back/left"], "asked_again": False}
    said = [("note", {"content": content}), ("amendment", {"text": "The left side"})]
    with writing():
        before = None
        for number, (kind, words) in enumerate(said, start=1):
            before = _signature(appointment, {**about, **words, "kind": kind, "number": number}, before)
        db.session.commit()


def _signature(appointment, document, before):
    written = chain.canonical(document)
    made = Signature(
        kind=document["kind"],
        appointment_id=appointment.id,
        client_id=appointment.client_id,
        number=document["number"],
        therapist_id=appointment.therapist_id,
        signed_at=AFTERWARDS,
        document=written,
        digest=chain.digest(crypto.keyring(), written, before),
    )
    db.session.add(made)
    action = f"{document['kind']}.signed"
    db.session.add(AuditLine(at=AFTERWARDS, actor="guest", action=action, subject=f"signature:{made.id}", detail={}))
    db.session.flush()
    return made


def test_a_note_of_version_1_shows_all_it_says(of_version_1, ana, path):
    for words in (*WORDS.values(), "on arrival 6", "at the end 2", "ow back", "The left side"):
        assert words in ana.text, words
    assert "Signed by Ana Moreau, Thursday 12 March 2026, 11:30am" in ana.text
    assert "Amendment by Ana Moreau" in ana.text


def test_a_note_of_version_1_is_whole_and_the_chain_goes_on_from_it(of_version_1, ana, path, app):
    ana.send(f"{path}/amendments", text="Something more", why="asked")
    assert "The client asked for it" in ana.text
    answer = app.test_cli_runner().invoke(args=["audit", "verify"])
    assert answer.exit_code == 0, answer.output
