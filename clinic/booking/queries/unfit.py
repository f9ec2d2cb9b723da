"""Appointments whose room is out of use, or not fit any more for what they are: shown, and changed by nobody."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, or_, select

from clinic.booking.models import Appointment, Cancellation
from clinic.booking.queries.appointments import WITH_ALL
from clinic.core.db import AnySession
from clinic.places.models import Room
from clinic.treatments.models import Treatment


def unfit_in_room(session: AnySession, room: Room, now: datetime) -> list[Appointment]:
    """The standing appointments to come in this room that should not be there any more, in order. Two statements."""
    needs = session.execute(NEEDS).all()
    return _in_rooms(session, [room.id], [id_ for id_, kind in needs if not _fits(room.kinds, room.offered, kind)], now)


def unfit_of_treatment(session: AnySession, treatment: Treatment, now: datetime) -> list[Appointment]:
    """The same for one treatment, whichever room each is in."""
    rooms = session.execute(ROOMS).all()
    unfit = [id_ for id_, kinds, offered in rooms if not _fits(kinds, offered, treatment.room_kind)]
    return _in_rooms(session, unfit, [treatment.id], now)


def _fits(kinds: Collection[str], offered: bool, kind: str | None) -> bool:  # noqa: FBT001  (a column's value)
    return offered and (kind is None or kind in kinds)


def _in_rooms(
    session: AnySession, room_ids: Collection[int], treatment_ids: Collection[int], now: datetime
) -> list[Appointment]:
    asked = {"room_ids": list(room_ids), "treatment_ids": list(treatment_ids), "now": now}
    return list(session.scalars(TO_COME, asked).unique())


NEEDS = select(Treatment.id, Treatment.room_kind)
ROOMS = select(Room.id, Room.kinds, Room.offered)
TREATMENT_IDS: Any = bindparam("treatment_ids", expanding=True)
TO_COME = (
    select(Appointment)
    .outerjoin(Cancellation, Cancellation.appointment_id == Appointment.id)
    .where(
        Appointment.room_id.in_(bindparam("room_ids", expanding=True)),
        or_(Appointment.treatment_id.in_(TREATMENT_IDS), Appointment.second_treatment_id.in_(TREATMENT_IDS)),
        Appointment.ends_at > bindparam("now"),
        Cancellation.appointment_id.is_(None),
    )
    .options(*WITH_ALL)
    .order_by(Appointment.starts_at, Appointment.id)
    .limit(200)
)
