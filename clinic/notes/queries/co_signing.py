"""Trainees' notes that their supervisor signs as well. What waits is a piece of work of the supervisor; whoever was
asked so reads that note and that client's record, nobody else's.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, String, bindparam, exists, select
from sqlalchemy.orm import joinedload, load_only

from clinic.booking.models import Appointment
from clinic.core.db import AnySession
from clinic.notes.models import Signature
from clinic.people.models import Account, Client, Therapist
from clinic.people.queries import same_person
from clinic.work.models import WorkItem

CO_SIGN = "co_sign_note"
SUBJECT = "appointment:"


@dataclass(frozen=True)
class Waiting:
    """A trainee's note that waits for its co-signature."""

    appointment: Appointment
    signed_at: datetime


def subject_of(appointment_id: UUID) -> str:
    """How the work to co-sign the note of an appointment names it."""
    return f"{SUBJECT}{appointment_id}"


def is_asked_to_co_sign(session: AnySession, appointment_id: UUID, account: Account) -> bool:
    """Whether this person co-signs the note of this appointment, or has."""
    return bool(session.scalar(ASKED, {"subjects": [subject_of(appointment_id)], "account_id": account.id}))


def supervised_client(session: AnySession, client_id: UUID, account: Account) -> Client | None:
    """The client, as who they are now, where this person co-signs a note about them; None for anybody else."""
    client = session.get(Client, client_id)
    if client is None:
        return None
    theirs = select(Appointment.id).where(Appointment.client_id.in_(same_person(client.person.id)))
    subjects = [subject_of(one) for one in session.scalars(theirs)]
    asked = session.scalar(ASKED, {"subjects": subjects, "account_id": account.id})
    return client.person if asked else None


def open_item(session: AnySession, appointment_id: UUID) -> WorkItem | None:
    """The work of whoever still has to co-sign the note of this appointment."""
    return session.scalar(OPEN.where(WorkItem.subject == subject_of(appointment_id)))


def open_items_of(session: AnySession, trainee_id: int) -> list[WorkItem]:
    """All that waits for a co-signature of this trainee's notes."""
    items = {UUID(item.subject.removeprefix(SUBJECT)): item for item in session.scalars(OPEN)}
    theirs = select(Appointment.id).where(Appointment.id.in_(items), Appointment.therapist_id == trainee_id)
    return [items[one] for one in session.scalars(theirs.order_by(Appointment.starts_at, Appointment.id))]


def to_co_sign(session: AnySession, account: Account) -> list[Waiting]:
    """What waits for this person's co-signature, the longest waiting first. Two statements."""
    items = session.scalars(OPEN.where(WorkItem.owner_id == account.id)).all()
    ids = [UUID(item.subject.removeprefix(SUBJECT)) for item in items]
    return [Waiting(*found) for found in session.execute(WAITING, {"ids": ids})]


def waits_for(session: AnySession, appointment_id: UUID) -> Account | None:
    """Who is to co-sign the note of this appointment; None where it waits for nobody."""
    found: Account | None = session.scalar(WAITS_FOR, {"subject": subject_of(appointment_id)})
    return found


# Built once: putting these together takes longer than the database takes to answer.
OPEN = select(WorkItem).where(WorkItem.task == CO_SIGN, WorkItem.done_at.is_(None)).order_by(WorkItem.id)
ASKED = select(
    exists().where(
        WorkItem.task == CO_SIGN,
        WorkItem.subject.in_(bindparam("subjects", expanding=True, type_=String())),
        WorkItem.owner_id == bindparam("account_id", type_=Integer()),
    )
)
WAITS_FOR: Any = (
    select(Account)
    .join(WorkItem, WorkItem.owner_id == Account.id)
    .where(WorkItem.task == CO_SIGN, WorkItem.done_at.is_(None), WorkItem.subject == bindparam("subject"))
)
WAITING: Any = (
    select(Appointment, Signature.signed_at)
    .join(Signature, (Signature.appointment_id == Appointment.id) & (Signature.kind == "note"))
    .where(Appointment.id.in_(bindparam("ids", expanding=True)))
    .options(
        load_only(Appointment.starts_at, Appointment.client_id, Appointment.therapist_id),
        joinedload(Appointment.client).load_only(Client.name),
        joinedload(Appointment.therapist).load_only(Therapist.name),
    )
    .order_by(Signature.signed_at, Appointment.id)
)
