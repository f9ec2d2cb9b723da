"""What is offered and by whom, read while somebody changes it."""

from sqlalchemy import event
from sqlalchemy.orm import Session

from clinic.booking.models import Resource
from clinic.booking.programme import whole_programme
from clinic.core.db import db, writing
from clinic.people.models import Therapist
from clinic.places.models import Location, Room

MOST = 30  # statements of a reading


def add_somebody_and_a_place(number):
    with writing(), Session(db.engine) as other:
        place = Location(name=f"New {number}", address="", zone="Europe/London")
        other.add_all([therapist := Therapist(slug=f"new-{number}", name="New Here"), place])
        other.flush()
        other.add(room := Room(name=f"New room {number}", location_id=place.id))
        other.flush()
        other.add_all([Resource(therapist_id=therapist.id), Resource(room_id=room.id)])
        other.commit()


def read_while_somebody_comes(number):
    """Before the statement of this number."""
    left = number

    def count(*_):
        nonlocal left
        left -= 1
        if left == 0:
            add_somebody_and_a_place(number)

    event.listen(db.engine, "before_cursor_execute", count)
    found = whole_programme(db.session)
    event.remove(db.engine, "before_cursor_execute", count)
    db.session.rollback()
    return found, left < 0


def test_whoever_comes_between_two_statements_breaks_no_reading(app, cast):
    came = 0
    for number in range(1, MOST):
        found, has_come = read_while_somebody_comes(number)
        assert {room.location_id for room in found.rooms} <= set(found.locations)
        came += has_come
    assert 10 < came < MOST - 1
