"""What the figures are counted from: columns and no objects, for there may be a year of them."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import String, and_, bindparam, case, exists, func, or_, select, type_coerce
from sqlalchemy.orm import aliased

from clinic.booking.models import Appointment, Attendance, Cancellation
from clinic.core.db import AnySession
from clinic.office.rules.figures import CANCELLED, LATE, NO_SHOW, REBOOKED_WITHIN, TO_COME, VISITED, Visit
from clinic.people.models import Client, Therapist
from clinic.places.models import Room
from clinic.treatments.models import Treatment

# Only told apart and never shown, so left as the driver has it: making 50,000 ids of them takes a while.
PERSON = type_coerce(func.coalesce(Client.merged_into_id, Client.id), String)
A_NIGHT = timedelta(days=1)  # a visit may end the day after it began


def visits_between(
    session: AnySession, first: datetime, last: datetime, *, zones: Mapping[int, str], now: datetime
) -> list[Visit]:
    """Appointments that begin in [first, last) and are over, and the later ones that were booked soon after them.
    `zones` are those of the locations. One statement.
    """
    clocks = {location_id: ZoneInfo(zone) for location_id, zone in zones.items()}
    asked = {"first": first, "last": last, "booked": last + A_NIGHT + REBOOKED_WITHIN, "now": now}
    return [_visit(row, clocks[row[-1]]) for row in session.execute(VISITS, asked)]


def seen_before(session: AnySession, first: datetime) -> set[Any]:
    """Whoever had a visit before then, as the clients they are now. One statement."""
    return set(session.scalars(SEEN_BEFORE, {"first": first}))


def names(session: AnySession) -> tuple[dict[int, str], dict[int, str]]:
    """Of all therapists by id, in order, and of all treatments. Two statements."""
    therapists = session.execute(select(Therapist.id, Therapist.name).order_by(Therapist.name, Therapist.id))
    treatments = session.execute(select(Treatment.id, Treatment.name).order_by(Treatment.position, Treatment.id))
    return {row[0]: row[1] for row in therapists}, {row[0]: row[1] for row in treatments}


def _visit(row: Any, clock: ZoneInfo) -> Visit:
    person, starts_at, ends_at, booked_at, therapist_id, treatment, second, price, became, _ = row
    treatments = (treatment, second) if second else (treatment,)
    day = starts_at.astimezone(clock).date()
    return Visit(person, day, starts_at, ends_at, booked_at, therapist_id, treatments, price, became)


def _missed(appointment: Any) -> Any:
    its_own = Attendance.appointment_id == appointment.id
    return exists().where(its_own, Attendance.state == "no_show", Attendance.undone_at.is_(None))


def _visits() -> Any:
    stands = Cancellation.appointment_id.is_(None)
    is_over = Appointment.ends_at <= bindparam("now")
    became = case(
        (Cancellation.late.is_(True), LATE),
        (~stands, CANCELLED),
        (_missed(Appointment), NO_SHOW),
        (~is_over, TO_COME),
        else_=VISITED,
    )
    columns = Appointment.starts_at, Appointment.ends_at, Appointment.booked_at, Appointment.therapist_id
    given = Appointment.treatment_id, Appointment.second_treatment_id, Appointment.price_minor
    counted = and_(Appointment.starts_at < bindparam("last"), is_over)
    booked_after = and_(stands, Appointment.booked_at <= bindparam("booked"))
    return (
        select(PERSON, *columns, *given, became, Room.location_id)
        .join(Client, Client.id == Appointment.client_id)
        .join(Room, Room.id == Appointment.room_id)
        .outerjoin(Cancellation, Cancellation.appointment_id == Appointment.id)
        .where(Appointment.starts_at >= bindparam("first"), or_(counted, booked_after))
    )


def _seen_before() -> Any:
    before = aliased(Appointment)
    ended = exists().where(Cancellation.appointment_id == before.id)
    came = exists().where(
        before.client_id == Client.id, before.starts_at < bindparam("first"), ~ended, ~_missed(before)
    )
    return select(PERSON).where(came)


VISITS, SEEN_BEFORE = _visits(), _seen_before()  # built once: that takes longer than the database takes to answer
