"""Whether somebody of the clinic stands by an exercise: in these words, and no others."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask_babel import force_locale

from clinic.aftercare.catalogue import Change, catalogue, digest, merged
from clinic.aftercare.operations import approve
from clinic.aftercare.queries import approval_of, approvals_of
from clinic.aftercare.wording import approved
from clinic.core.audit import SYSTEM
from clinic.core.db import db, writing
from tests.conftest import NOW

BRIDGE = catalogue().exercises["glute_bridge"]
ZONE = "Europe/London"


@pytest.fixture
def reads(cast):
    """Somebody reads an exercise and approves it."""

    def read(exercise, name="olu", *, read=None, at=NOW):
        with writing():
            account_id = getattr(cast, name).id
            refused = approve(
                db.session, exercise, read=read or digest(exercise), account_id=account_id, now=at, by=SYSTEM
            )
            db.session.commit()
        return [one.code for one in refused]

    return read


def line(exercise):
    with force_locale("en"):
        return approved(approval_of(db.session, exercise), ZONE)


def test_as_shipped_nobody_of_the_clinic_has_read_anything(app, cast):
    assert line(BRIDGE) == "Not read by anybody of this clinic yet"
    assert approvals_of(db.session, catalogue().exercises.values()) == {}


def test_whoever_read_it_last_is_named_with_the_day(reads, cast):
    assert reads(BRIDGE, at=NOW + timedelta(days=2)) == []
    reads(BRIDGE, "rosa")
    assert line(BRIDGE) == f"Read and approved by {cast.olu.name} on 13 March 2026"
    assert list(approvals_of(db.session, catalogue().exercises.values())) == ["glute_bridge"]


@pytest.mark.parametrize(
    "changed",
    [
        {"name": "Hip lift"},
        {"dose": replace(BRIDGE.dose, sets=3)},
        {"avoid_if": BRIDGE.avoid_if | {"balance"}},
        {"cautions": ()},
        {"pose": "pictures: {}"},
        {"has_photo": True, "photo_words": "A woman on a mat."},
    ],
)
def test_what_is_said_otherwise_is_to_be_read_anew_until_it_is_as_it_was(reads, changed):
    reads(BRIDGE)
    assert approval_of(db.session, replace(BRIDGE, **changed)) is None
    assert approval_of(db.session, BRIDGE)


def test_hiding_and_restoring_ask_nobody_to_read_again(reads):
    reads(BRIDGE)
    for content, offered in (("{}", False), ("{}", True)):
        again = merged((Change("glute_bridge", 4, content, offered),)).exercises["glute_bridge"]
        assert approval_of(db.session, again)


def test_words_that_changed_while_they_were_read_are_not_approved(reads):
    assert reads(replace(BRIDGE, name="Hip lift"), read=digest(BRIDGE)) == ["exercise_changed_meanwhile"]
    assert line(replace(BRIDGE, name="Hip lift")) == "Not read by anybody of this clinic yet"


def test_another_photo_is_to_be_read_anew_even_with_the_same_words():
    shown = replace(BRIDGE, has_photo=True, photo_words="Somebody in a bridge", version=2)
    assert digest(replace(shown, version=3)) != digest(shown)
    assert digest(replace(BRIDGE, version=3)) == digest(BRIDGE)
