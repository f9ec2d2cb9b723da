"""The key that seals what a browser has not sent yet: for whoever is signed in there, until they sign out."""

import base64
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from sqlalchemy import func, select

from clinic.core.audit import AuditLine
from clinic.core.db import db
from clinic.notes.models import DraftKey
from clinic.notes.operations.draft_keys import forget_old_keys
from tests.notes.conftest import AFTERWARDS

KEYS = "/notes/draft-keys"


@pytest.fixture
def tablet():
    """What the clinic's tablet calls itself."""
    return str(uuid4())


def keys():
    return db.session.scalar(select(func.count()).select_from(DraftKey))


def test_a_therapist_is_given_the_same_key_each_time_they_ask_in_one_browser(ana, tablet):
    first = ana.post(KEYS, device=tablet)
    assert len(base64.b64decode(first.json["key"])) == 32
    assert first.headers["Cache-Control"] == "no-store"
    assert ana.post(KEYS, device=tablet).json == first.json
    assert ana.post(KEYS, device=str(uuid4())).json["key"] != first.json["key"]


def test_two_therapists_at_one_tablet_have_a_key_each(ana, tablet, new_visitor):
    anas = ana.post(KEYS, device=tablet).json
    ben = new_visitor()
    ben.sign_in("ben")
    bens = ben.post(KEYS, device=tablet).json
    assert bens["key"] != anas["key"]
    assert bens["id"] != anas["id"]
    ben.post(f"{KEYS}/removal", device=tablet)
    assert ana.post(KEYS, device=tablet).json == anas


def test_signing_out_destroys_the_key_and_the_next_is_another(ana, tablet):
    first = ana.post(KEYS, device=tablet).json
    assert ana.post(f"{KEYS}/removal", device=tablet).status_code == 204
    assert keys() == 0
    assert ana.post(KEYS, device=tablet).json["key"] != first["key"]


def test_a_session_that_ends_by_itself_keeps_the_key(ana, tablet):
    first = ana.post(KEYS, device=tablet).json
    ana.client.delete_cookie("session")
    assert ana.post(KEYS, device=tablet).status_code == 403
    ana.sign_in("ana")
    assert ana.post(KEYS, device=tablet).json == first


def test_signing_out_everywhere_keeps_what_waits_on_other_devices(ana, tablet):
    first = ana.post(KEYS, device=tablet).json
    ana.post("/account/sign-out")
    assert ana.post(KEYS, device=tablet).status_code == 403
    ana.sign_in("ana")
    assert ana.post(KEYS, device=tablet).json == first


def test_keys_stand_sealed_and_the_trail_names_no_key(ana, tablet):
    key = ana.post(KEYS, device=tablet).json["key"]
    ana.post(f"{KEYS}/removal", device=tablet)
    ana.post(KEYS, device=tablet)
    assert key.encode() not in db.session.scalar(select(DraftKey.key_sealed))
    lines = db.session.scalars(select(AuditLine).order_by(AuditLine.id)).all()
    mine = [line for line in lines if line.subject.startswith("draft_key:")]
    assert [line.action for line in mine] == ["draft_key.given", "draft_key.destroyed", "draft_key.given"]
    assert not any(key in f"{line.subject} {line.detail}" for line in mine)


def test_a_key_that_nobody_asked_for_in_thirty_days_is_destroyed(ana, tablet):
    ana.post(KEYS, device=tablet)
    with time_machine.travel(AFTERWARDS + timedelta(days=20), tick=False):
        ana.post(KEYS, device=tablet)
    for days, left in ((49, 1), (51, 0)):
        forget_old_keys(db.session, now=AFTERWARDS + timedelta(days=days))
        assert keys() == left


@pytest.mark.parametrize("device", ["", "tablet", "x" * 4000])
def test_what_is_no_device_gets_no_key(ana, device):
    assert ana.post(KEYS, device=device).status_code == 404
    assert keys() == 0
