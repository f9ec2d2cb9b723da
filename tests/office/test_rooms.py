"""Rooms and locations: set up by the owner, used at once, and never taken from what is booked."""

import pytest
import sqlalchemy as sa

from clinic.booking.models import Appointment, Resource
from clinic.core.audit import AuditLine
from clinic.core.db import db
from clinic.places.models import Location, Room
from tests.steps import book


@pytest.fixture
def olu(visitor):
    visitor.sign_in("olu")
    return visitor


def test_a_new_room_can_be_booked_at_once(olu, new_visitor, cast):
    for n in (1, 2):
        book(new_visitor(), therapist=("ana-moreau", "ben-okafor")[n - 1])
    olu.get("/clinic/rooms/new")
    page = olu.send("/clinic/rooms", name="Garden room", kinds=["two_tables"])
    assert "Garden room" in page.text
    made = db.session.scalars(sa.select(Room).where(Room.name == "Garden room")).one()
    assert (made.location_id, made.kinds, made.offered) == (cast.location.id, ["table", "two_tables"], True)
    assert db.session.scalar(sa.select(Resource.id).where(Resource.room_id == made.id))


def test_a_room_out_of_use_keeps_its_appointments_names_them_and_is_given_to_nobody_else(olu, new_visitor, cast):
    book(new_visitor())
    booked = db.session.scalars(sa.select(Appointment)).one()
    address = f"/clinic/rooms/{booked.room_id}"
    olu.get(address)
    page = olu.send(address, offered="")
    assert "1 appointment needs another room" in page.text
    assert "Clara Teacup" in page.text
    new_visitor().get("/")
    book(new_visitor(), therapist="ben-okafor", email="other@client.test")
    book(new_visitor(), therapist="ben-okafor", at="20260312T1400Z", email="other@client.test")
    later = db.session.scalars(sa.select(Appointment.room_id).where(Appointment.id != booked.id)).all()
    assert len(later) == 2
    assert booked.room_id not in later


def test_what_was_changed_stands_on_the_page_with_who_changed_it(olu, cast):
    address = f"/clinic/rooms/{cast.rooms[0].id}"
    olu.get(address)
    olu.send(address, name="The quiet room")
    assert "Olu" in olu.text
    assert "Name: from “Room 1” to “The quiet room”" in olu.text
    line = db.session.scalars(sa.select(AuditLine).where(AuditLine.action == "room.changed")).one()
    assert line.detail == {"before": {"name": "Room 1"}, "after": {"name": "The quiet room"}}


def test_saving_what_is_there_already_leaves_no_line(olu, cast):
    address = f"/clinic/locations/{cast.location.id}"
    olu.get(address)
    assert olu.send(address, address=cast.location.address).status_code == 200
    assert db.session.scalars(sa.select(AuditLine).where(AuditLine.action == "location.changed")).all() == []


@pytest.mark.parametrize(
    ("page", "typed", "sentence"),
    [
        ("rooms", {"name": " "}, "This cannot be empty."),
        ("rooms", {"name": "x" * 81}, "80 characters"),
        ("rooms", {"kinds": ["pool"]}, "This list has changed."),
        ("rooms", {"location_id": "999"}, "Not a valid choice"),
        ("locations", {"name": "Bath", "zone": "Europe/Atlantis"}, "Choose a time zone from the list."),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_is_kept(olu, page, typed, sentence):
    olu.get(f"/clinic/{page}/new")
    answer = olu.send(f"/clinic/{page}", **{"name": "Garden", **typed})
    assert (answer.status_code, sentence in olu.text) == (422, True)
    assert typed.get("name", "Garden").strip() in answer.text


def test_a_column_that_is_not_in_the_form_is_not_set_by_sending_it(olu, cast):
    room = cast.rooms[0].id
    olu.get(f"/clinic/rooms/{room}")
    olu.send(f"/clinic/rooms/{room}", id="99", location="7", name="Still here")
    assert db.session.get(Room, room).name == "Still here"
    assert db.session.get(Room, 99) is None


def test_a_new_location_is_there_for_rooms(olu):
    olu.get("/clinic/locations/new")
    olu.send("/clinic/locations", name="Bath", address="2 Weir Street", zone="Europe/London")
    bath = db.session.scalars(sa.select(Location).where(Location.name == "Bath")).one()
    olu.get("/clinic/rooms/new")
    olu.send("/clinic/rooms", name="Weir room", location_id=str(bath.id))
    assert db.session.scalar(sa.select(Room.location_id).where(Room.name == "Weir room")) == bath.id
