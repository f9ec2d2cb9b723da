"""The register's pages: what a therapist holds, how it stands, and what they can be booked for."""

from datetime import timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa

from clinic.core.db import db, writing
from clinic.qualifications.models import Credential, OutsideChecker, Verification
from tests.cast import therapist
from tests.conftest import NOW
from tests.house.test_statements import statements

TODAY = NOW.date()


@pytest.fixture
def ana(visitor):
    visitor.sign_in("ana")
    return visitor


def of(cast_member, kind, **changed):
    """Her credential of this kind, with some columns changed."""
    with writing():
        of_kind = Credential.therapist_id == cast_member.id, Credential.kind == kind
        found = db.session.scalars(sa.select(Credential).where(*of_kind)).one()
        for name, value in changed.items():
            setattr(found, name, value)
        db.session.commit()
    return found.id


def check(credential_id, outcome, by_id=None, checker=None, note=""):
    with writing():
        if checker:
            db.session.add(checker)
            db.session.flush()
        about = {"credential_id": credential_id, "outcome": outcome, "method": "body", "note": note, "at": NOW}
        db.session.add(Verification(by_id=by_id, checker_id=checker and checker.id, **about))
        db.session.commit()


def test_a_therapist_finds_what_they_hold_who_checked_it_and_what_they_can_be_booked_for(ana):
    ana.get("/today")
    ana.get(ana.link("Qualifications"))
    assert "You can be booked for: Hips without tummy work, Psoas release, Massage" in ana.text
    assert "Verified by Olu on 11 March 2026: original seen." in ana.text


def test_a_treatment_they_cannot_give_says_what_is_lacking(visitor, cast):
    visitor.sign_in("ben")
    visitor.get("/qualifications")
    assert "You can be booked for: Hips without tummy work, Massage" in visitor.text
    assert (
        "Not for Psoas release: no verified insurance that names “Deep tummy work”; no verified training"
        in visitor.text
    )


def test_treatments_that_lack_the_same_are_told_together(ana, cast):
    of(cast.ana, "insurance", expires_on=TODAY - timedelta(days=1))
    ana.get("/qualifications")
    assert "You cannot be booked for anything today." in ana.text
    assert "Not for Hips without tummy work, Massage: the insurance for “Massage” is not valid today" in ana.text


@pytest.mark.parametrize(
    ("kind", "changed", "words"),
    [
        (
            "insurance",
            {"expires_on": TODAY + timedelta(days=12)},
            "lapses in 12 days: its last good day is 23 March 2026",
        ),
        ("insurance", {"expires_on": TODAY}, "It lapses tonight"),
        ("insurance", {"expires_on": TODAY - timedelta(days=1)}, "It lapsed: its last good day was 10 March 2026"),
        ("training", {"revision": 2}, "It was changed after it was checked"),
        ("training", {"starts_on": TODAY + timedelta(days=1)}, "It holds from 12 March 2026 on"),
        ("training", {"put_away_at": NOW}, "Put away (1)"),
    ],
)
def test_each_credential_says_how_it_stands(ana, cast, kind, changed, words):
    of(cast.ana, kind, **changed)
    ana.get("/qualifications")
    assert words in ana.text


def test_who_did_not_accept_it_and_why_stands_beside_it(ana, cast):
    check(of(cast.ana, "training"), "rejected", by_id=cast.olu.id, note="Page two is missing")
    ana.get("/qualifications")
    assert "Not accepted by Olu on 11 March 2026: “Page two is missing”" in ana.text
    assert "You can be booked for: Hips without tummy work, Massage" in ana.text


def test_whoever_checked_from_outside_is_named_with_what_they_are(ana, cast):
    about = {"id": uuid4(), "therapist_id": cast.ana.id, "invited_by_id": cast.olu.id, "invited_at": NOW}
    jo = OutsideChecker(name="Jo Field", email="jo@tutor.test", relation="tutor", **about)
    check(of(cast.ana, "training"), "verified", checker=jo)
    ana.get("/qualifications")
    assert "Verified by Jo Field, tutor on 11 March 2026: body confirmed it." in ana.text


def test_the_owner_sees_of_everybody_what_waits_and_what_lapses_soon(visitor, cast):
    with writing():
        therapist(db.session, "Cleo Alone", cast.olu, cast.location, now=NOW, verified=False)
        db.session.commit()
    of(cast.ana, "insurance", expires_on=TODAY + timedelta(days=90))
    of(cast.ben, "insurance", expires_on=TODAY - timedelta(days=1))
    visitor.sign_in("olu")
    visitor.get("/clinic")
    visitor.get(visitor.link("Qualifications"))
    assert (
        "Ana Moreau Insurance lapses on 9 June 2026 Ben Okafor Insurance has lapsed Cleo Alone 2 to check"
        in visitor.text
    )
    visitor.get(visitor.link("Ana Moreau"))
    assert "Ana Moreau can be booked for: Hips without" in visitor.text


def test_registers_ask_the_database_as_much_of_many_therapists_and_papers_as_of_few(visitor, cast):
    visitor.sign_in("olu")
    pages = (
        "/qualifications",
        "/qualifications/ana-moreau",
        "/credentials/new?therapist=ana-moreau",
        "/clinic/presets",
    )
    before = [statements(visitor, page) for page in pages]
    with writing():
        for n in range(6):
            therapist(db.session, f"Therapist{n} Extra", cast.olu, cast.location, now=NOW, skills=("psoas_release",))
            about = {"therapist_id": cast.ana.id, "kind": "first_aid", "title": f"Course {n}", "starts_on": TODAY}
            db.session.add(Credential(**about))
        db.session.commit()
    assert [statements(visitor, page) for page in pages] == before
    assert max(before) <= 12
