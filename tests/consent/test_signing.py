"""Signing by the link: what was read is what is signed, once; and it is taken back at once."""

import json

import pytest
from sqlalchemy import select

from clinic.booking.models import Appointment
from clinic.consent.catalogue import shipped
from clinic.consent.models import ConsentText
from clinic.consent.operations import CONSENT_WITHDRAWN, change_text
from clinic.consent.queries import consent_states
from clinic.core.audit import GUEST, AuditLine
from clinic.core.db import db, writing
from clinic.work.models import WorkItem
from tests.conftest import NOW
from tests.consent.conftest import consents
from tests.visitor import fields_of


def state():
    found = db.session.scalar(select(Appointment))
    return consent_states(db.session, [found])[found.id]


def change(cast, word="Another word."):
    """The owner's own words from now on."""
    elements = {**shipped(is_release=True).elements, "why": word}
    with writing():
        told = {"account_id": cast.olu.id, "now": NOW, "by": GUEST}
        assert change_text(db.session, cast.release, elements, "", **told)
        db.session.commit()


def test_she_reads_all_six_and_nothing_is_filled_in_beforehand(clara):
    for words in shipped(is_release=True).elements.values():
        assert " ".join(words.split()) in clara.text
    assert fields_of(clara.page.text)["name"] == ""
    assert "checked" not in clara.page.text
    assert state() == "missing"


def test_what_she_signed_is_shown_as_the_answer_and_counts_from_then_on(clara, path):
    page = clara.send(path, name="Clara Teacup")
    assert page.status_code == 200
    assert "Thank you, it is signed" in clara.text
    assert "Signed by Clara Teacup" in clara.text
    assert "Hands" in clara.text or "hands sink" in clara.text
    assert state() == "valid"
    (one,) = consents()
    assert (one.way, one.signed_by.partition(":")[0]) == ("typed", "link")
    assert one.text.digest == json.loads(one.document)["digest"]


def test_she_may_draw_her_name_instead_and_what_we_drew_of_it_is_shown(clara, path):
    clara.send(path, strokes="[[[10,10],[90,60]],[[20,20],[20,90]]]")
    assert "Signed by a drawn name" in clara.text
    assert '<polyline points="10,10 90,60"/>' in clara.page.text
    assert consents()[0].way == "drawn"


@pytest.mark.parametrize("strange", ['[[["<svg>",1]]]', "<svg onload=x>", "[[[1,1e999]]]", "{}", "[[[1,1]]]"])
def test_what_is_no_drawing_is_no_signature(clara, path, strange):
    assert clara.send(path, strokes=strange).status_code in {409, 422}
    assert "onload" not in clara.page.text
    assert consents() == []


def test_her_link_never_shows_again_what_she_signed(clara, path):
    clara.send(path, name="Clara Teacup")
    clara.get(path)
    assert "You have signed what is needed" in clara.text
    assert "Teacup" not in clara.text


def test_a_second_press_signs_nothing_more(clara, path):
    shown = fields_of(clara.page.text)
    for _ in range(2):
        assert clara.post(path, **{**shown, "name": "Clara Teacup"}).status_code == 200
    assert len(consents()) == 1


def test_without_a_name_nothing_is_signed(clara, path):
    page = clara.send(path, name=" ")
    assert page.status_code == 409
    assert "Type your name" in clara.text
    assert consents() == []


def test_words_that_changed_while_she_read_are_read_again(clara, path, cast):
    change(cast)
    page = clara.send(path, name="Clara Teacup")
    assert page.status_code == 409
    assert "Our words have changed while you read" in clara.text
    assert consents() == []
    assert clara.send(path, name="Clara Teacup").status_code == 200
    assert state() == "valid"


def test_a_text_that_changed_after_she_signed_is_asked_for_anew(clara, path, cast):
    clara.send(path, name="Clara Teacup")
    change(cast)
    assert state() == "renew"
    clara.get(path)
    assert "Our words have changed since you signed" in clara.text
    assert "Another word." in clara.text
    clara.send(path, name="Clara Teacup")
    assert state() == "valid"
    assert sorted(one.text.number for one in consents()) == [1, 2]


def test_what_is_signed_each_time_is_asked_for_at_each_visit(clara, path, cast, appointment, new_visitor):
    with writing():
        cast.release.consent_each_visit = True
        db.session.commit()
    assert state() == "missing"
    clara.send(path, name="Clara Teacup")
    assert state() == "valid"
    with writing():
        consents()[0].appointment_id = None
        db.session.commit()
    assert state() == "each_visit"


def test_taking_it_back_holds_at_once_and_her_therapist_is_asked_to_speak_with_her(clara, path, cast):
    clara.send(path, name="Clara Teacup")
    clara.get(path)
    for _ in range(2):
        clara.send(f"{path}/withdrawal", treatment=str(cast.release.id))
    assert state() == "withdrawn"
    assert "You have taken back your consent" in clara.text
    (item,) = db.session.scalars(select(WorkItem).where(WorkItem.task == CONSENT_WITHDRAWN)).all()
    assert item.owner_id == cast.ana.account_id
    lines = db.session.scalars(select(AuditLine.action).where(AuditLine.action.startswith("consent."))).all()
    assert sorted(lines) == ["consent.signed", "consent.withdrawn"]
    clara.send(path, name="Clara Teacup")
    assert state() == "valid"


def test_the_therapist_reads_what_she_is_asked_to_do_and_reception_no_reason(clara, path, cast, new_visitor):
    clara.send(path, name="Clara Teacup")
    clara.get(path)
    clara.send(f"{path}/withdrawal", treatment=str(cast.release.id))
    ana = new_visitor()
    ana.sign_in("ana")
    ana.get("/work")
    assert "Speak with them before anything is done" in ana.text


def test_another_treatment_than_those_of_the_visit_is_no_page(clara, path, cast):
    shown = fields_of(clara.page.text)
    assert clara.post(path, **{**shown, "treatment": str(cast.massage.id), "name": "C"}).status_code == 404
    assert clara.post(f"{path}/withdrawal", treatment="99999999999").status_code == 404


def test_somebody_under_18_signs_with_a_guardian_who_says_whether_they_will_be_there(clara, path, appointment):
    with writing():
        appointment = db.session.get(Appointment, appointment.id)
        appointment.screening.answers = '["under_18"]'
        db.session.commit()
    assert clara.send(path, name="Tim").status_code == 409
    assert "a parent or guardian has to sign with you" in clara.text
    assert clara.send(path, name="Tim", guardian_name="Dora", guardian_relation="mother").status_code == 409
    assert "whether they will be there" in clara.text
    clara.send(path, name="Tim", guardian_name="Dora", guardian_relation="mother", guardian_present="yes")
    assert "With Dora (mother): will be in the room" in clara.text
    assert json.loads(consents()[0].document)["guardian"] == {"name": "Dora", "present": True, "relation": "mother"}


def test_a_cancelled_visit_has_nothing_to_sign(clara, path):
    shown = fields_of(clara.page.text)
    link = path.removesuffix("/consent")
    clara.get(f"{link}/cancellation")
    clara.send(f"{link}/cancellation")
    assert clara.post(path, **{**shown, "name": "Clara"}).status_code == 422
    assert "This appointment is cancelled" in clara.text
    assert consents() == []


@pytest.mark.parametrize("strange", ["name", "guardian_name", "guardian_relation"])
def test_a_name_longer_than_any_name_is_told(clara, path, strange):
    assert clara.send(path, **{"name": "Clara", strange: "x" * 121}).status_code == 422
    assert "characters or fewer" in clara.text


def test_the_first_signature_keeps_the_words_that_came_with_the_product(clara, path):
    assert db.session.scalars(select(ConsentText)).all() == []
    clara.send(path, name="Clara Teacup")
    (text,) = db.session.scalars(select(ConsentText)).all()
    assert (text.number, text.made_by_id, text.elements) == (1, None, dict(shipped(is_release=True).elements))
