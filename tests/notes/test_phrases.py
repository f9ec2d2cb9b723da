"""Phrases: words that are written often, one therapist's own or the clinic's."""

import pytest
from sqlalchemy import select

from clinic.core.audit import AuditLine
from clinic.core.db import db
from clinic.notes.models import Phrase

HF = {"words": "Resisted hip flexion weak", "shortcut": ".HF", "part": "objective"}


@pytest.fixture
def ana(cast, new_visitor):
    visitor = new_visitor()
    visitor.sign_in("ana")
    visitor.get("/notes/phrases")
    return visitor


def all_phrases():
    return [(one.words, one.shortcut, one.part) for one in db.session.scalars(select(Phrase))]


def test_a_phrase_is_added_changed_and_removed(ana):
    ana.send("/notes/phrases", **HF)
    assert all_phrases() == [("Resisted hip flexion weak", "hf", "objective")]
    assert ".hf A chip under Objective" in ana.text
    one = ana.link("Resisted hip flexion")
    ana.get(one)
    ana.send(one, words="Hip flexion strong")
    assert all_phrases() == [("Hip flexion strong", "hf", "objective")]
    ana.get(one)
    ana.send(f"{one}/removal")
    assert all_phrases() == []


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"words": ""}, "Write the words."),
        ({"words": "x" * 501}, "Shorten this to 500 characters or fewer."),
        ({"shortcut": "two words"}, "Use letters, figures and hyphens only."),
        ({"shortcut": "", "part": ""}, "Give it a short form, or choose where it is a chip."),
        ({"part": "moon"}, "Choose one of these."),
    ],
)
def test_a_phrase_that_could_not_be_used_is_refused_with_what_was_typed_kept(ana, wrong, told):
    page = ana.send("/notes/phrases", **{**HF, **wrong})
    assert page.status_code == 422
    assert told in ana.text
    assert all_phrases() == []


def test_what_no_page_sends_is_refused(ana):
    assert ana.post("/notes/phrases").status_code == 422


def test_a_short_form_means_one_thing_to_one_therapist(ana, new_visitor):
    ana.send("/notes/phrases", **HF)
    page = ana.send("/notes/phrases", **{**HF, "words": "Another"})
    assert page.status_code == 422
    assert "Another phrase has this short form." in ana.text
    ben = new_visitor()
    ben.sign_in("ben")
    ben.get("/notes/phrases")
    assert ben.send("/notes/phrases", **HF).status_code == 200


def test_the_clinics_phrases_are_read_by_every_therapist_and_changed_by_its_owner_alone(ana, new_visitor):
    olu = new_visitor()
    olu.sign_in("olu")
    olu.get("/clinic/phrases")
    olu.send("/clinic/phrases", **HF)
    one = olu.link("Resisted hip flexion").rpartition("/")[2]
    assert "Resisted hip flexion weak" in ana.get("/notes/phrases").text
    assert ana.get(f"/notes/phrases/{one}").status_code == 404
    assert ana.post(f"/notes/phrases/{one}/removal").status_code == 404
    olu.post(f"/clinic/phrases/{one}/removal")
    assert all_phrases() == []


def test_words_of_phrases_stand_sealed_and_in_no_line_of_the_trail(ana):
    ana.send("/notes/phrases", **HF)
    assert b"hip flexion" not in db.session.scalar(select(Phrase.words_sealed))
    lines = db.session.scalars(select(AuditLine).where(AuditLine.action == "phrase.made")).all()
    assert [line.detail for line in lines] == [{}]
