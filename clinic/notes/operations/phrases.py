"""Keeping the phrases that notes are written with. The caller commits."""

from dataclasses import asdict, dataclass
from datetime import datetime

from clinic.core import audit
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.notes.models import Phrase


@dataclass(frozen=True)
class Said:
    """A phrase as it is typed: its words, its short form without the dot, and the part where it is a chip."""

    words: str
    shortcut: str
    part: str


def keep_phrase(
    session: AnySession, phrase: Phrase | None, said: Said, *, therapist_id: int | None, now: datetime, by: Actor
) -> Phrase:
    """A phrase of this therapist, or of the clinic: a new one, or other words for one of theirs."""
    kept = phrase or Phrase(therapist_id=therapist_id)
    for name, value in asdict(said).items():
        setattr(kept, name, value)
    session.add(kept)
    audit.record(session, "phrase.changed" if phrase else "phrase.made", f"phrase:{kept.id}", by=by, now=now)
    session.flush()
    return kept


def remove_phrase(session: AnySession, phrase: Phrase, *, now: datetime, by: Actor) -> None:
    """It is offered no more. What was written with it stays as it is."""
    audit.record(session, "phrase.removed", f"phrase:{phrase.id}", by=by, now=now)
    session.delete(phrase)
    session.flush()
