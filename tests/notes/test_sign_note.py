"""Signing: once, for good. Then only amendments, beside it."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from clinic.booking.models import Appointment
from clinic.core.audit import AuditLine
from clinic.core.db import db
from clinic.notes.models import NoteDraft, Signature
from tests.conftest import NOW
from tests.notes.conftest import WORDS
from tests.steps import book
from tests.visitor import fields_of


def signatures():
    return db.session.scalars(select(Signature).order_by(Signature.client_id, Signature.number)).all()


def everything_of(signature):
    return {column.name: getattr(signature, column.name) for column in Signature.__table__.columns}


@pytest.fixture
def signed(ana, path):
    ana.send(f"{path}/signature", **WORDS, pain_on_arrival="6", pain_at_end="2", **{"treated-0-place": "low_back/left"})
    return ana


def test_a_signed_note_shows_what_was_written_by_whom_and_when(signed):
    assert signed.page.status_code == 200
    for words in (*WORDS.values(), "on arrival 6", "at the end 2", "Low back, left"):
        assert words in signed.text
    assert "Signed by Ana Moreau, Thursday 12 March 2026, 11:30am" in signed.text
    assert fields_of(signed.page.text).get("revision") is None
    assert db.session.scalar(select(func.count()).select_from(NoteDraft)) == 0


def test_an_empty_note_is_not_signed(ana, path):
    page = ana.send(f"{path}/signature")
    assert page.status_code == 409
    assert "nothing to sign yet" in ana.text
    assert signatures() == []


def test_a_second_tap_on_sign_signs_nothing_more(ana, path):
    page = ana.page.text
    for _ in range(2):
        answer = ana.post(f"{path}/signature", **{**fields_of(page), **WORDS})
        assert answer.status_code == 200
    assert len(signatures()) == 1


def test_words_that_come_after_the_signature_go_into_an_amendment_and_are_not_lost(signed, path):
    page = signed.post(f"{path}/signature", subjective="another page, still open", key="k", revision="1")
    assert page.status_code == 409
    assert "signed already" in signed.text
    assert "Subjective: another page, still open" in page.text
    saved = signed._request(
        "POST",
        f"{path}/draft",
        data={**fields_of(page.text), "subjective": "x"},
        headers={"Accept": "application/json"},
    )
    assert saved.status_code == 409
    assert len(signatures()) == 1


def test_nothing_that_is_asked_of_the_clinic_changes_a_signed_note(signed, path, app, later):
    before = [everything_of(one) for one in signatures()]
    db.session.rollback()
    later.shift(timedelta(days=1))
    for page in ("draft", "signature"):
        signed.post(f"{path}/{page}", subjective="changed", key="k", revision="9")
    signed.post(f"{path}/amendments", text="Felt it the next day", why="later")
    for command in (["worker", "--once"], ["audit", "verify"]):
        app.test_cli_runner().invoke(args=command)
    signed.get(path)
    assert [everything_of(one) for one in signatures()][:1] == before
    assert "Front of the right hip since long drives" in signed.text


def test_an_amendment_stands_beside_the_note_with_name_and_time(signed, path, later):
    later.shift(timedelta(hours=2))
    signed.get(path)
    signed.send(f"{path}/amendments", text="The left side, not the right", why="later")
    assert "Amendment by Ana Moreau, Thursday 12 March 2026, 1:30pm" in signed.text
    assert "The left side, not the right" in signed.text
    assert WORDS["subjective"] in signed.text
    assert [(one.kind, one.number) for one in signatures()] == [("note", 1), ("amendment", 2)]


def test_an_amendment_needs_words_and_a_signed_note(ana, path, signed):
    page = signed.send(f"{path}/amendments", text=" ", why="later")
    assert page.status_code == 422
    assert "Write what is to stand beside the note." in signed.text
    assert len(signatures()) == 1


def test_an_unsigned_note_takes_no_amendment(ana, path):
    ana.send(f"{path}/amendments", text="too soon", why="later")
    assert signatures() == []


def test_signing_leaves_a_line_that_names_the_signature_and_no_word(signed):
    line = db.session.scalar(select(AuditLine).where(AuditLine.action == "note.signed"))
    assert line.subject == f"signature:{signatures()[0].id}"
    assert line.detail == {}


def test_a_cancelled_appointment_has_nothing_to_sign_for(appointment, path, new_visitor, later):
    client = new_visitor()
    later.move_to(NOW)
    book(client, at="20260313T1000Z", name="Clara Cancelled", email="c@client.test")
    client.get(client.link("Cancel it"))
    client.send(client.page.request.path)
    cancelled = db.session.scalar(select(Appointment).where(Appointment.cancellation.has()))
    visitor = new_visitor()
    visitor.sign_in("ana")
    later.move_to(NOW + timedelta(days=3))
    visitor.get(f"/notes/{cancelled.id}")
    page = visitor.send(f"/notes/{cancelled.id}/signature", **WORDS)
    assert page.status_code == 409
    assert "was cancelled" in visitor.text


def test_the_last_note_and_the_course_of_pain_stand_beside_the_next(signed, path, appointment, later, new_visitor):
    from clinic.core.db import writing

    for week, (arrival, end) in enumerate(((5, 3), (3, 1)), start=1):
        later.move_to(NOW + timedelta(days=7 * week))
        book(new_visitor(), at=f"202603{12 + 7 * week}T1000Z", name="Clara Teacup", email="clara@client.test")
        with writing():
            newest = db.session.scalar(select(Appointment).order_by(Appointment.starts_at.desc()))
            newest.client_id = appointment.client_id
            db.session.commit()
        later.move_to(newest.ends_at)
        signed.get(f"/notes/{newest.id}")
        assert "Last note" in signed.text
        if week == 1:
            assert WORDS["subjective"] in signed.text
        signed.send(
            f"/notes/{newest.id}/signature", subjective=f"week {week}", pain_on_arrival=arrival, pain_at_end=end
        )
    signed.get(f"/clients/{appointment.client_id}")
    assert "Meaningful improvement since the first visit" in signed.text
    assert "<svg" in signed.page.text
    assert [one.number for one in signatures()] == [1, 2, 3]
