"""A clinic with two places: whoever is about to book reads at which of them it is, on the clock there."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select, update

from clinic.booking.models import Appointment, WorkingHours
from clinic.core.db import db, writing
from clinic.places.models import Location, Room
from tests.booking.test_waiting_list import join, offer_in, rounds
from tests.conftest import NOW
from tests.letterbox import Letterbox, calendar_of, text_of
from tests.places_apart import second_place
from tests.steps import book, details

TUESDAY_NINE = "20260317T0800Z"  # in Calais; 8am in Bristol
TUESDAY = "1"
CALAIS = "Calais, 2 Quay Street (Central European Time)"
BRISTOL = "Bristol, 1 Test Street (United Kingdom Time)"
BENS = f"/treatments/massage/details?minutes=60&slot={TUESDAY_NINE}.ben-okafor"


@pytest.fixture
def calais(cast):
    """Ben works there on Tuesdays; both places have rooms."""
    tuesdays = WorkingHours.therapist_id == cast.ben.id, WorkingHours.weekday == 1
    return second_place("Calais", "Europe/Paris", *tuesdays)


def test_before_it_is_booked_a_time_says_where_and_when_as_the_appointment_does(calais, visitor):
    visitor.get(BENS)
    assert "Tuesday 17 March, 9am" in visitor.text
    assert CALAIS in visitor.text
    details(visitor, therapist="ben-okafor", at=TUESDAY_NINE)
    assert "Is this right?" in visitor.text
    assert "Tuesday 17 March, 9am" in visitor.text
    assert CALAIS in visitor.text
    visitor.send("/appointments")
    assert "Tuesday 17 March, 9am–10am" in visitor.text
    assert "2 Quay Street" in visitor.text


def test_on_another_day_the_same_therapist_is_at_the_first_place(calais, visitor):
    details(visitor, therapist="ben-okafor", at="20260318T0900Z")
    assert "Wednesday 18 March, 9am" in visitor.text
    assert BRISTOL in visitor.text
    assert "Calais" not in visitor.text


def test_the_clock_is_not_named_where_it_is_the_same(calais, visitor):
    with writing():
        db.session.execute(update(Location).values(zone="Europe/London"))
        db.session.commit()
    details(visitor, therapist="ben-okafor", at="20260317T0900Z")
    assert "Where Calais, 2 Quay Street Price" in visitor.text


def test_with_one_place_its_address_is_enough(visitor):
    details(visitor, therapist="ben-okafor", at=TUESDAY_NINE.replace("08", "09"))
    assert "Where 1 Test Street Price" in visitor.text


def test_who_moves_an_appointment_or_books_it_again_reads_where_the_new_time_is(calais, visitor):
    book(visitor, therapist="ben-okafor", at="20260318T0900Z")
    move, again = visitor.link("Move it"), visitor.link("Book the same again")
    for page in (move, again):
        visitor.get(page)
        visitor.get(f"{visitor.page.request.path}?slot={TUESDAY_NINE}.ben-okafor")
        assert "Tuesday 17 March, 9am" in visitor.text
        assert CALAIS in visitor.text


def test_an_offer_says_where_it_is_in_the_mail_and_on_every_page(app, cast, calais, visitor):
    join(visitor, weekdays=[TUESDAY], parts=[], therapists=[str(cast.ben.id)])
    waits = visitor.page.request.path
    made, mails = rounds(app, NOW)
    assert made == 1
    mail = mails["dmitri@client.test"]
    assert "Tuesday 17 March, 9am" in mail["Subject"]
    assert f"At Test Clinic, {CALAIS}" in text_of(mail)
    for page in (waits, offer_in(mail)):
        visitor.get(page)
        assert "Tuesday 17 March, 9am" in visitor.text
        assert CALAIS in visitor.text
    visitor.send(f"{offer_in(mail)}/acceptance")
    assert "Tuesday 17 March, 9am–10am" in visitor.text


def test_a_time_the_desk_writes_by_hand_is_on_the_clock_of_where_they_work_that_day(calais, new_visitor):
    rosa = new_visitor()
    rosa.sign_in("rosa")
    rosa.get("/diary/booking?treatment=massage&minutes=60&therapist=ben-okafor&new=nils")
    told = {"name": "Nils Butterdish", "phone": "0117 496 0321", "email": ""}
    rosa.send("/diary/bookings", slot="by-hand", on="2026-03-17", time="10:20", length="60", **told)
    assert "Booked: Tuesday 17 March, 10:20am with Ben Okafor." in rosa.text
    assert db.session.scalar(select(Appointment.starts_at)) == datetime(2026, 3, 17, 9, 20, tzinfo=UTC)


def of_tuesday(visitor):
    return {time["slot"]: time["label"] for time in visitor.times if time["slot"].startswith("20260317T")}


def test_each_time_says_at_which_place_it_is_on_the_clock_there(calais, visitor):
    visitor.get("/treatments/massage/times?therapist=ben-okafor&from=2026-03-16")
    told = of_tuesday(visitor)
    assert told[f"{TUESDAY_NINE}.ben-okafor"] == "9am on Tuesday 17 March with Ben, Calais"
    assert "9am Ben · Calais" in visitor.text
    assert "9am Ben · Bristol" in visitor.text
    assert "Each time says where it is, and is on the clock there." in visitor.text
    assert 'data-clock="Europe/London" data-at="2026-03-16T09:00:00+00:00"' in visitor.page.text
    visitor.get("/therapists/ben-okafor")
    assert "· Bristol" in visitor.text


def test_the_part_of_the_day_is_that_of_the_place(calais, visitor):
    visitor.get("/treatments/massage/times?therapist=ben-okafor&from=2026-03-17&weekday=1&part=afternoon")
    assert min(of_tuesday(visitor)) == "20260317T1100Z.ben-okafor"  # midday in Calais


def test_with_one_place_no_time_names_it(visitor):
    visitor.get("/treatments/massage/times?therapist=ben-okafor")
    assert "Times are for Bristol, in United Kingdom Time." in visitor.text
    assert {time["label"] for time in visitor.times} >= {"9am on Thursday 12 March with Ben"}
    assert "· Bristol" not in visitor.text


def put_into(visitor, room_name):
    """Rosa puts the one appointment into this room."""
    visitor.sign_in("rosa")
    page = f"/diary/appointments/{db.session.scalar(select(Appointment.id))}"
    visitor.get(page)
    visitor.send(f"{page}/time", room=db.session.scalar(select(Room.id).where(Room.name == room_name)))
    assert db.session.scalar(select(Room.name).join(Appointment, Appointment.room_id == Room.id)) == room_name


def test_whoever_is_to_come_to_another_address_is_told_by_mail_and_in_their_calendar(app, calais, visitor, new_visitor):
    book(visitor)
    box = Letterbox()
    box.round(app, NOW)
    put_into(new_visitor(), "Sea room")
    box.round(app, NOW)
    booked, told = box.mails
    assert "At Test Clinic, 1 Test Street" in text_of(booked)
    assert "At Test Clinic, 2 Quay Street" in text_of(told)
    assert "2 Quay Street" in calendar_of(told).replace("\\", "")
    assert ("SEQUENCE:0" in calendar_of(booked), "SEQUENCE:1" in calendar_of(told)) == (True, True)


def test_for_another_room_at_the_same_address_nobody_is_written_to(app, calais, visitor, new_visitor):
    book(visitor)
    box = Letterbox()
    box.round(app, NOW)
    put_into(new_visitor(), "Room 2")
    assert box.round(app, NOW) == 0


def test_the_desk_reads_at_which_place_a_room_is_where_there_are_several(calais, visitor, new_visitor):
    book(visitor)
    rosa = new_visitor()
    rosa.sign_in("rosa")
    rosa.get(f"/diary/appointments/{db.session.scalar(select(Appointment.id))}")
    assert "Room 1, Bristol" in rosa.text
    assert "Sea room, Calais" in rosa.text
