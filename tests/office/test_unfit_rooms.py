"""A treatment that begins to need a kind of room, or a room that stops being fit: whoever saves it is told what is booked
there, and nothing of that is changed.
"""

import pytest
import sqlalchemy as sa

from clinic.booking.models import Appointment, Cancellation
from clinic.core.db import db, writing
from clinic.places.models import Room
from clinic.treatments.models import Treatment
from tests.conftest import NOW
from tests.rows import whole_rows
from tests.steps import book

NEEDS = "needs another room"
MOVED = {"room", "treatment", "audit_line", "versions"}


@pytest.fixture
def olu(visitor):
    visitor.sign_in("olu")
    return visitor


@pytest.fixture
def booked(new_visitor):
    """Clara's massage, tomorrow at ten; and in the afternoon something else with Ben."""
    book(new_visitor())
    dan = {"name": "Dan", "email": "dan@client.test", "therapist": "ben-okafor", "at": "20260312T1400Z"}
    book(new_visitor(), "hips-without-tummy", **dan)
    return {one.client.name: one for one in db.session.scalars(sa.select(Appointment))}


def save(olu, page, **changed):
    olu.get(page)
    olu.send(page, **changed)
    return olu.text


def test_a_treatment_that_begins_to_need_a_room_lists_what_is_booked_in_others_and_changes_nothing(olu, cast, booked):
    before = whole_rows(but=MOVED)
    said = save(olu, f"/clinic/treatments/{cast.massage.id}", room_kind="step_free")
    assert f"1 appointment {NEEDS}" in said
    assert "Clara Teacup" in said
    assert "Dan" not in said
    assert olu.link("Clara").startswith(f"/diary/appointments/{booked['Clara Teacup'].id}?back=/clinic/treatments/")
    assert whole_rows(but=MOVED) == before


def test_a_room_that_is_not_fit_any_more_lists_what_needs_it_and_not_what_does_not(olu, cast, booked):
    with writing():
        db.session.execute(sa.update(Treatment).where(Treatment.slug == "massage").values(room_kind="step_free"))
        db.session.execute(sa.update(Room).values(kinds=["table", "step_free"]))
        db.session.execute(sa.update(Appointment).values(room_id=cast.rooms[0].id))
        db.session.commit()
    room = f"/clinic/rooms/{cast.rooms[0].id}"
    assert NEEDS not in olu.get(room).text
    said = save(olu, room, kinds=["table"])
    assert f"1 appointment {NEEDS}" in said
    assert ("Clara Teacup" in said, "Dan" in said) == (True, False)


def test_the_second_treatment_of_a_visit_counts_as_well(olu, cast, booked):
    with writing():
        pair = {"second_treatment_id": cast.alternative.id, "second_minutes": 30}
        db.session.execute(sa.update(Appointment).where(Appointment.treatment_id == cast.massage.id).values(**pair))
        db.session.commit()
    assert "2 appointments need another room" in save(
        olu, f"/clinic/treatments/{cast.alternative.id}", room_kind="two_tables"
    )


def test_what_is_over_or_called_off_or_moved_to_a_fit_room_is_not_listed(olu, cast, booked):
    page, clara = f"/clinic/treatments/{cast.massage.id}", booked["Clara Teacup"].id
    assert f"1 appointment {NEEDS}" in save(olu, page, room_kind="step_free")
    other = next(room.id for room in cast.rooms if room.id != booked["Clara Teacup"].room_id)
    with writing():
        db.session.execute(sa.update(Room).where(Room.id == other).values(kinds=["step_free"]))
        db.session.commit()
    olu.get(page)
    olu.get(olu.link("Clara"))
    olu.send(f"/diary/appointments/{clara}/time", room=other)
    assert NEEDS not in olu.get(page).text
    with writing():
        db.session.execute(sa.update(Room).values(kinds=[]))
        db.session.add(Cancellation(appointment_id=clara, at=NOW, by="account:1"))
        db.session.commit()
    assert NEEDS not in olu.get(page).text
