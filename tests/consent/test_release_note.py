"""A release has no signed note without a consent that holds, and without asking aloud once more."""

from datetime import UTC, datetime

import pytest
import time_machine
from sqlalchemy import select

from clinic.core.db import db
from clinic.notes.models import NoteDraft, Signature
from clinic.notes.queries import content_of
from clinic.notes.rules import Content, Treated
from tests.consent.conftest import consents

AFTERWARDS = datetime(2026, 3, 12, 11, 30, tzinfo=UTC)


@pytest.fixture
def note(appointment):
    return f"/notes/{appointment.id}"


@pytest.fixture
def ana(note, new_visitor):
    with time_machine.travel(AFTERWARDS, tick=False):
        visitor = new_visitor()
        visitor.sign_in("ana")
        visitor.get(note)
        yield visitor


def signed():
    return db.session.scalar(select(Signature))


def test_without_consent_the_note_is_kept_and_not_signed(ana, note):
    assert "Consent is missing" in ana.text
    page = ana.send(f"{note}/signature", subjective="Hip", asked_again="y")
    assert page.status_code == 409
    assert "sign the consent together first" in ana.text
    assert signed() is None
    assert content_of(db.session.scalar(select(NoteDraft))) == Content(words={"subjective": "Hip"}, asked_again=True)


def test_it_is_signed_together_from_the_note_and_then_the_note_is(ana, note, appointment):
    ana.get(ana.link("Sign it together"))
    ana.send(f"/clients/{appointment.client_id}/consents", name="Clara Teacup", witness="Rosa")
    assert ana.page.request.path == note
    (one,) = consents()
    assert one.signed_by.startswith("account:")
    assert "Consent is there" in ana.text
    assert "checked" not in ana.page.text.partition("asked_again")[2][:200]
    assert ana.send(f"{note}/signature", subjective="Hip").status_code == 409
    assert "press “They said yes, asked aloud”" in ana.text
    check = f"/diary/appointments/{appointment.id}/health-check"
    ana.get(check)
    ana.send(check, unchanged="yes")
    ana.get(note)
    ana.send(f"{note}/signature", subjective="Hip", asked_again="y", **{"treated-0-place": "hip_flexors/right"})
    assert "Asked again aloud that day, and they agreed." in ana.text
    assert signed() is not None


def test_what_was_taken_back_before_the_visit_signs_no_note(ana, note, appointment, new_visitor, path):
    with time_machine.travel(datetime(2026, 3, 11, 10, tzinfo=UTC), tick=False):
        clara = new_visitor()
        clara.get(path)
        clara.send(path, name="Clara Teacup")
        clara.get(path)
        clara.send(f"{path}/withdrawal")
    assert ana.send(f"{note}/signature", subjective="Hip", asked_again="y").status_code == 409
    assert signed() is None


def test_what_was_kept_before_this_was_asked_still_reads():
    kept = {"subjective": "Hip", "objective": "", "assessment": "", "plan": "", "treated": ["calf/left"]}
    assert Content.from_kept(kept) == Content(words={"subjective": "Hip"}, treated=(Treated("calf/left"),))
