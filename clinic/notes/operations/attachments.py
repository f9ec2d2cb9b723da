"""Photos and papers of a visit: added and taken away until its note is signed. The caller commits."""

import base64
import hashlib
from datetime import datetime
from uuid import UUID

from clinic.core import audit
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.core.pictures import Drawn
from clinic.core.refusals import Refusal
from clinic.notes import queries
from clinic.notes.models import Attachment
from clinic.notes.operations.locking import lock_appointment
from clinic.notes.queries.attachments import attachments_of

MOST_ATTACHED = 10


def attach(
    session: AnySession, appointment_id: UUID, paper: Drawn, about: str, *, account_id: int, now: datetime, by: Actor
) -> list[Refusal]:
    """Seal a photo or paper that `core.pictures.redrawn_paper` made (ask it before the transaction: it takes seconds).
    The same twice is kept once.
    """
    lock_appointment(session, appointment_id)
    if queries.note_signature(session, appointment_id):
        return [Refusal("attachments_closed")]
    digest, there = hashlib.sha256(paper.content).hexdigest(), attachments_of(session, appointment_id)
    if digest in {one.digest for one in there}:
        return []
    if len(there) >= MOST_ATTACHED:
        return [Refusal("attachments_full", {"most": MOST_ATTACHED})]
    kept = Attachment(
        appointment_id=appointment_id,
        account_id=account_id,
        added_at=now,
        media_type=paper.media_type,
        digest=digest,
        about=about,
        paper=base64.b64encode(paper.content).decode(),
    )
    session.add(kept)
    _told(session, "attachment.added", kept, now=now, by=by)
    return []


def detach(session: AnySession, attachment: Attachment, *, now: datetime, by: Actor) -> list[Refusal]:
    """Take a photo or paper away for good, while the note is not signed."""
    lock_appointment(session, attachment.appointment_id)
    if queries.note_signature(session, attachment.appointment_id):
        return [Refusal("attachments_closed")]
    if attachment.id in {one.id for one in attachments_of(session, attachment.appointment_id)}:  # not gone already
        session.delete(attachment)
        _told(session, "attachment.removed", attachment, now=now, by=by)
    return []


def _told(session: AnySession, action: str, attachment: Attachment, *, now: datetime, by: Actor) -> None:
    detail = {"attachment": str(attachment.id)}
    audit.record(session, action, f"appointment:{attachment.appointment_id}", by=by, now=now, detail=detail)
    session.flush()
