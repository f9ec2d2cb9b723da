"""What a note is written with: its formats, phrases, and the words of the notes before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Integer, bindparam, or_, select

from clinic.core.db import AnySession
from clinic.notes.catalogue.formats import Formats, format_of, shipped
from clinic.notes.models import NoteFormat, Phrase
from clinic.notes.queries import SignedNote


@dataclass(frozen=True)
class Source:
    """Words of a part in an earlier note, and when that visit was."""

    starts_at: datetime
    words: str


def all_formats(session: AnySession) -> Formats:
    """Every version of every format, those of the product first."""
    rows = session.execute(FORMATS)
    own = {(row.code, row.number): format_of(**row._asdict()) for row in rows}
    return {**shipped(), **own}


def phrases_for(session: AnySession, therapist_id: int) -> list[Phrase]:
    """A therapist's own phrases, then the clinic's, each by their words."""
    found = session.scalars(PHRASES, {"therapist_id": therapist_id})
    return sorted(found, key=lambda one: (one.therapist_id is None, (one.words or "").casefold()))


def phrases_of(session: AnySession, therapist_id: int | None) -> list[Phrase]:
    """Those of one therapist, or the clinic's alone, by their words."""
    found = session.scalars(select(Phrase).where(Phrase.therapist_id == therapist_id))
    return sorted(found, key=lambda one: (one.words or "").casefold())


def sources_of(earlier: Sequence[SignedNote], parts: Iterable[str], episode: str) -> dict[str, Source]:
    """For each part the words it had last; those of the same trouble first, where the note says which it is about.
    `earlier`: the latest first.
    """
    same_first = sorted(earlier, key=lambda note: bool(episode) and note.episode != episode)
    found = {part: next((note for note in same_first if note.content.words.get(part)), None) for part in parts}
    return {part: Source(note.starts_at, note.content.words[part]) for part, note in found.items() if note}


# Built once: asked at every save.
FORMATS = select(NoteFormat.code, NoteFormat.number, NoteFormat.name, NoteFormat.parts, NoteFormat.offered).order_by(
    NoteFormat.id
)
PHRASES = select(Phrase).where(
    or_(Phrase.therapist_id == bindparam("therapist_id", type_=Integer), Phrase.therapist_id.is_(None))
)
