"""What this person of the staff may see."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import aliased, joinedload

from clinic.aftercare.models import PracticeLog, StretchPlan
from clinic.booking.models import Appointment, Cancellation
from clinic.core.db import AnySession
from clinic.people.models import Account, Client, Therapist
from clinic.work.models import WorkItem


@dataclass(frozen=True)
class Call:
    """A call to make: before an appointment, or about a plan after what its client told."""

    item: WorkItem
    client: Client
    therapist: Therapist
    appointment: Appointment | None


def open_calls(session: AnySession, now: datetime, *, account: Account) -> list[Call]:
    """Calls still to make, soonest due first; a therapist's own, or all. One before an appointment lapses with it."""
    query = OWN_CALLS if account.role == "therapist" else ALL_CALLS
    return [_call(*found) for found in session.execute(query, {"now": now, "owner_id": account.id})]


def _call(item: WorkItem, appointment: Appointment | None, log: PracticeLog | None) -> Call:
    about: Any = log.plan if log else appointment
    return Call(item, about.client, about.therapist, appointment)


def open_call(session: AnySession, item_id: int, account: Account) -> WorkItem | None:
    """A call this person is to make."""
    return session.scalar(select(WorkItem).where(WorkItem.id == item_id, WorkItem.owner_id == account.id))


def _open_calls() -> Any:
    before, after = aliased(Appointment), aliased(PracticeLog)
    return (
        select(WorkItem, before, after)
        .outerjoin(before, before.call_id == WorkItem.id)
        .outerjoin(Cancellation, Cancellation.appointment_id == before.id)
        .outerjoin(after, after.call_id == WorkItem.id)
        .where(
            WorkItem.done_at.is_(None),
            or_(after.id.is_not(None), Cancellation.appointment_id.is_(None) & (before.ends_at > bindparam("now"))),
        )
        .options(
            joinedload(before.client),
            joinedload(before.therapist),
            joinedload(after.plan).options(joinedload(StretchPlan.client), joinedload(StretchPlan.therapist)),
        )
        .order_by(WorkItem.due_at)
    )


ALL_CALLS = _open_calls()  # built once: that takes longer than the database takes to answer
OWN_CALLS = ALL_CALLS.where(WorkItem.owner_id == bindparam("owner_id"))
