"""One check page makes one booking, however often it is sent."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from clinic.booking.models import Appointment, Resource
from clinic.booking.operations import book
from clinic.booking.programme import programme
from clinic.booking.wishes import Wish
from clinic.core.audit import GUEST
from clinic.core.db import db, writing
from clinic.intake.operations import keep_answers
from clinic.people.models import Client
from tests.conftest import NOW
from tests.rows import rows
from tests.steps import book as book_by_hand
from tests.steps import details
from tests.visitor import fields_of

ELEVEN = "20260312T1130Z.ana-moreau"


def test_a_hundred_clicks_make_one_booking_and_show_one_page(visitor):
    details(visitor)
    asked, seen = visitor.page, set()
    for _ in range(100):
        visitor.page = asked
        assert visitor.send("/appointments").status_code == 200
        seen.add(visitor.text)
    assert len(seen) == 1
    assert "You're booked" in visitor.text
    after = rows()
    assert (after["appointment"], after["client"], after["claim"]) == (1, 1, 3)
    assert (after["outgoing_message"], after["link"]) == (1, 1)


def test_whom_we_know_is_recognised_however_they_write_their_address(cast):
    """A second press must not read as somebody else's."""
    with writing():
        known, client = programme(db.session), Client(name="Clara Teacup", email="Clara@client.test", created_at=NOW)
        db.session.add(client)
        db.session.flush()
        db.session.add(Resource(client_id=client.id))
        at, ana = datetime(2026, 3, 12, 10, tzinfo=UTC), known.therapist("ana-moreau")
        who = {"name": "Clara Teacup", "email": "clara@client.test", "client": client}
        wish = Wish(known.treatment("massage"), 60, ana, at, **who)
        pressed = [book(db.session, wish, screening=None, key="one key", now=NOW, by=GUEST) for _ in range(2)]
        assert [outcome.refusals for outcome in pressed] == [(), ()]
        assert pressed[0].appointment is pressed[1].appointment
        db.session.rollback()


@pytest.mark.parametrize(
    "other", [{"slot": ELEVEN}, {"name": "Somebody Else"}, {"minutes": 30}, {"treatment": "hips-without-tummy"}]
)
def test_the_same_page_sent_with_other_details_is_told_of_the_first_booking(visitor, other):
    details(visitor)
    asked = visitor.page
    visitor.send("/appointments")
    visitor.page = asked
    assert visitor.send("/appointments", **other).status_code == 409
    assert "You have already booked Thursday 12 March, 10am" in visitor.text
    assert rows()["appointment"] == 1
    visitor.get(visitor.link("See my appointment"))
    assert "You're booked" in visitor.text


def test_another_visitors_key_is_refused(visitor, new_visitor):
    details(visitor)
    stolen = visitor.page
    other = new_visitor()
    other.get("/treatments/massage/times")
    page = other.post("/appointments", **{**fields_of(stolen.text), "csrf_token": other.token()})
    assert page.status_code == 400
    assert "begin again" in other.text
    assert rows()["appointment"] == 0


@pytest.mark.parametrize("key", ["", "x", "x.y", "é.ü", ".", "x" * 500])
def test_a_key_that_nobody_made_is_refused(visitor, key):
    details(visitor)
    assert visitor.send("/appointments", key=key).status_code in {400, 422}
    assert rows()["appointment"] == 0


def test_two_check_pages_make_two_bookings(visitor):
    book_by_hand(visitor)
    book_by_hand(visitor, at="20260312T1400Z")
    assert len(db.session.scalars(select(Appointment)).all()) == 2


def test_two_people_who_type_the_same_address_are_two_clients(visitor, new_visitor):
    book_by_hand(visitor)
    book_by_hand(new_visitor(), at="20260312T1400Z")
    assert rows()["client"] == 2  # a typed address proves nothing


def test_two_tabs_that_share_one_safety_page_make_one_release(cast):
    outcomes = []
    with writing():
        known = programme(db.session)
        screening = keep_answers(db.session, "one visit", [], now=NOW)
        for hour in (10, 14):
            at = datetime(2026, 3, 12, hour, tzinfo=UTC)
            release, ana = known.treatment("psoas-release"), known.therapist("ana-moreau")
            wish = Wish(release, 60, ana, at, name="Clara Teacup", email="clara@client.test")
            outcomes.append(book(db.session, wish, screening=screening, key=None, now=NOW, by=GUEST))
            db.session.commit()
    assert outcomes[0].appointment
    assert [refusal.code for refusal in outcomes[1].refusals] == ["screening_needed"]
    assert rows()["appointment"] == 1
