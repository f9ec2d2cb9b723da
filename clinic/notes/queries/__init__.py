"""Reads for the pages of notes."""

import json
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, bindparam, exists, literal, select, union, union_all
from sqlalchemy.orm import joinedload, load_only

from clinic.booking.models import Appointment, Cancellation
from clinic.booking.queries.appointments import MISSED
from clinic.core.db import AnySession
from clinic.notes.models import NoteDraft, Signature
from clinic.notes.queries.signed import SignedNote, by_episode, notes_in, signatures_of, signed_among, signed_notes
from clinic.notes.rules import Content
from clinic.people.models import Account, Client, Therapist

__all__ = [
    "ALL_OF_LATE",
    "SignedNote",
    "by_episode",
    "content_of",
    "draft_of",
    "is_signed",
    "last_signature",
    "note_signature",
    "notes_in",
    "own_appointment",
    "signatures_of",
    "signed_among",
    "signed_notes",
    "states",
    "supervisor_today",
    "unsigned",
]

LOOK_BACK = timedelta(days=14)  # how long an appointment without a word of a note is asked for; a draft is for ever
ALL_OF_LATE = timedelta(days=365)  # the same on the page of what is to be signed


def own_appointment(session: AnySession, appointment_id: UUID, account: Account) -> Appointment | None:
    """The appointment whose note this therapist writes; None for anybody else's."""
    query = select(Appointment).join(Therapist).where(Appointment.id == appointment_id)
    query = query.where(Therapist.account_id == account.id)
    everything = (
        joinedload(Appointment.client),
        joinedload(Appointment.therapist),
        joinedload(Appointment.treatment),
        joinedload(Appointment.second_treatment),
        joinedload(Appointment.cancellation),
        joinedload(Appointment.screening),
        joinedload(Appointment.room),
    )
    return session.scalar(query.options(*everything))


def supervisor_today(session: AnySession, trainee: Therapist) -> Therapist | None:
    """Who signs this therapist's notes as well; None where nobody has to."""
    return session.get(Therapist, trainee.supervisor_id) if trainee.supervisor_id else None


def draft_of(session: AnySession, appointment_id: UUID) -> NoteDraft | None:
    """What is written so far and not yet signed."""
    return session.get(NoteDraft, appointment_id)


def content_of(draft: NoteDraft | None) -> Content:
    return Content.from_kept(json.loads(draft.content or "{}")) if draft else Content()


def note_signature(session: AnySession, appointment_id: UUID) -> Signature | None:
    """The signed note of this appointment."""
    return session.scalar(
        select(Signature).where(Signature.appointment_id == appointment_id, Signature.kind == "note"),
    )


def is_signed(session: AnySession, appointment_id: UUID) -> bool:
    """Whether the note of this appointment is signed: from then on nothing comes to the visit but what is written
    beside it. Whoever writes asks under `operations.locking`'s lock.
    """
    return bool(session.scalar(IS_SIGNED, {"appointment_id": appointment_id}))


def last_signature(session: AnySession, client_id: UUID) -> Signature | None:
    query = select(Signature).where(Signature.client_id == client_id).order_by(Signature.number.desc()).limit(1)
    return session.scalar(query)


def states(session: AnySession, appointment_ids: Collection[UUID]) -> dict[UUID, str]:
    """How far the notes of these appointments are: `draft` or `signed`; absent where there is none yet."""
    return {row[0]: row[1] for row in session.execute(STATES, {"ids": appointment_ids})}


def unsigned(
    session: AnySession, therapist_id: int, now: datetime, *, since: datetime | None = None
) -> list[Appointment]:
    """Appointments that have begun and whose note this therapist still has to sign, the longest waiting first. `since`:
    where not the last two weeks.
    """
    asked = {"therapist_id": therapist_id, "since": since or now - LOOK_BACK, "now": now}
    found = session.scalars(UNSIGNED, asked)
    # Asked in the statement, these would have SQLite walk through all that this therapist ever did.
    return [one for one in found if one.therapist_id == therapist_id and one.starts_at <= now]


# Built once: putting these together takes longer than the database takes to answer.


def _states() -> Any:
    ids: Any = bindparam("ids", expanding=True)
    drafts = select(NoteDraft.id, literal("draft")).where(NoteDraft.id.in_(ids))
    notes = select(Signature.appointment_id, literal("signed"))
    return union_all(drafts, notes.where(Signature.appointment_id.in_(ids), Signature.kind == "note"))


def _unsigned() -> Any:
    therapist_id = bindparam("therapist_id", type_=Integer)
    drafts = select(NoteDraft.id).where(NoteDraft.therapist_id == therapist_id)
    lately = select(Appointment.id).where(
        Appointment.therapist_id == therapist_id,
        Appointment.starts_at.between(bindparam("since"), bindparam("now")),
        ~MISSED,
    )
    return (
        select(Appointment)
        .outerjoin(Signature, (Signature.appointment_id == Appointment.id) & (Signature.kind == "note"))
        .outerjoin(Cancellation, Cancellation.appointment_id == Appointment.id)
        .where(
            Appointment.id.in_(union(drafts, lately)),
            Signature.id.is_(None),
            Cancellation.appointment_id.is_(None),
        )
        .options(
            load_only(Appointment.starts_at, Appointment.ends_at, Appointment.therapist_id, Appointment.client_id),
            joinedload(Appointment.client).load_only(Client.name),
        )
        .order_by(Appointment.starts_at, Appointment.id)
    )


STATES, UNSIGNED = _states(), _unsigned()
IS_SIGNED = select(exists().where(Signature.appointment_id == bindparam("appointment_id"), Signature.kind == "note"))
