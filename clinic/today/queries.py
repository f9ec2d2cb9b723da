"""What this person of the staff may see."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from clinic.aftercare.models import PracticeLog, StretchPlan
from clinic.booking.models import Appointment, Cancellation
from clinic.core.db import AnySession
from clinic.people.models import Account
from clinic.work.models import WorkItem


@dataclass(frozen=True)
class Call:
    """A call to make before a visit."""

    item: WorkItem
    appointment: Appointment


def open_calls(session: AnySession, now: datetime, *, account: Account) -> list[Call]:
    """Calls still to make before appointments that stand, soonest due first; a therapist's own, or all."""
    query: Any = (
        select(WorkItem, Appointment)
        .join(Appointment, Appointment.call_id == WorkItem.id)
        .outerjoin(Cancellation, Cancellation.appointment_id == Appointment.id)
        .where(WorkItem.done_at.is_(None), Cancellation.appointment_id.is_(None), Appointment.ends_at > now)
        .options(joinedload(Appointment.client), joinedload(Appointment.therapist))
        .order_by(WorkItem.due_at)
    )
    if account.role == "therapist":
        query = query.where(WorkItem.owner_id == account.id)
    return [Call(item, appointment) for item, appointment in session.execute(query)]


def open_call(session: AnySession, item_id: int, account: Account) -> WorkItem | None:
    """A call this person is to make."""
    return session.scalar(select(WorkItem).where(WorkItem.id == item_id, WorkItem.owner_id == account.id))


def open_plan_calls(session: AnySession, *, account: Account) -> list[PracticeLog]:
    """Calls to make after what clients told about their plans, soonest due first; a therapist's own, or all."""
    query = (
        select(PracticeLog)
        .join(WorkItem, PracticeLog.call_id == WorkItem.id)
        .where(WorkItem.done_at.is_(None))
        .options(
            contains_eager(PracticeLog.call),
            joinedload(PracticeLog.plan).options(joinedload(StretchPlan.client), joinedload(StretchPlan.therapist)),
        )
        .order_by(WorkItem.due_at)
    )
    if account.role == "therapist":
        query = query.where(WorkItem.owner_id == account.id)
    return list(session.scalars(query))
