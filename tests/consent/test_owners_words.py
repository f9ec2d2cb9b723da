"""The clinic's own words for what its clients agree to: versions, what changed, who signed them off."""

import pytest
from sqlalchemy import select

from clinic.consent.catalogue import ELEMENTS, shipped
from clinic.consent.models import ConsentText
from clinic.consent.queries import consent_states
from clinic.consent.rules import changed
from clinic.core.audit import AuditLine
from clinic.core.db import db

OURS = dict(shipped(is_release=True).elements)


@pytest.fixture
def page(cast):
    return f"/treatments/{cast.release.id}/consent"


@pytest.fixture
def olu(page, new_visitor):
    visitor = new_visitor()
    visitor.sign_in("olu")
    visitor.get(page)
    return visitor


def texts():
    return db.session.scalars(select(ConsentText).order_by(ConsentText.number)).all()


def test_another_word_is_another_version_with_who_and_what_changed(olu, page):
    olu.send(page, **{**OURS, "why": "Some people move freely afterwards."})
    assert "clients are asked to sign these words" in olu.text
    assert [(one.number, one.elements["why"]) for one in texts()] == [(1, "Some people move freely afterwards.")]
    olu.send(page, **{**OURS, "why": "Some people move well afterwards."}, approved_by="Dr Fern, GP")
    olu.get(olu.link("Version 2"))
    for said in ("<del>freely</del>", "<ins>well</ins>", "Olu", "Signed off by Dr Fern, GP"):
        assert said in olu.page.text
    assert "Beside the version before." in olu.text
    lines = db.session.scalars(select(AuditLine).where(AuditLine.action == "consent_text.made")).all()
    assert len(lines) == 2
    assert all("afterwards" not in str(line.detail) for line in lines)


def test_the_same_words_are_no_other_version(olu, page):
    olu.send(page, **OURS)
    olu.send(page, **OURS)
    assert [one.made_by_id for one in texts()] in ([], [None])


def test_who_signed_the_words_off_is_told_without_asking_anybody_to_sign_again(olu, page, path, appointment, clara):
    clara.send(path, name="Clara Teacup")
    olu.get(page)
    olu.send(page, **OURS, approved_by="Dr Fern, GP")
    assert "goes on counting" in olu.text
    assert [(one.number, one.approved_by) for one in texts()] == [(1, "Dr Fern, GP")]
    assert consent_states(db.session, [appointment])[appointment.id] == "valid"


@pytest.mark.parametrize("lacking", ELEMENTS)
def test_all_six_have_to_be_said(olu, page, lacking):
    assert olu.send(page, **{**OURS, lacking: " "}).status_code == 422
    assert "all six have to be said" in olu.text
    assert texts() == []


def test_it_is_seen_as_the_client_reads_it_before_it_is_saved(olu, page):
    olu.send(f"{page}/preview", **{**OURS, "say": "Say stop at any time."})
    assert "Nothing is saved yet" in olu.text
    assert "<ins>" in olu.page.text
    assert texts() == []
    olu.send(page)
    assert texts()[0].elements["say"] == "Say stop at any time."


def test_words_that_promise_something_are_pointed_out(olu, page):
    olu.send(page, **{**OURS, "why": "It cures your back."})
    assert "It promises a cure." in olu.text


def test_what_is_another_is_told_word_by_word():
    pieces = changed("a b c d", "a x c e f")
    assert [(one.kind, one.words) for one in pieces] == [
        ("same", "a"),
        ("gone", "b"),
        ("new", "x"),
        ("same", "c"),
        ("gone", "d"),
        ("new", "e f"),
    ]
    assert [one.kind for one in changed("", "new words")] == ["new"]
