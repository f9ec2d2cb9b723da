"""The words of a note: its format, what is copied from the last one, and remarks for oneself."""

from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from clinic.booking.models import Appointment
from clinic.core.db import db, writing
from clinic.notes.catalogue.formats import Format, Part, shipped
from clinic.notes.models import NoteDraft, NoteFormat, Phrase, Signature
from clinic.notes.queries import content_of
from clinic.notes.rules import Content, turned_to
from clinic.people.models import Therapist
from tests.conftest import NOW
from tests.notes.conftest import AFTERWARDS, WORDS
from tests.steps import book
from tests.visitor import fields_of

SOAP, DAP, FREE = shipped().values()
IDS = st.sampled_from(["subjective", "objective", "assessment", "plan", "part_x1", "part_x2"])
FORMATS = st.builds(
    lambda ids: Format("own", 1, "Own", tuple(Part(one, f"Label of {one}") for one in ids)),
    st.lists(IDS, min_size=1, unique=True),
)


def bens_id():
    return db.session.scalar(select(Therapist.id).where(Therapist.slug == "ben-okafor"))


def kept():
    return content_of(db.session.scalar(select(NoteDraft)))


@given(FORMATS, FORMATS, st.data())
def test_a_note_goes_into_any_other_format_and_no_word_is_lost(now, then, data):
    words = {part.id: data.draw(st.text("ab\n", min_size=1), label=part.label) for part in now.parts}
    turned = turned_to(Content(words=words, format="own"), now, then)
    assert turned.words.keys() <= {part.id for part in then.parts}
    everything = "\n".join(turned.words.values())
    assert all(text in everything for text in words.values())
    assert all(
        turned.words[id_] == text for id_, text in words.items() if id_ in turned.words and id_ != then.parts[0].id
    )


def test_what_has_no_place_in_the_other_format_stands_in_its_first_part_with_its_label(ana, path):
    ana.send(f"{path}/draft", **WORDS, format_wanted="dap/1", turn="format")
    assert kept().words["part_data"] == (
        "Subjective: Front of the right hip since long drives\nObjective: Resisted hip flexion right weak"
    )
    assert kept().words["plan"] == "Again in a week"
    assert (kept().format, kept().format_number) == ("dap", 1)
    assert "Data" in ana.text
    assert "Objective" not in fields_of(ana.page.text)


def test_whoever_changed_the_format_of_one_note_begins_the_next_in_it(ana, path, appointment, new_visitor, later):
    ana.send(f"{path}/draft", format_wanted="free/1", turn="format")
    later.move_to(NOW)
    book(new_visitor(), at="20260313T1000Z", name="Nils Butterdish", email="nils@client.test")
    newest = db.session.scalar(select(Appointment.id).where(Appointment.id != appointment.id))
    later.move_to(AFTERWARDS)
    fields = fields_of(ana.get(f"/notes/{newest}").text)
    assert "part_free" in ana.page.text
    assert fields["format"] == "free/1"


def test_a_choice_of_format_alone_changes_nothing_until_its_button_is_pressed(ana, path):
    ana.send(f"{path}/draft", **WORDS, format_wanted="dap/1")
    assert kept().words == WORDS
    assert kept().format == "soap"


def test_a_format_that_is_too_short_for_what_was_written_is_refused_and_nothing_is_lost(ana, path):
    ana.send(f"{path}/draft", format_wanted="free/1", turn="format")
    long = "word " * 1400
    page = ana.send(f"{path}/draft", part_free=long, format_wanted="soap/1", turn="format")
    assert page.status_code == 422
    assert "does not fit into this format" in ana.text
    assert kept().words == {"part_free": long.strip()}


def test_a_format_nobody_knows_is_written_as_the_usual_one(ana, path):
    for unknown in ("gone/1", "soap/99999999999", "soap/x", ""):
        ana.send(f"{path}/draft", **WORDS, format=unknown, format_wanted=unknown, turn="format")
        assert kept().words == WORDS


def test_a_signed_note_keeps_the_labels_it_was_written_under(ana, path, cast):
    with writing():
        own = {"code": "soap", "number": 2, "name": "SOAP", "offered": True, "made_at": NOW, "made_by_id": cast.olu.id}
        parts = [{"id": "part_x1", "label": "What they say", "hint": ""}, {"id": "plan", "label": "Next", "hint": ""}]
        db.session.add(NoteFormat(**own, parts=parts))
        db.session.commit()
    ana.get(path)
    ana.send(f"{path}/signature", part_x1="Better since Monday", plan="Again in a week")
    with writing():
        newer = {**own, "number": 3, "parts": [{"id": "part_x1", "label": "Renamed", "hint": ""}]}
        db.session.add(NoteFormat(**newer))
        db.session.commit()
    for page in (path, f"/clients/{db.session.scalar(select(Signature.client_id))}"):
        ana.get(page)
        assert "What they say Better since Monday Next Again in a week" in ana.text
        assert "Renamed" not in ana.text


@pytest.fixture
def next_path(ana, path, appointment, later, new_visitor):
    """Clara's next visit, a week after a signed note."""
    ana.send(f"{path}/signature", **WORDS, private="She was sad")
    later.move_to(NOW + timedelta(days=7))
    book(new_visitor(), at="20260319T1000Z", name="Clara Teacup", email="clara@client.test")
    with writing():
        newest = db.session.scalar(select(Appointment).order_by(Appointment.starts_at.desc()))
        newest.client_id = appointment.client_id
        db.session.commit()
    later.move_to(newest.ends_at)
    ana.get(f"/notes/{newest.id}")
    return f"/notes/{newest.id}"


def test_a_part_is_copied_from_the_last_note_and_says_so_until_it_is_touched(ana, next_path):
    assert "copy from 12 Mar" in ana.text
    ana.send(f"{next_path}/draft", copy="plan")
    assert kept().words == {"plan": WORDS["plan"]}
    assert kept().copied == ("plan",)
    assert "copied from 12 Mar, not changed yet" in ana.text
    mark = next(mark for mark in marks_on(ana.page.text) if mark)
    ana.send(f"{next_path}/draft", plan=WORDS["plan"], copied=mark)
    assert kept().copied == ("plan",)
    ana.send(f"{next_path}/draft", plan="Again in two weeks", copied=mark)
    assert kept().copied == ()


def marks_on(html):
    return [piece.split('"')[0] for piece in html.split('name="copied" value="')[1:]]


def test_nothing_is_copied_over_what_was_typed(ana, next_path):
    ana.send(f"{next_path}/draft", plan="My own", copy="plan")
    assert kept().words == {"plan": "My own"}
    assert kept().copied == ()


@pytest.mark.parametrize("part", ["private", "nothing", "key"])
def test_only_a_part_of_the_format_is_copied(ana, next_path, part):
    ana.send(f"{next_path}/draft", copy=part)
    assert (kept().words, kept().copied, kept().private) == ({}, (), "")


def test_a_note_signed_with_a_copied_part_says_which(ana, next_path):
    ana.send(f"{next_path}/draft", copy="plan")
    mark = next(mark for mark in marks_on(ana.page.text) if mark)
    ana.send(f"{next_path}/signature", subjective="Better", plan=WORDS["plan"], copied=mark)
    assert "Plan (as in the note before)" in ana.text
    assert "Subjective (as in the note before)" not in ana.text


def test_remarks_for_oneself_are_shown_to_whoever_wrote_them_and_to_nobody_else(
    ana, next_path, appointment, new_visitor
):
    assert "She was sad" in ana.text  # beside the next note
    assert "She was sad" in ana.get(f"/clients/{appointment.client_id}").text
    with writing():
        db.session.get(Appointment, UUID(next_path.rpartition("/")[2])).therapist_id = bens_id()
        db.session.commit()
    visitor = new_visitor()
    visitor.sign_in("ben")
    for page in (next_path, f"/clients/{appointment.client_id}"):
        assert WORDS["subjective"] in visitor.get(page).text
        assert "She was sad" not in visitor.page.text


def test_remarks_alone_are_no_note(ana, path):
    ana.send(f"{path}/signature", private="She was sad")
    assert "nothing to sign yet" in ana.text
    assert kept().private == "She was sad"


def test_the_page_offers_the_therapists_words_the_clinics_and_ours(ana, path, cast, appointment):
    with writing():
        for whose, words in (
            (appointment.therapist_id, "Own words"),
            (None, "Clinic words"),
            (bens_id(), "Foreign words"),
        ):
            db.session.add(Phrase(therapist_id=whose, part="plan", shortcut="x1", words=words))
        db.session.commit()
    ana.get(path)
    assert ana.page.text.index('data-words="Own words"') < ana.page.text.index('data-words="Clinic words"')
    assert 'data-words="same again"' in ana.page.text
    assert "Foreign words" not in ana.page.text
    assert ".x1 Own words" in ana.text
