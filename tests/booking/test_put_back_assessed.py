"""What asks for an assessment, cancelled by a slip and put back: the desk hears where its assessment is gone."""

import pytest

from clinic.booking.models import Appointment
from clinic.booking.operations import ASSESS
from clinic.booking.operations import book as book_it
from clinic.booking.programme import programme
from clinic.booking.wishes import Desk, Wish
from clinic.core.audit import Actor
from clinic.core.db import db, writing
from clinic.core.times import from_address
from tests.booking.assessed import HIPS, ask_first, follow, the, work_waiting
from tests.conftest import NOW
from tests.steps import WHO, book

AFTER = "20260313T1000Z"  # the day after the assessment


@pytest.fixture(autouse=True)
def assessed_first(cast):
    ask_first(cast)


@pytest.fixture
def rosa(new_visitor):
    visitor = new_visitor()
    visitor.sign_in("rosa")
    visitor.get("/today?on=2026-03-12")
    return visitor


@pytest.fixture
def assessment(visitor):
    """Booked, and what follows it a day later; its address."""
    book(visitor)
    address = visitor.page.request.path
    follow(visitor)
    book(visitor, HIPS, at=AFTER)
    return address


def cancels(rosa, slug, **more):
    rosa.post(f"/diary/appointments/{the(slug)}/cancellation", ours="yes", told="yes", **more)


def puts_back(rosa, slug):
    rosa.post(f"/diary/appointments/{the(slug)}/attendance/undoing", step="cancelled")
    return db.session.get_one(Appointment, the(slug)).cancellation is None


def test_what_comes_back_without_its_assessment_is_work_until_that_comes_back_too(rosa, assessment):
    cancels(rosa, "massage", following="yes")
    assert work_waiting() == []
    assert puts_back(rosa, HIPS)
    assert work_waiting() == [(ASSESS, f"appointment:{the(HIPS)}")]
    assert puts_back(rosa, "massage")
    assert work_waiting() == []


def test_what_comes_back_with_another_assessment_before_it_by_now_is_no_work_any_more(rosa, assessment, visitor):
    cancels(rosa, "massage")
    assert work_waiting() == [(ASSESS, f"appointment:{the(HIPS)}")]
    cancels(rosa, HIPS)
    another_massage = book(visitor, "massage", at="20260312T1400Z")
    assert another_massage.status_code == 200
    assert puts_back(rosa, HIPS)
    assert work_waiting() == []


def test_who_the_desk_booked_without_an_assessment_comes_back_without_one(rosa):
    known = programme(db.session)
    ana, why = known.therapist("ana-moreau"), Desk("assessed by their physiotherapist")
    wish = Wish(known.treatment(HIPS), 60, ana, from_address(AFTER), **WHO, desk=why)
    with writing():
        assert book_it(db.session, wish, screening=None, key=None, now=NOW, by=Actor("account", "1")).appointment
        db.session.commit()
    cancels(rosa, HIPS)
    assert puts_back(rosa, HIPS)
    assert work_waiting() == []
