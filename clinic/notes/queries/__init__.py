"""Reads for the pages of notes."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, Uuid, bindparam, exists, literal, select, union, union_all
from sqlalchemy.orm import joinedload, load_only
from werkzeug.utils import cached_property

from clinic.booking.models import Appointment, Cancellation
from clinic.booking.queries.appointments import MISSED
from clinic.core.db import AnySession
from clinic.notes.catalogue.formats import USUAL, Format, format_of, shipped
from clinic.notes.catalogue.physical_tests import PhysicalTest, definition_of
from clinic.notes.models import NoteDraft, Signature
from clinic.notes.rules import Content
from clinic.people.models import Account, Client, Therapist
from clinic.people.queries import same_person

LOOK_BACK = timedelta(days=14)  # how long an appointment without a word of a note is asked for; a draft is for ever


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


@dataclass(frozen=True)
class SignedNote:
    """A signed note and what was written beside it, as their documents say."""

    appointment_id: UUID
    document: Any
    amendments: tuple[Any, ...]

    @cached_property
    def content(self) -> Content:
        return Content.from_kept(self.document["content"])

    @cached_property
    def tests(self) -> tuple[PhysicalTest, ...]:
        """The physical tests as they were defined then."""
        return tuple(definition_of(one) for one in self.document.get("tests", {}).values())

    @cached_property
    def format(self) -> Format:
        """As its parts were called when it was signed; what was signed before there were formats is SOAP."""
        kept = self.document.get("format")
        return format_of(kept["code"], kept["number"], kept["name"], kept["parts"]) if kept else shipped()[USUAL]

    @cached_property
    def starts_at(self) -> datetime:
        return datetime.fromisoformat(self.document["appointment"]["starts_at"])

    @property
    def signed_at(self) -> datetime:
        return datetime.fromisoformat(self.document["signed_at"])


def signed_notes(session: AnySession, client_id: UUID) -> list[SignedNote]:
    """A client's signed notes, the latest appointment first; also of those merged into them."""
    return notes_in(signatures_of(session, client_id))


def signatures_of(session: AnySession, client_id: UUID) -> Sequence[Signature]:
    """All that was signed about a client, in order; also about those merged into them."""
    return session.scalars(SIGNATURES, {"client_id": client_id}).all()


def notes_in(signatures: Sequence[Signature]) -> list[SignedNote]:
    """Each signed note with its amendments, the latest appointment first."""
    documents = {one.id: json.loads(one.document or "{}") for one in signatures}
    notes = [
        SignedNote(
            one.appointment_id,
            documents[one.id],
            tuple(
                documents[other.id]
                for other in signatures
                if other.kind == "amendment" and other.appointment_id == one.appointment_id
            ),
        )
        for one in signatures
        if one.kind == "note"
    ]
    return sorted(notes, key=lambda note: note.starts_at, reverse=True)


def states(session: AnySession, appointment_ids: Collection[UUID]) -> dict[UUID, str]:
    """How far the notes of these appointments are: `draft` or `signed`; absent where there is none yet."""
    return {row[0]: row[1] for row in session.execute(STATES, {"ids": appointment_ids})}


def unsigned(session: AnySession, therapist_id: int, now: datetime) -> list[Appointment]:
    """Appointments that have begun and whose note this therapist still has to sign, the longest waiting first."""
    found = session.scalars(UNSIGNED, {"therapist_id": therapist_id, "since": now - LOOK_BACK, "now": now})
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
            load_only(Appointment.starts_at, Appointment.therapist_id, Appointment.client_id),
            joinedload(Appointment.client).load_only(Client.name),
        )
        .order_by(Appointment.starts_at, Appointment.id)
    )


STATES, UNSIGNED = _states(), _unsigned()
IS_SIGNED = select(exists().where(Signature.appointment_id == bindparam("appointment_id"), Signature.kind == "note"))
SIGNATURES = (
    select(Signature)
    .where(Signature.client_id.in_(same_person(bindparam("client_id", type_=Uuid()))))
    .order_by(Signature.signed_at, Signature.number, Signature.id)
)
