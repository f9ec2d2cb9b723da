"""Signed notes, and what was signed beside them, as their documents say."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, bindparam, select
from werkzeug.utils import cached_property

from clinic.core.db import AnySession
from clinic.notes import rules
from clinic.notes.catalogue.formats import USUAL, Format, format_of, shipped
from clinic.notes.catalogue.physical_tests import PhysicalTest, definition_of
from clinic.notes.models import Signature
from clinic.notes.rules import Content
from clinic.notes.rules.episodes import Trouble
from clinic.notes.rules.injuries import Found
from clinic.people.queries import same_person


@dataclass(frozen=True)
class SignedNote:
    """A signed note and what was signed beside it: amendments, and a supervisor's signature."""

    appointment_id: UUID
    document: Any
    amendments: tuple[Any, ...] = ()
    co_signatures: tuple[Any, ...] = ()

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

    @property
    def episode(self) -> str:
        """The id of what they came for, in the note that began it too; empty where a note did not say."""
        return str((self.document.get("episode") or {}).get("id", ""))

    @cached_property
    def trouble(self) -> Trouble | None:
        """What they came for, in the words of that day."""
        kept = self.document.get("episode")
        return Trouble.from_kept(kept) if kept else None

    @cached_property
    def unsound(self) -> Found | None:
        """What was known to be injured that day; None where nothing was."""
        kept = self.document.get("injuries")
        return Found({(muscle, side): state for muscle, side, state in kept}) if kept else None

    @cached_property
    def starts_at(self) -> datetime:
        return datetime.fromisoformat(self.document["appointment"]["starts_at"])

    @property
    def signed_at(self) -> datetime:
        return datetime.fromisoformat(self.document["signed_at"])

    @property
    def late(self) -> timedelta | None:
        """How long after the visit it was signed, where that makes it a late entry."""
        ends_at = self.starts_at + timedelta(minutes=self.document["appointment"]["minutes"])
        return rules.late_entry(ends_at, self.signed_at)

    @property
    def awaits_co_signature(self) -> bool:
        """Whether its author was a trainee that day, and their supervisor has not signed yet."""
        return bool(self.document.get("supervisor")) and not self.co_signatures


def signed_notes(session: AnySession, client_id: UUID) -> list[SignedNote]:
    """A client's signed notes, the latest appointment first; also of those merged into them."""
    return notes_in(signatures_of(session, client_id))


def signatures_of(session: AnySession, client_id: UUID) -> Sequence[Signature]:
    """All that was signed about a client, in order; also about those merged into them."""
    return session.scalars(SIGNATURES, {"client_id": client_id}).all()


def notes_in(signatures: Sequence[Signature]) -> list[SignedNote]:
    """Each signed note with what stands beside it, the latest appointment first."""
    documents = [(one.kind, one.appointment_id, json.loads(one.document or "{}")) for one in signatures]

    def beside(kind: str, appointment_id: UUID) -> tuple[Any, ...]:
        return tuple(document for *of, document in documents if of == [kind, appointment_id])

    notes = [
        SignedNote(of, document, beside("amendment", of), beside("co_sign", of))
        for kind, of, document in documents
        if kind == "note"
    ]
    return sorted(notes, key=lambda note: note.starts_at, reverse=True)


def signed_among(notes: Iterable[SignedNote], appointment_id: UUID) -> SignedNote | None:
    """The signed note of one appointment, where it is among these."""
    return next((note for note in notes if note.appointment_id == appointment_id), None)


def by_episode(notes: Sequence[SignedNote]) -> list[tuple[Trouble | None, list[SignedNote]]]:
    """Notes of which the latest is first, by what they came for, as its latest note calls it. All together, under no
    name, where a client came for no more than one.
    """
    found: dict[str, list[SignedNote]] = {}
    for note in notes:
        found.setdefault(note.episode, []).append(note)
    if len(found.keys() - {""}) < 2:
        return [(None, list(notes))]
    return [(of[0].trouble, of) for of in found.values()]


SIGNATURES = (
    select(Signature)
    .where(Signature.client_id.in_(same_person(bindparam("client_id", type_=Uuid()))))
    .order_by(Signature.signed_at, Signature.number, Signature.id)
)
