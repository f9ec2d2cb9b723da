"""A note in the making: kept as typed, on the server, and never overwritten by a page that lags behind."""

import pytest
from sqlalchemy import func, select

from clinic.core.audit import AuditLine
from clinic.core.db import db
from clinic.notes.models import NoteDraft, Signature
from clinic.notes.queries import content_of
from tests.conftest import NOW
from tests.notes.conftest import WORDS
from tests.visitor import fields_of

TREATED = {"treated-0-place": "low_back/left", "treated-1-place": "hip_flexors/right"}
AS_SCRIPT = {"Accept": "application/json"}


def kept():
    return content_of(db.session.scalar(select(NoteDraft)))


def typed(visitor, path, page, **words):
    """What the script of this page sends while somebody types."""
    data = {**fields_of(page), **words}
    return visitor._request("POST", f"{path}/draft", data=data, headers=AS_SCRIPT)


def test_what_is_typed_is_kept_and_there_again_when_the_page_is_opened_anew(ana, path):
    page = ana.page.text
    answer = typed(ana, path, page, **WORDS, pain_on_arrival="6", **TREATED)
    assert answer.json == {"saved": "Saved 11:30am"}
    ana.get(path)
    assert all(text in ana.page.text for text in WORDS.values())
    assert fields_of(ana.page.text)["pain_on_arrival"] == "6"
    assert fields_of(ana.page.text).items() >= TREATED.items()


def test_one_page_saves_again_and_again_even_where_an_answer_was_lost(ana, path):
    page = ana.page.text
    for text in ("Front", "Front of", "Front of the hip"):
        assert typed(ana, path, page, subjective=text).status_code == 200
    assert kept().words["subjective"] == "Front of the hip"


def test_a_page_that_lags_behind_overwrites_nothing_and_loses_nothing(ana, path):
    phone, tablet = ana.page.text, ana.get(path).text
    typed(ana, path, tablet, subjective="written on the tablet")
    refused = typed(ana, path, phone, subjective="written on the phone")
    assert refused.status_code == 409
    assert "changed on another page" in refused.json["message"]
    assert kept().words["subjective"] == "written on the tablet"
    page = ana.post(f"{path}/draft", **{**fields_of(phone), "subjective": "written on the phone"})
    assert page.status_code == 409
    assert "written on the phone" in page.text
    assert "written on the tablet" in page.text
    assert page.text.index("<title>Error:") > 0
    ana.send(f"{path}/draft", subjective="both, put together")
    assert kept().words["subjective"] == "both, put together"


def test_without_a_script_the_button_keeps_the_draft(ana, path):
    ana.send(f"{path}/draft", plan="Again in a week")
    assert ana.page.status_code == 200
    assert "Saved 11:30am" in ana.text
    assert kept().words["plan"] == "Again in a week"


def test_a_part_that_is_too_long_is_not_cut_and_everything_typed_is_there_still(ana, path):
    page = ana.send(f"{path}/draft", **{**WORDS, "subjective": "x" * 6001})
    assert page.status_code == 422
    assert WORDS["plan"] in page.text
    assert db.session.scalar(select(func.count()).select_from(NoteDraft)) == 0


@pytest.mark.parametrize("button", ["draft", "signature"])
def test_a_number_that_cannot_be_read_is_told_and_every_word_is_kept(ana, path, button):
    page = ana.send(f"{path}/{button}", **{**WORDS, "pain_at_end": "11", "pain_on_arrival": "6"})
    assert page.status_code == 422
    assert "There is a problem" in page.text
    assert (kept().words, kept().pain_on_arrival, kept().pain_at_end) == (WORDS, 6, None)
    assert db.session.scalar(select(func.count()).select_from(Signature)) == 0
    assert ana.send(f"{path}/{button}", **WORDS).status_code == 200


def test_a_script_that_saves_is_told_what_was_left_out(ana, path):
    answer = typed(ana, path, ana.page.text, **WORDS, pain_at_end="11")
    assert answer.status_code == 200
    assert answer.json["saved"].startswith("Saved 11:30am, but for this: ")


def test_a_draft_may_be_begun_before_the_visit_but_not_signed(path, new_visitor):
    early = new_visitor()
    early.sign_in("ana")
    early.get(path)
    page = early.send(f"{path}/signature", **WORDS)
    assert page.status_code == 409
    assert "has not begun yet" in early.text
    assert kept().words["subjective"] == WORDS["subjective"]
    assert db.session.scalar(select(func.count()).select_from(Signature)) == 0


def test_words_stand_sealed_in_the_database(ana, path):
    ana.send(f"{path}/draft", **WORDS)
    sealed = db.session.scalar(select(NoteDraft.content_sealed))
    assert not any(word.encode() in sealed for word in WORDS.values())


@pytest.mark.parametrize("name", ["ben", "rosa", "olu"])
def test_nobody_else_opens_or_writes_the_note(path, new_visitor, name, cast):
    other = new_visitor()
    other.sign_in(name)
    refused = 404 if name == "ben" else 403
    assert other.get(path).status_code == refused
    for page in ("draft", "signature", "amendments"):
        assert other.post(f"{path}/{page}", **WORDS, text="x").status_code == refused
    assert db.session.scalar(select(func.count()).select_from(NoteDraft)) == 0


def test_opening_and_saving_leave_a_line_each_and_no_word_of_the_note(ana, path, appointment):
    ana.send(f"{path}/draft", **WORDS)
    lines = db.session.scalars(select(AuditLine)).all()
    mine = [(line.action, line.subject) for line in lines if line.at > NOW]
    assert ("record.viewed", f"client:{appointment.client_id}") in mine
    assert ("note.draft_saved", f"appointment:{appointment.id}") in mine
    trail = " ".join(f"{line.action} {line.subject} {line.detail}" for line in lines)
    assert not any(word in trail for word in WORDS.values())


def test_words_that_were_long_on_the_way_do_not_overtake_newer_ones_of_the_same_page(ana, path):
    page = ana.page.text
    typed(ana, path, page, subjective="Front of the hip", changes="9")
    late = typed(ana, path, page, subjective="Front", changes="4")
    assert (late.status_code, late.json["typed_over"]) == (409, True)
    assert kept().words["subjective"] == "Front of the hip"
    assert typed(ana, path, page, subjective="Front of the hip", changes="9").status_code == 200
