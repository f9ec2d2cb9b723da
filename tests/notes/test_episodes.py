"""What a client comes for: told in the first note, chosen in the next, closed and come for again."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from clinic.booking.models import Appointment
from clinic.core.audit import SYSTEM, AuditLine
from clinic.core.db import db, writing
from clinic.notes.models import Episode, Signature
from clinic.notes.queries.episodes import episodes_of, trouble_in
from clinic.people.models import Client
from clinic.today.operations import merge
from tests.conftest import NOW
from tests.notes.conftest import AFTERWARDS, WORDS
from tests.rows import rows
from tests.steps import book
from tests.visitor import fields_of

HIP = {
    "complaint": "Front of my hip",
    "complaint_side": "right",
    "onset": "long drives in October",
    "mechanism": "Ten hours at the wheel",
}


def episodes():
    return db.session.scalars(select(Episode)).all()


@pytest.fixture
def signed(ana, path):
    ana.send(f"{path}/signature", **WORDS, **HIP)
    return ana


@pytest.fixture
def next_note(signed, appointment, new_visitor, later):
    """The page of the note a week later."""
    later.move_to(NOW)
    book(new_visitor(), therapist="ana-moreau", at="20260319T1000Z")
    later.move_to(AFTERWARDS + timedelta(days=7))
    with writing():
        second = db.session.scalar(select(Appointment).order_by(Appointment.starts_at.desc()))
        second.client_id = appointment.client_id  # booked as a guest, and the same person
        db.session.commit()
    signed.sign_in("ana")
    signed.get(f"/notes/{second.id}")
    return f"/notes/{second.id}"


def test_the_first_note_proposes_what_was_told_when_booking(ana):
    assert fields_of(ana.page.text)["complaint"] == "it hurts on stairs"


def test_signing_begins_the_episode_and_the_note_names_it_in_its_words(signed, appointment):
    (episode,) = episodes()
    assert episode.client_id == appointment.client_id
    assert episode.begun_at == appointment.starts_at
    assert trouble_in(episode).complaint == "Front of my hip"
    assert "Came for Front of my hip, right, since long drives in October" in signed.text
    assert "Ten hours at the wheel" in signed.text
    signed.get(f"/clients/{appointment.client_id}")
    assert "Front of my hip, right, since long drives in October" in signed.text


def test_a_draft_begins_no_episode_and_a_second_tap_on_sign_no_second(ana, path):
    ana.send(f"{path}/draft", **WORDS, **HIP)
    assert episodes() == []
    ana.get(path)
    page = {**fields_of(ana.page.text), **WORDS}
    for _ in range(2):
        assert ana.post(f"{path}/signature", **page).status_code == 200
    assert len(episodes()) == 1


def test_the_next_note_comes_for_the_same_unless_it_is_told_otherwise(signed, next_note):
    assert "Comes for: Front of my hip, right, since long drives in October" in signed.text
    signed.send(f"{next_note}/signature", subjective="Better", episode=str(episodes()[0].id))
    assert "Came for Front of my hip" in signed.text
    assert len(episodes()) == 1


def test_something_new_begins_another(signed, next_note):
    signed.send(f"{next_note}/signature", subjective="The neck", episode="", complaint="Stiff neck")
    assert "Came for Stiff neck" in signed.text
    assert len(episodes()) == 2


def headings_of_notes(visitor, appointment):
    page = visitor.get(f"/clients/{appointment.client_id}").text
    card = page.partition('id="notes"')[2].partition("</section>")[0]
    return re.findall(r"<h3>(.*?)</h3>|(<summary>)", card)


def test_the_record_puts_notes_under_what_they_came_for_the_latest_first(signed, next_note, appointment):
    heading, note = "Front of my hip, right, since long drives in October", ("", "<summary>")
    assert headings_of_notes(signed, appointment) == [note]
    signed.get(next_note)
    signed.send(f"{next_note}/signature", subjective="The neck", episode="", complaint="Stiff neck")
    assert headings_of_notes(signed, appointment) == [("Stiff neck", ""), note, (heading, ""), note]


def test_the_record_of_somebody_who_comes_for_one_thing_has_no_headings_among_the_notes(signed, next_note, appointment):
    signed.send(f"{next_note}/signature", subjective="Better", episode=str(episodes()[0].id))
    assert headings_of_notes(signed, appointment) == [("", "<summary>")] * 2


def test_nobody_elses_episode_is_ever_named(ana, path, new_visitor):
    ana.send(f"{path}/signature", **WORDS, **{**HIP, "complaint": ""}, episode="00000000-0000-0000-0000-000000000001")
    assert "Came for" not in ana.text
    assert rows()["episode"] == 0


def test_it_is_closed_with_a_word_shown_on_the_record_and_come_for_again(signed, next_note, appointment):
    (episode,) = episodes()
    page = f"/clients/{appointment.client_id}/episodes/{episode.id}/closing"
    signed.get(f"/clients/{appointment.client_id}")
    signed.get(signed.link("Close"))
    assert signed.page.request.path == page
    signed.send(page, reason="Reached what they wanted", status="Drives two hours", advice="Keep walking")
    assert signed.page.request.path == f"/clients/{appointment.client_id}"
    for words in ("Reached what they wanted", "Drives two hours", "Keep walking"):
        assert words in signed.text
    signed.get(next_note)
    assert "Front of my hip, right" not in signed.page.text.partition("<aside")[0]
    assert "Comes for: something new" in signed.text
    signed.get(f"/clients/{appointment.client_id}")
    signed.post(f"/clients/{appointment.client_id}/episodes/{episode.id}/reopening")
    db.session.rollback()
    assert episodes()[0].closed_at is None


def test_closing_asks_why(signed, appointment):
    page = f"/clients/{appointment.client_id}/episodes/{episodes()[0].id}/closing"
    signed.get(page)
    assert signed.send(page, reason="").status_code == 422
    assert "Write why it is closed" in signed.text
    assert episodes()[0].closed_at is None


@pytest.mark.parametrize("name", ["ben", "rosa", "olu"])
def test_nobody_else_closes_it(signed, appointment, new_visitor, name):
    other = new_visitor()
    other.sign_in(name)
    page = f"/clients/{appointment.client_id}/episodes/{episodes()[0].id}"
    refused = 404 if name == "ben" else 403
    assert other.get(f"{page}/closing").status_code == refused
    assert other.post(f"{page}/closing", reason="x").status_code == refused
    assert other.post(f"{page}/reopening").status_code == refused


def test_what_they_come_for_is_sealed_and_stands_in_no_audit_line(signed):
    sealed = bytes(db.session.scalar(select(Episode.content_sealed)))
    document = bytes(db.session.scalar(select(Signature.document_sealed)))
    assert b"hip" not in sealed + document
    trail = " ".join(f"{line.action} {line.subject} {line.detail}" for line in db.session.scalars(select(AuditLine)))
    assert "episode.begun" in trail
    assert "hip" not in trail.lower()


def test_a_client_who_was_two_has_the_episodes_of_both(signed, appointment, new_visitor, later):
    later.move_to(NOW)
    book(new_visitor(), therapist="ana-moreau", at="20260319T1000Z", name="Klara Teacup", email="k@client.test")
    later.move_to(AFTERWARDS + timedelta(days=7))
    second = db.session.scalar(select(Appointment).order_by(Appointment.starts_at.desc()))
    signed.sign_in("ana")
    signed.get(f"/notes/{second.id}")
    signed.send(f"/notes/{second.id}/signature", subjective="x", complaint="Stiff neck")
    kept, other = (db.session.get_one(Client, one.client_id) for one in (appointment, second))
    with writing():
        assert merge(db.session, kept, other, takes_contact=False, now=NOW, by=SYSTEM) == []
        db.session.commit()
    both = {one.trouble.complaint for one in episodes_of(db.session, appointment.client_id)}
    assert both == {"Front of my hip", "Stiff neck"}
