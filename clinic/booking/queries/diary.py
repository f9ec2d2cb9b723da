"""What the diary shows between two instants, for everybody, in a constant number of statements."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, exists, or_, select
from sqlalchemy.orm import aliased

from clinic.booking.models import Appointment, Attendance, Block, Cancellation, Delay, Hold, Override, Resource
from clinic.booking.queries.attendance import delays_between
from clinic.core.db import AnySession
from clinic.people.models import Client
from clinic.treatments.models import Treatment
from clinic.work.models import WorkItem


class Visit(NamedTuple):
    """An appointment as the diary draws it: read as columns, for a week of twenty therapists has a thousand."""

    id: UUID
    ref: str
    client_id: UUID
    name: str
    therapist_id: int
    room_id: int
    treatment: str
    second: str | None
    starts_at: datetime
    ends_at: datetime
    version: int
    confirmed_at: datetime | None
    chaperone: bool
    call: str | None
    approval: str | None
    put_aside: bool


class HeldTime(NamedTuple):
    """A time that somebody is booking just now, or that is offered to somebody who waits."""

    therapist_id: int
    room_id: int
    starts_at: datetime
    minutes: int
    expires_at: datetime


class Blocked(NamedTuple):
    id: UUID
    kind: str
    words: str
    therapist_id: int | None
    room_id: int | None
    starts_at: datetime
    ends_at: datetime
    releases_at: datetime | None


@dataclass(frozen=True)
class Diary:
    """All of it. `states` are how far visits have come, in order; `delays` the last telling by therapist."""

    visits: list[Visit]
    held: list[HeldTime]
    blocks: list[Blocked]
    states: dict[UUID, list[Attendance]]
    delays: dict[int, Delay]


def diary_between(session: AnySession, first: datetime, last: datetime, *, now: datetime) -> Diary:
    """Whatever begins in [first, last), and blocks that touch it. Five statements."""
    asked = {"first": first, "last": last, "now": now}
    states: dict[UUID, list[Attendance]] = defaultdict(list)
    for one in session.scalars(ATTENDANCE, asked):
        states[one.appointment_id].append(one)
    return Diary(
        [Visit._make(row) for row in session.execute(VISITS, asked)],
        [HeldTime._make(row) for row in session.execute(HELD, asked)],
        [Blocked._make(row) for row in session.execute(BLOCKED, asked)],
        states,
        delays_between(session, first, last),
    )


def _begins(column: Any) -> Any:
    return column.between(bindparam("first"), bindparam("last")) & (column < bindparam("last"))


FIRST, SECOND, CALL, APPROVAL = aliased(Treatment), aliased(Treatment), aliased(WorkItem), aliased(WorkItem)
VISITS = (
    select(
        Appointment.id,
        Appointment.ref,
        Appointment.client_id,
        Client.name,
        Appointment.therapist_id,
        Appointment.room_id,
        FIRST.name,
        SECOND.name,
        Appointment.starts_at,
        Appointment.ends_at,
        Appointment.version,
        Appointment.confirmed_at,
        Appointment.chaperone,
        CALL.task,
        APPROVAL.task,
        exists().where(Override.appointment_id == Appointment.id),
    )
    .join(Client, Client.id == Appointment.client_id)
    .join(FIRST, FIRST.id == Appointment.treatment_id)
    .outerjoin(SECOND, SECOND.id == Appointment.second_treatment_id)
    .outerjoin(CALL, (CALL.id == Appointment.call_id) & CALL.done_at.is_(None))
    .outerjoin(APPROVAL, (APPROVAL.id == Appointment.approval_id) & APPROVAL.done_at.is_(None))
    .outerjoin(Cancellation, Cancellation.appointment_id == Appointment.id)
    .where(_begins(Appointment.starts_at), Cancellation.appointment_id.is_(None))
    .order_by(Appointment.starts_at, Appointment.id)
)
HELD = (
    select(Hold.therapist_id, Hold.room_id, Hold.starts_at, Hold.minutes, Hold.expires_at)
    .where(_begins(Hold.starts_at), Hold.expires_at > bindparam("now"))
    .order_by(Hold.starts_at, Hold.id)
)
BLOCKED = (
    select(
        Block.id,
        Block.kind,
        Block.words,
        Resource.therapist_id,
        Resource.room_id,
        Block.starts_at,
        Block.ends_at,
        Block.releases_at,
    )
    .join(Resource, Resource.id == Block.resource_id)
    .where(
        Block.starts_at < bindparam("last"),
        Block.ends_at > bindparam("first"),
        or_(Block.releases_at.is_(None), Block.releases_at > bindparam("now")),
    )
    .order_by(Block.starts_at, Block.id)
)
ATTENDANCE = (
    select(Attendance)
    .join(Appointment, Appointment.id == Attendance.appointment_id)
    .where(_begins(Appointment.starts_at), Attendance.undone_at.is_(None))
    .order_by(Attendance.at, Attendance.id)
)
