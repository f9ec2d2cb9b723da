"""Keeping a draft, signing it, and writing beside it. The caller commits."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from clinic.booking.models import Appointment
from clinic.consent.queries import release_consent
from clinic.core import audit, crypto
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.core.refusals import Refusal
from clinic.health.operations import release_refusals
from clinic.notes import chain, queries, rules
from clinic.notes.models import NoteDraft, Signature
from clinic.notes.operations.locking import lock_appointment
from clinic.notes.rules import Content
from clinic.people.operations import lock_record


@dataclass(frozen=True)
class Page:
    """Which page a save comes from: what it was made of, and which it is. One page may save again and again, even
    where an answer was lost on the way; another must have seen what is there before it may write over it.
    """

    key: str
    revision: int


def save_draft(
    session: AnySession, appointment: Appointment, content: Content, page: Page, *, now: datetime, by: Actor
) -> list[Refusal]:
    """Keep what was typed so far. Refused once the note is signed, and to a page that lags behind another."""
    lock_appointment(session, appointment.id)
    if queries.note_signature(session, appointment.id):
        return [Refusal("note_signed")]
    draft = queries.draft_of(session, appointment.id)
    if draft is None:
        draft = NoteDraft(id=appointment.id, therapist_id=appointment.therapist_id, revision=0)
        session.add(draft)
    elif draft.revision != page.revision and _page_of(draft) != page.key:
        return [Refusal("note_changed_meanwhile")]
    draft.content = json.dumps({**content.as_kept(), "page": page.key})
    draft.revision, draft.saved_at = draft.revision + 1, now
    audit.record(session, "note.draft_saved", f"appointment:{appointment.id}", by=by, now=now)
    session.flush()
    return []


def sign(
    session: AnySession, appointment: Appointment, content: Content, page: Page, *, now: datetime, by: Actor
) -> list[Refusal]:
    """Sign what this page says. From then on nothing changes it; the draft is gone. What can't be signed is kept as
    a draft all the same.
    """
    if refused := save_draft(session, appointment, content, page, now=now, by=by):
        return refused
    begun, cancelled = appointment.starts_at <= now, appointment.cancellation is not None
    consent = release_consent(session, appointment) if appointment.is_release else ""
    unsafe = release_refusals(session, appointment)
    if refused := rules.signing_refusals(content, begun=begun, cancelled=cancelled, consent=consent, unsafe=unsafe):
        return refused
    _freeze(session, appointment, "note", {"content": content.as_kept()}, now=now, by=by)
    session.delete(session.get_one(NoteDraft, appointment.id))
    session.flush()
    return []


def amend(session: AnySession, appointment: Appointment, text: str, *, now: datetime, by: Actor) -> list[Refusal]:
    """Sign something beside a note that is signed already. The note stays as it is."""
    lock_appointment(session, appointment.id)
    if queries.note_signature(session, appointment.id) is None:
        return [Refusal("note_not_signed")]
    _freeze(session, appointment, "amendment", {"text": text}, now=now, by=by)
    return []


def _freeze(
    session: AnySession, appointment: Appointment, kind: str, said: dict[str, Any], *, now: datetime, by: Actor
) -> None:
    """Write the next document of this client's chain. Their row is the lock, so that the chain never forks."""
    lock_record(session, appointment.client_id)
    previous = queries.last_signature(session, appointment.client_id)
    number = previous.number + 1 if previous else 1
    document = chain.canonical({**_about(appointment), **said, "kind": kind, "number": number, **_signed(now)})
    signature = Signature(
        kind=kind,
        appointment_id=appointment.id,
        client_id=appointment.client_id,
        number=number,
        therapist_id=appointment.therapist_id,
        signed_at=now,
        document=document,
        digest=chain.digest(crypto.keyring(), document, previous),
    )
    session.add(signature)
    audit.record(session, f"{kind}.signed", f"signature:{signature.id}", by=by, now=now)
    session.flush()


def _signed(now: datetime) -> dict[str, Any]:
    return {"version": chain.VERSION, "signed_at": now.isoformat()}


def _about(appointment: Appointment) -> dict[str, Any]:
    """Who, what and when, in the words of that day: names may change later."""
    return {
        "appointment": {
            "id": str(appointment.id),
            "ref": appointment.ref,
            "starts_at": appointment.starts_at.isoformat(),
            "minutes": appointment.minutes,
            "treatment": " + ".join(one.name for one in appointment.treatments),
        },
        "client": {"id": str(appointment.client_id), "name": appointment.client.name},
        "therapist": {"id": appointment.therapist_id, "name": appointment.therapist.name},
    }


def _page_of(draft: NoteDraft) -> str:
    return str(json.loads(draft.content or "{}").get("page", ""))
