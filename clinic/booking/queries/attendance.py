"""How far visits have come, and who runs late."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, select
from sqlalchemy.orm import aliased, joinedload

from clinic.booking import rules
from clinic.booking.models import Appointment, Attendance, Cancellation, Delay
from clinic.booking.queries.appointments import STANDING_OF_ONE
from clinic.core.db import AnySession
from clinic.people.models import Client, Therapist
from clinic.places.models import Room
from clinic.treatments.models import Treatment
from clinic.work.models import WorkItem


@dataclass(frozen=True)
class Reached:
    """The state a visit is in, since when, and who said so: the actor, as in the audit trail."""

    state: str
    at: datetime
    by: str


def reached(appointment: Appointment) -> Reached:
    """Where a visit stands: booked, as far as its last step, or cancelled. Of many, load their `steps` with them."""
    if ended := appointment.cancellation:
        return Reached("cancelled", ended.at, ended.by)
    return _furthest({step.state: Reached(step.state, step.at, step.by) for step in appointment.steps}, appointment)


def reached_of(rows: Sequence[Row[Any]]) -> Reached:
    """The same of one visit's rows of a day sheet."""
    return _furthest({row.step: Reached(row.step, row.step_at, row.step_by) for row in rows if row.step}, rows[0])


def _furthest(said: Mapping[str, Reached], visit: Appointment | Row[Any]) -> Reached:
    confirmed = ["confirmed"] if visit.confirmed_at else []
    state = rules.furthest([*confirmed, *said])
    if step := said.get(state):
        return step
    if visit.confirmed_at:  # from before steps were kept
        return Reached(state, visit.confirmed_at, "")
    return Reached(state, visit.booked_at, visit.booked_by)


def day_between(session: AnySession, first: datetime, last: datetime, *, therapist_id: int) -> list[Appointment]:
    """A therapist's standing appointments that begin in [first, last), in order, with their steps."""
    found = session.scalars(DAY_OF_ONE, {"first": first, "last": last, "therapist_id": therapist_id})
    return list(found.unique())


def sheet_between(
    session: AnySession, first: datetime, last: datetime, *, therapist_id: int | None = None
) -> list[Row[Any]]:
    """What the day sheet shows of standing appointments that begin in [first, last), of one therapist or of all, in
    order; and with each, what was told last in that time of how late its therapist runs. An appointment of which
    several steps were said has a row for each.

    Plain columns: as objects of the session, sixty visits took as long as all the rest of the page.
    """
    query = SHEET if therapist_id is None else SHEET_OF_ONE
    return list(session.execute(query, {"first": first, "last": last, "therapist_id": therapist_id}))


def delays_between(session: AnySession, first: datetime, last: datetime) -> dict[int, Delay]:
    """What was told last of each therapist in [first, last), by the therapist's id; 0 minutes is on time again."""
    told = session.scalars(DELAYS, {"first": first, "last": last})
    return {delay.therapist_id: delay for delay in told}


DELAYS = select(Delay).where(Delay.at >= bindparam("first"), Delay.at < bindparam("last")).order_by(Delay.at, Delay.id)
TOLD_LAST = (
    DELAYS.with_only_columns(Delay.id)
    .where(Delay.therapist_id == Appointment.therapist_id)
    .order_by(None)
    .order_by(Delay.at.desc(), Delay.id.desc())
    .limit(1)
)
DAY_OF_ONE = STANDING_OF_ONE.options(joinedload(Appointment.steps))
SECOND, CALL, APPROVAL = aliased(Treatment), aliased(WorkItem), aliased(WorkItem)
SHEET = (
    select(
        *(Appointment.id, Appointment.starts_at, Appointment.ends_at, Appointment.chaperone),
        *(Appointment.confirmed_at, Appointment.booked_at, Appointment.booked_by),
        *(Appointment.client_id, Client.name.label("client")),
        *(Appointment.therapist_id, Therapist.name.label("therapist"), Therapist.slug),
        *(Treatment.name.label("treatment"), SECOND.name.label("second")),
        *(Room.name.label("room"), Room.location_id),
        *(APPROVAL.task.label("to_approve"), CALL.task.label("to_ring")),
        *(Attendance.state.label("step"), Attendance.at.label("step_at"), Attendance.by.label("step_by")),
        *(Delay.minutes.label("late"), Delay.at.label("late_since")),
    )
    .join(Client, Client.id == Appointment.client_id)
    .join(Therapist, Therapist.id == Appointment.therapist_id)
    .join(Treatment, Treatment.id == Appointment.treatment_id)
    .join(Room, Room.id == Appointment.room_id)
    .outerjoin(SECOND, SECOND.id == Appointment.second_treatment_id)
    .outerjoin(CALL, (CALL.id == Appointment.call_id) & CALL.done_at.is_(None))
    .outerjoin(APPROVAL, (APPROVAL.id == Appointment.approval_id) & APPROVAL.done_at.is_(None))
    .outerjoin(Cancellation, Cancellation.appointment_id == Appointment.id)
    .outerjoin(Attendance, (Attendance.appointment_id == Appointment.id) & Attendance.undone_at.is_(None))
    .outerjoin(Delay, Delay.id == TOLD_LAST.correlate(Appointment).scalar_subquery())
    .where(
        Cancellation.appointment_id.is_(None),
        Appointment.starts_at >= bindparam("first"),
        Appointment.starts_at < bindparam("last"),
    )
    .order_by(Appointment.starts_at, Appointment.id)
)
SHEET_OF_ONE = SHEET.where(Appointment.therapist_id == bindparam("therapist_id"))
