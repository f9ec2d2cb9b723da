"""What a client has told before counts on every way to a release: nobody books past it."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import select

from clinic.booking import operations
from clinic.booking.models import Appointment
from clinic.booking.programme import programme
from clinic.booking.wishes import Desk, Wish
from clinic.core.audit import GUEST, Actor
from clinic.core.db import db, writing
from clinic.intake.models import Clearance, HealthHistory
from clinic.intake.queries import standing, standings
from clinic.intake.safety_lists import shipped
from clinic.people.models import Client
from tests.conftest import NOW
from tests.tellings import answers, clear, known_client, tell

TEN = datetime(2026, 3, 12, 10, tzinfo=UTC)
LATER = datetime(2026, 3, 13, 14, tzinfo=UTC)
ROSA = Actor("account", "1")
BOOKED = [
    "outgoing_message", "offer", "waiting_list_entry", "claim", "hold", "link", "attendance", "override",
    "cancellation", "move", "appointment", "screening", "health_history", "clearance", "work_item",
]  # fmt: skip
FACTS = [rule.id for rule in shipped() if rule.asked and {*rule.massage, *rule.deep} & {"E1", "E2", "R", "N", "C"}]


@pytest.fixture
def clara(cast):
    return known_client()


def wish(client_id, slug="psoas-release", minutes=60, at=TEN, **more):
    client = db.session.get_one(Client, client_id) if client_id else None
    known = programme(db.session)
    who = {"name": "Clara Teacup", "email": "clara@client.test", "phone": "0117 496 0001", "client": client}
    return Wish(known.treatment(slug), minutes, known.therapist("ana-moreau"), at, **{**who, **more})


def books(client_id, slug="psoas-release", *, ticks=(), answered_at=NOW, by=GUEST, **more):
    """The codes of why not; none where it is booked."""
    with writing():
        screening = answers(*ticks, at=answered_at) if slug == "psoas-release" else None
        asked = wish(client_id, slug, **more)
        outcome = operations.book(db.session, asked, screening=screening, key=None, now=NOW, by=by)
        db.session.rollback() if outcome.refusals else db.session.commit()
    return [one.code for one in outcome.refusals]


def the_appointment():
    db.session.rollback()
    return db.session.scalars(select(Appointment).order_by(Appointment.booked_at, Appointment.id)).one()


@pytest.mark.parametrize("fact", ["pregnant", "tummy_unexplained", "bowel_quiet"])
def test_whoever_told_of_something_books_no_release_though_the_safety_page_says_nothing(clara, fact):
    tell(clara, fact)
    assert books(clara) == ["release_ruled_out"]
    assert books(clara, "hips-without-tummy") == []


def test_whoever_is_to_see_a_doctor_first_books_nothing(clara):
    tell(clara, "fever")
    assert books(clara) == books(clara, "massage") == ["ring_first"]


def test_the_desk_puts_nothing_of_that_aside(clara):
    tell(clara, "pregnant")
    assert books(clara, desk=Desk(reason="She asked so nicely"), by=ROSA) == ["release_ruled_out"]


def test_a_guest_is_judged_by_the_safety_page_alone(cast, clara):
    tell(clara, "pregnant")
    assert books(None) == []


def test_the_safety_page_answered_anew_counts_in_place_of_the_one_before(clara):
    assert books(clara, ticks=["pregnant"]) == ["release_ruled_out"]
    with writing():
        asked = wish(clara, "hips-without-tummy")
        operations.book(db.session, asked, screening=answers("pregnant"), key=None, now=NOW, by=GUEST)
        db.session.commit()
    assert books(clara, at=LATER, answered_at=NOW + timedelta(minutes=1)) == []
    assert standing(db.session, clara, on=TEN.date()).told == set()


def test_a_therapist_rings_before_a_massage_where_the_list_says_so(clara):
    tell(clara, "slipped_disc")
    assert books(clara, "massage") == []
    assert the_appointment().call.task == "ring_before_visit"


def test_aspirin_is_put_aside_by_a_call_until_its_last_good_day(clara, cast):
    tell(clara, "aspirin")
    clear(clara, cast.ana.account_id, "aspirin", good_until=TEN.date())
    assert books(clara, at=LATER) == ["release_ruled_out"]
    assert books(clara, ticks=["aspirin"]) == []


def test_nothing_puts_aside_what_is_absolute(clara, cast):
    tell(clara, "pregnant")
    for way in ("call", "letter", "in_person", "override"):
        clear(clara, cast.ana.account_id, "pregnant", way)
    assert books(clara) == ["release_ruled_out"]


def test_what_a_clearance_put_aside_stands_again_once_it_is_revoked(clara, cast):
    tell(clara, "aspirin")
    clearance_id = clear(clara, cast.ana.account_id, "aspirin")
    with writing():
        revoked = {"revoked_at": NOW, "revoked_by_id": cast.ana.account_id}
        db.session.execute(sa.update(Clearance).where(Clearance.id == clearance_id).values(**revoked))
        db.session.commit()
    assert books(clara) == ["release_ruled_out"]


def test_the_latest_finished_history_counts_and_one_that_is_begun_does_not(clara):
    tell(clara, "pregnant")
    tell(clara, at=NOW + timedelta(minutes=1))
    with writing():
        begun = {"client_id": clara, "told_by": "guest", "begun_at": NOW, "saved_at": NOW}
        db.session.add(HealthHistory(**begun, answers='{"list.told": ["fever"]}'))
        db.session.commit()
    assert books(clara) == []


def test_several_clients_are_asked_about_at_once(clara, cast):
    other = known_client("Dora Ladle")
    tell(clara, "pregnant")
    tell(other, "aspirin")
    clear(other, cast.ana.account_id, "aspirin")
    found = standings(db.session, [clara, other], on=TEN.date())
    assert (found[clara].told, found[clara].lifted) == ({"pregnant"}, set())
    assert (found[other].told, found[other].lifted) == ({"aspirin"}, {"aspirin"})
