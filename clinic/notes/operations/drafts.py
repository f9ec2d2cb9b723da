"""Keeping what is typed about an appointment, until it is signed."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from clinic.booking.models import Appointment
from clinic.core import audit
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.core.refusals import Refusal
from clinic.notes import queries
from clinic.notes.models import NoteDraft
from clinic.notes.operations.locking import lock_appointment
from clinic.notes.rules import Content
from clinic.people.models import Therapist


@dataclass(frozen=True)
class Page:
    """Which page a save comes from: what it was made of, and which it is. One page may save again and again, even
    where an answer was lost on the way; another must have seen what is there before it may write over it. `changes`
    counts what was typed on it, so that words that were long on the way never overtake newer ones.
    """

    key: str
    revision: int
    changes: int = 0


def save_draft(
    session: AnySession, appointment: Appointment, content: Content, page: Page, *, now: datetime, by: Actor
) -> list[Refusal]:
    """Keep what was typed so far. Refused once the note is signed, and to a page that lags behind another, or behind
    itself: then its newer words are there, and nothing was lost (`typed_over`).
    """
    lock_appointment(session, appointment.id)
    if queries.is_signed(session, appointment.id):
        return [Refusal("note_signed")]
    draft = queries.draft_of(session, appointment.id)
    if draft is None:
        draft = NoteDraft(id=appointment.id, therapist_id=appointment.therapist_id, revision=0)
        session.add(draft)
    elif draft.revision != page.revision and not _goes_on(draft, page):
        return [Refusal("note_changed_meanwhile", {"typed_over": _is_of(draft, page)})]
    draft.content = json.dumps({**content.as_kept(), "page": page.key, "changes": page.changes})
    draft.revision, draft.saved_at = draft.revision + 1, now
    audit.record(session, "note.draft_saved", f"appointment:{appointment.id}", by=by, now=now)
    session.flush()
    return []


def prefer_format(therapist: Therapist, content: Content) -> None:
    """Whoever writes one note in another format begins the next in it as well."""
    therapist.note_format = content.format


def _goes_on(draft: NoteDraft, page: Page) -> bool:
    """Whether what is there came from the same page, and no later."""
    return _is_of(draft, page) and _kept(draft).get("changes", 0) <= page.changes


def _is_of(draft: NoteDraft, page: Page) -> bool:
    return bool(_kept(draft).get("page") == page.key)


def _kept(draft: NoteDraft) -> dict[str, Any]:
    kept: dict[str, Any] = json.loads(draft.content or "{}")
    return kept
