"""Setting up: making and changing what the clinic offers, with a line of the trail that says what it was before."""

from datetime import datetime
from typing import Any

from clinic.booking.models import Resource
from clinic.core import audit
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.places.models import Room


def subject_of(row: Any) -> str:
    """As the trail names it: "room:3"."""
    return f"{row.__tablename__}:{row.id}"


def make(session: AnySession, row: Any, values: dict[str, Any], *, by: Actor, now: datetime) -> None:
    """Put these values into a new row and keep it. The caller commits."""
    for name, value in values.items():
        setattr(row, name, value)
    session.add(row)
    session.flush()
    audit.record(session, f"{row.__tablename__}.made", subject_of(row), by=by, now=now, detail={"after": values})


def make_room(session: AnySession, values: dict[str, Any], *, by: Actor, now: datetime) -> Room:
    """A room, which can be taken by one appointment at a time from now on."""
    room = Room()
    make(session, room, values, by=by, now=now)
    session.add(Resource(room_id=room.id))
    return room


def change(session: AnySession, row: Any, values: dict[str, Any], *, by: Actor, now: datetime) -> bool:
    """Put these values into the row, and what changed into the trail; False where all was so before.

    What is booked keeps its price and length: those stand in the appointment itself.
    """
    before = {name: getattr(row, name) for name, value in values.items() if getattr(row, name) != value}
    after = {name: values[name] for name in before}
    for name, value in after.items():
        setattr(row, name, value)
    if before:
        detail = {"before": before, "after": after}
        audit.record(session, f"{row.__tablename__}.changed", subject_of(row), by=by, now=now, detail=detail)
    return bool(before)
