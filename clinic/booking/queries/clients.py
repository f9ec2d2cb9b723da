"""Clients for the pages that list them, each with their visits."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, case, func, or_, select, true
from sqlalchemy.orm import aliased

from clinic.booking.models import Appointment, Cancellation
from clinic.booking.queries.appointments import MISSED
from clinic.core.db import AnySession
from clinic.people.models import Account, Client, Therapist
from clinic.work.models import WorkItem


@dataclass(frozen=True)
class Visits:
    """A client's visits in short, and what is to be done before the next. `missed`: no-shows and late cancellations."""

    first: datetime | None = None
    last: datetime | None = None
    next: datetime | None = None
    count: int = 0
    missed: int = 0
    ring: bool = False
    approve: bool = False
    chaperone: bool = False


def visible_clients(account: Account) -> ColumnElement[bool]:
    """The clients this person may look up, as `visible_client` has it for one."""
    if account.role != "therapist":
        return true()
    booked = select(Appointment.client_id).join(Therapist).outerjoin(Cancellation)
    theirs = booked.where(Therapist.account_id == account.id, Cancellation.appointment_id.is_(None))
    return Client.id.in_(theirs)


def clients_from(
    session: AnySession, among: ColumnElement[bool], *, letter: str, skip: int, most: int
) -> Sequence[Client]:
    """Clients by name, of one first letter or of all; whoever was merged is not listed."""
    query = select(Client).where(among, Client.merged_into_id.is_(None), _begins(letter))
    return session.scalars(query.order_by(Client.search, Client.id).offset(skip).limit(most)).all()


def clients_after(session: AnySession, after: Any, most: int) -> Sequence[Any]:
    """Who all clients are, by name, some at a time: those that come after this one."""
    query = select(Client.id, Client.name, Client.email, Client.phone, Client.search, Client.outside_ref)
    query = query.where(Client.merged_into_id.is_(None))
    if after is not None:
        later = and_(Client.search == after.search, Client.id > after.id)
        query = query.where(or_(Client.search > after.search, later))
    return session.execute(query.order_by(Client.search, Client.id).limit(most)).all()


def first_letters(session: AnySession, among: ColumnElement[bool]) -> list[str]:
    """With which letters these clients' names begin."""
    letter = func.substr(Client.search, 1, 1)
    found = session.scalars(select(letter).where(among, Client.merged_into_id.is_(None)).distinct())
    return sorted(one for one in found if one.isalpha())


def visits_of(session: AnySession, client_ids: Collection[UUID], now: datetime) -> dict[UUID, Visits]:
    """The visits of each of these clients; absent where there was never one. One statement."""
    rows = session.execute(VISITS, {"ids": list(client_ids), "now": now})
    return {row[0]: Visits(*row[1:6], *map(bool, row[6:])) for row in rows}


def _begins(letter: str) -> ColumnElement[bool]:
    return Client.search.startswith(letter, autoescape=True) if letter else true()


def _visits() -> Any:
    call, approval = aliased(WorkItem), aliased(WorkItem)
    stands = Cancellation.appointment_id.is_(None)
    to_come = and_(stands, Appointment.ends_at > bindparam("now"))
    was = and_(stands, Appointment.ends_at <= bindparam("now"), ~MISSED)
    missed = or_(Cancellation.late.is_(True), and_(stands, MISSED))
    starts_at = Appointment.starts_at
    return (
        select(
            Appointment.client_id,
            func.min(case((was, starts_at))),
            func.max(case((was, starts_at))),
            func.min(case((to_come, starts_at))),
            func.count(case((was, 1))),
            func.count(case((missed, 1))),
            func.count(case((and_(to_come, call.id.is_not(None)), 1))),
            func.count(case((and_(to_come, approval.id.is_not(None)), 1))),
            func.count(case((and_(to_come, Appointment.chaperone), 1))),
        )
        .outerjoin(Cancellation, Cancellation.appointment_id == Appointment.id)
        .outerjoin(call, and_(call.id == Appointment.call_id, call.done_at.is_(None)))
        .outerjoin(approval, and_(approval.id == Appointment.approval_id, approval.done_at.is_(None)))
        .where(Appointment.client_id.in_(bindparam("ids", expanding=True)))
        .group_by(Appointment.client_id)
    )


VISITS = _visits()  # built once: that takes longer than the database takes to answer
