"""What the clinic sets, as clients meet it: on the page of times, when they book, and when they move."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, select, update

from clinic.booking.models import Appointment, Claim, Hold, Resource
from clinic.booking.operations import book as book_wish
from clinic.booking.operations import cancel, move
from clinic.booking.programme import programme
from clinic.booking.wishes import Wish
from clinic.core.audit import GUEST
from clinic.core.db import db, writing
from clinic.people.models import Client, Therapist
from clinic.places.models import Clinic
from clinic.treatments.models import Treatment
from tests.conftest import NOW
from tests.letterbox import Letterbox, text_of
from tests.steps import TEN, book, details, screen

TIMES, RELEASE_TIMES = "/treatments/massage/times", "/treatments/psoas-release/times"
THURSDAY = datetime(2026, 3, 12, tzinfo=UTC)


def set_for(model, slug, **rules):
    with writing():
        db.session.execute(update(model).where(model.slug == slug).values(**rules))
        db.session.commit()


def anas(visitor, address=TIMES):
    """The times of Ana's that Thursday, as 1000 for ten o'clock."""
    visitor.get(f"{address}?therapist=ana-moreau&from=2026-03-12")
    return sorted(set(re.findall(r"20260312T(\d{4})Z\.ana-moreau", visitor.page.text)))


def release(visitor, at=TEN):
    screen(visitor)
    return book(visitor, "psoas-release", at=at)


def test_a_treatment_full_for_the_day_is_offered_the_day_after(visitor, new_visitor):
    set_for(Treatment, "massage", most_a_day=1)
    book(new_visitor())
    assert anas(visitor) == []
    assert "20260313T0900Z.ana-moreau" in visitor.page.text
    assert anas(visitor, "/treatments/hips-without-tummy/times") != []
    visitor.get("/treatments/massage/details?slot=20260312T1400Z.ana-moreau")
    assert visitor.page.status_code == 409
    assert "That day is full for this treatment." in visitor.text


def test_deep_work_ends_for_the_day_where_the_therapists_limit_is_reached(visitor, new_visitor):
    set_for(Treatment, "massage", deep=True)
    set_for(Treatment, "psoas-release", deep=True)
    set_for(Therapist, "ana-moreau", deep_minutes_a_day=90)
    assert release(new_visitor()).status_code == 200
    assert anas(visitor) == []  # an hour each would be two
    assert book(visitor, at="20260312T1400Z").status_code == 409
    assert book(visitor, at="20260312T1400Z", minutes=30).status_code == 200


def test_two_releases_of_one_therapist_are_kept_apart(visitor, new_visitor):
    set_for(Therapist, "ana-moreau", releases_apart_minutes=120)
    assert release(new_visitor(), at="20260312T1200Z").status_code == 200
    assert anas(visitor, RELEASE_TIMES) == ["0900", "1500", "1515", "1530", "1545", "1600"]
    assert "1030" in anas(visitor)
    assert release(visitor, at="20260312T1430Z").status_code == 409
    assert release(visitor, at="20260312T1500Z").status_code == 200


def test_a_release_that_is_held_counts_like_one_that_is_booked(visitor, cast):
    set_for(Therapist, "ana-moreau", releases_apart_minutes=120)
    noon, until = THURSDAY.replace(hour=12), NOW + timedelta(minutes=10)
    with writing():
        held = Hold(
            treatment_id=cast.release.id,
            minutes=60,
            therapist_id=cast.ana.id,
            room_id=cast.rooms[0].id,
            starts_at=noon,
            made_at=NOW,
            expires_at=until,
        )
        db.session.add(held)
        db.session.flush()
        of = db.session.scalars(select(Resource.id).where(Resource.therapist_id == cast.ana.id)).one()
        times = {"starts_at": noon, "ends_at": noon + timedelta(minutes=75), "expires_at": until}
        db.session.execute(insert(Claim), {"resource_id": of, "hold_id": held.id, **times})
        db.session.commit()
    assert anas(visitor, RELEASE_TIMES)[:2] == ["0900", "1500"]


def test_a_packed_treatment_is_offered_next_to_what_is_booked_and_at_the_ends_of_the_day(visitor, new_visitor):
    set_for(Treatment, "massage", packed=True)
    assert anas(visitor) == ["0900", "1600"]
    assert book(visitor, at="20260312T1200Z").status_code == 409
    set_for(Treatment, "massage", packed=False)
    assert book(new_visitor(), at="20260312T1200Z").status_code == 200
    set_for(Treatment, "massage", packed=True)
    assert anas(visitor) == ["0900", "1045", "1315", "1600"]  # Ana rests until a quarter past one


def test_a_packed_time_that_is_held_stays_theirs_though_its_neighbour_is_cancelled(visitor, new_visitor):
    book(neighbour := new_visitor(), at="20260312T1200Z")
    set_for(Treatment, "massage", packed=True)
    tapped = {"treatment": "massage", "minutes": "60", "slot": "20260312T1315Z.ana-moreau"}
    visitor.post("/holds", **tapped)
    assert "Who is it for?" in visitor.text
    cancelled = f"{neighbour.page.request.path}/cancellation"
    neighbour.get(cancelled)
    neighbour.send(cancelled)
    assert book(visitor, at="20260312T1315Z").status_code == 200
    assert "You're booked" in visitor.text
    assert new_visitor().post("/holds", **{**tapped, "slot": "20260313T1315Z.ana-moreau"}).status_code == 409


def test_rules_hold_for_a_move_as_for_a_booking(visitor, new_visitor):
    set_for(Treatment, "massage", most_a_day=1)
    book(new_visitor())
    book(visitor, at="20260313T1000Z")
    visitor.get(visitor.link("Move it"))
    address = visitor.page.request.path
    visitor.get(f"{address}?slot=20260312T1400Z.ana-moreau")
    assert "That day is full for this treatment." in visitor.text
    assert visitor.post(address, slot="20260312T1400Z.ana-moreau").status_code == 409
    visitor.get(f"{address}?slot=20260313T1400Z.ana-moreau")  # its own day is not full of itself
    assert visitor.send(address).status_code == 200


@pytest.fixture
def clara(cast):
    """A known client, in a clinic that takes each of them once a day."""
    with writing():
        client = Client(name="Clara Teacup", email="clara@client.test", created_at=NOW)
        db.session.add(client)
        db.session.flush()
        db.session.add(Resource(client_id=client.id))
        db.session.execute(update(Clinic).values(client_most_a_day=1))
        db.session.commit()
    return client


def test_a_known_client_books_so_many_times_a_day_and_a_guest_any_number(visitor, clara):
    known = programme(db.session)
    massage, ana = known.treatment("massage"), known.therapist("ana-moreau")

    def wish(day, hour, client=clara):
        at = THURSDAY + timedelta(days=day, hours=hour)
        return Wish(massage, 60, ana, at, name="Clara Teacup", email="clara@client.test", client=client)

    def books(wanted):
        return book_wish(db.session, wanted, screening=None, key=None, now=NOW, by=GUEST)

    with writing():
        first = books(wish(0, 10)).appointment
        assert [refusal.code for refusal in books(wish(0, 14)).refusals] == ["client_day_full"]
        assert books(wish(0, 14, None)).appointment
        second = books(wish(1, 10)).appointment
        to_thursday = replace(wish(0, 16), moves=second.id)
        refusals = move(db.session, second, to_thursday, now=NOW, by=GUEST)
        assert [refusal.code for refusal in refusals] == ["client_day_full"]
        cancel(db.session, first, now=NOW, by=GUEST)
        assert move(db.session, second, to_thursday, now=NOW, by=GUEST) == []
        db.session.rollback()


def test_price_and_deposit_stand_where_it_is_checked_and_in_the_mail(app, visitor):
    set_for(Treatment, "massage", deposit_words="We ask for £10 by bank transfer.")
    box = Letterbox()
    details(visitor)
    assert "Price £60. We ask for £10 by bank transfer." in visitor.text
    visitor.send("/appointments")
    visitor.get(f"{visitor.page.request.path}/again?slot=20260313T1400Z.ana-moreau")
    assert "Price £60. We ask for £10 by bank transfer." in visitor.text
    box.round(app, NOW)
    (mail,) = box.mails
    assert "Price: £60. We ask for £10 by bank transfer.\n" in text_of(mail)
    assert db.session.scalar(select(Appointment)).price_minor == 6000
