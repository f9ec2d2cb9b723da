"""Who is offered: home page, page of times, and a booking made by hand agree, and a paper withdrawn counts at once."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select

from clinic.booking.models import Appointment, WorkingHours
from clinic.core.db import db, writing
from clinic.qualifications.models import Credential, Verification
from tests.cast import therapist
from tests.conftest import NOW
from tests.steps import TEN, details, screen

TODAY = NOW.date()
OFFERED = {  # how Cleo's papers differ from good ones → whether she may give a release
    "all in order": ({}, True),
    "level 3": ({"level": 3}, False),
    "level 5": ({"level": 5}, True),
    "holistic": ({"discipline": "holistic"}, False),
    "Scottish level 7": ({"framework": "SCQF", "level": 7}, True),
    "Scottish level 6": ({"framework": "SCQF", "level": 6}, False),
    "a US state's licence": ({"framework": "US-state", "discipline": "", "level": None}, True),
    "an unknown framework": ({"framework": "Guild"}, False),
    "no training": ({"skills": ()}, False),
    "other training": ({"skills": ("pregnancy",)}, False),
    "insurance lapsed": ({"insured_until": TODAY - timedelta(days=1)}, False),
    "insurance without abdominal work": ({"activities": ("massage",)}, False),
    "checked by nobody": ({"verified": False}, False),
}


def cleo(cast, **papers):
    """A third therapist, and nobody else at work."""
    with writing():
        papers = {"skills": ("psoas_release",), **papers}
        made = therapist(db.session, "Cleo Alone", cast.olu, cast.location, now=NOW, **papers)
        db.session.execute(delete(WorkingHours).where(WorkingHours.therapist_id != made.id))
        db.session.commit()
    return made


def offered_on(visitor, path):
    visitor.get(path)
    return any(time["treatment"] == "psoas-release" and "cleo-alone" in time["slot"] for time in visitor.times)


def can_be_booked(visitor):
    """By a post put together by hand: the form of another treatment, sent for this one."""
    details(visitor, "massage")
    page = visitor.send("/appointments", treatment="psoas-release", slot=f"{TEN}.cleo-alone")
    booked = db.session.scalar(select(func.count()).select_from(Appointment)) == 1
    assert page.status_code == (200 if booked else 409)
    return booked


def everywhere(visitor):
    """The answer of all three, which must be one."""
    screen(visitor)
    paths = ("/", "/treatments/psoas-release/times", "/treatments/psoas-release/times?therapist=cleo-alone")
    answers = {*(offered_on(visitor, path) for path in paths), can_be_booked(visitor)}
    assert len(answers) == 1
    return answers.pop()


@pytest.mark.parametrize("papers", OFFERED)
def test_home_page_times_and_booking_agree_on_who_may_give_a_release(visitor, cast, papers):
    differing, offered = OFFERED[papers]
    cleo(cast, **differing)
    assert everywhere(visitor) is offered


@pytest.mark.parametrize(
    ("checks", "offered"),
    [
        ([("verified", "olu")], True),
        ([("verified", "self")], False),
        ([("verified", "olu"), ("rejected", "olu")], False),
        ([("verified", "olu"), ("revoked", "olu")], False),
        ([("revoked", "olu"), ("verified", "rosa")], True),
        ([("verified", "olu"), ("verified", "self")], False),
    ],
)
def test_the_latest_check_by_somebody_else_decides(visitor, cast, checks, offered):
    made = cleo(cast, verified=False)
    accounts = {"olu": cast.olu.id, "rosa": cast.rosa.id, "self": made.account_id}
    with writing():
        for paper in db.session.scalars(select(Credential.id).where(Credential.therapist_id == made.id)).all():
            for outcome, by in checks:
                check(paper, outcome, accounts[by])
        db.session.commit()
    assert everywhere(visitor) is offered


def test_the_last_good_day_is_offered_and_the_next_is_not(visitor, cast):
    cleo(cast, insured_until=NOW.date() + timedelta(days=1))
    visitor.get("/treatments/psoas-release/times")
    assert "Thursday 12 March" in visitor.text
    assert "Friday 13 March" not in visitor.text


@pytest.mark.parametrize("kind", ["qualification", "insurance", "training"])
def test_a_revoked_paper_takes_effect_at_once(visitor, cast, kind):
    made = cleo(cast)
    screen(visitor)
    assert offered_on(visitor, "/")
    details(visitor, "psoas-release", therapist="cleo-alone")
    asked = visitor.page
    with writing():
        mine = select(Credential.id).where(Credential.therapist_id == made.id, Credential.kind == kind)
        check(db.session.scalar(mine), "revoked", cast.olu.id)
        db.session.commit()
    assert not offered_on(visitor, "/")
    visitor.page = asked
    assert visitor.send("/appointments").status_code == 409
    assert db.session.scalar(select(func.count()).select_from(Appointment)) == 0


def test_a_therapist_who_can_be_booked_for_nothing_is_not_shown_as_checked(visitor, cast):
    cleo(cast, insured_until=NOW.date() - timedelta(days=1))
    visitor.get("/")
    assert "Ana Moreau" in visitor.text
    assert "Cleo Alone" not in visitor.text


def check(credential_id, outcome, by_id):
    db.session.add(Verification(credential_id=credential_id, outcome=outcome, method="original", by_id=by_id, at=NOW))
    db.session.flush()
