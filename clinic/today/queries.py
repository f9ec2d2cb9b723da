"""What this person of the staff may see."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from clinic.aftercare.models import PracticeLog, StretchPlan
from clinic.booking.models import Appointment, Cancellation, Claim
from clinic.booking.operations import APPROVE
from clinic.core.db import AnySession
from clinic.people.models import Account, Client, Therapist
from clinic.work.models import WorkItem


@dataclass(frozen=True)
class Call:
    """A call to make, before an appointment or after what a client told about a plan; or an appointment to approve."""

    item: WorkItem
    client: Client
    therapist: Therapist
    appointment: Appointment | None


def open_work(session: AnySession, now: datetime, *, account: Account) -> list[Call]:
    """What waits for somebody, soonest due first; a therapist's own, or all. It lapses with the appointment."""
    query = OWN_WORK if account.role == "therapist" else ALL_WORK
    return [_call(*found) for found in session.execute(query, {"now": now, "owner_id": account.id})]


def _call(item: WorkItem, before: Appointment | None, asked: Appointment | None, log: PracticeLog | None) -> Call:
    appointment = before or asked
    about: Any = log.plan if log else appointment
    return Call(item, about.client.person, about.therapist, appointment)


def open_call(session: AnySession, item_id: int, account: Account) -> WorkItem | None:
    """A call this person is to make."""
    its_own = WorkItem.id == item_id, WorkItem.owner_id == account.id, WorkItem.task != APPROVE
    return session.scalar(select(WorkItem).where(*its_own))


def asked_of(session: AnySession, item_id: int, account: Account) -> Appointment | None:
    """A standing appointment this person is to approve, or has approved."""
    query = select(Appointment).join(WorkItem, Appointment.approval_id == WorkItem.id).outerjoin(Cancellation)
    its_own = WorkItem.id == item_id, WorkItem.owner_id == account.id, Cancellation.appointment_id.is_(None)
    return session.scalar(query.where(*its_own))


def visits_at_once(session: AnySession, resource_id: int | None, other_id: int | None) -> list[Appointment]:
    """Two appointments at the same time, one of each of these resources; empty where there are none."""
    one, other = aliased(Claim), aliased(Claim)
    overlap = (one.starts_at < other.ends_at) & (other.starts_at < one.ends_at)
    claims = select(one.appointment_id, other.appointment_id).join(other, overlap)
    found = session.execute(
        claims.where(one.resource_id == resource_id, other.resource_id == other_id).limit(1)
    ).first()
    return [session.get_one(Appointment, each) for each in found] if found else []


def _open_work() -> Any:
    before, asked, after = aliased(Appointment), aliased(Appointment), aliased(PracticeLog)
    to_come = func.coalesce(before.ends_at, asked.ends_at) > bindparam("now")
    return (
        select(WorkItem, before, asked, after)
        .outerjoin(before, before.call_id == WorkItem.id)
        .outerjoin(asked, asked.approval_id == WorkItem.id)
        .outerjoin(Cancellation, Cancellation.appointment_id == func.coalesce(before.id, asked.id))
        .outerjoin(after, after.call_id == WorkItem.id)
        .where(
            WorkItem.done_at.is_(None),
            or_(after.id.is_not(None), Cancellation.appointment_id.is_(None) & to_come),
        )
        .options(
            joinedload(before.client),
            joinedload(before.therapist),
            joinedload(asked.client),
            joinedload(asked.therapist),
            joinedload(after.plan).options(joinedload(StretchPlan.client), joinedload(StretchPlan.therapist)),
        )
        .order_by(WorkItem.due_at)
    )


ALL_WORK = _open_work()  # built once: that takes longer than the database takes to answer
OWN_WORK = ALL_WORK.where(WorkItem.owner_id == bindparam("owner_id"))
