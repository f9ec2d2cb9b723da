"""A letter about a client: written, filed as a paper that never changes, and released with their consent."""

import base64
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from clinic.core import audit
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.core.refusals import Refusal
from clinic.referrals import rules
from clinic.referrals.models import Letter
from clinic.referrals.queries import written
from clinic.referrals.rules import Consent, Words, Written


def begin(
    session: AnySession,
    client_id: UUID,
    words: Words,
    *,
    contact_id: int | None,
    therapist_id: int,
    now: datetime,
    by: Actor,
) -> Letter:
    """A draft with its first words."""
    letter = Letter(
        client_id=client_id, therapist_id=therapist_id, contact_id=contact_id, saved_at=now, revision=1, content="-"
    )
    _keep(letter, Written(words))
    session.add(letter)
    session.flush()
    _told(session, "letter.begun", letter, now=now, by=by)
    return letter


def save(
    session: AnySession,
    letter: Letter,
    words: Words,
    contact_id: int | None,
    *,
    revision: int,
    now: datetime,
    by: Actor,
) -> list[Refusal]:
    """Keep what was typed. Refused once it is filed, and to a page that lags behind another. The same again is no
    change, so that a double click is none either.
    """
    _lock(session, letter)
    if letter.filed_at:
        return [Refusal("letter_filed")]
    if (written(letter).words, letter.contact_id) == (words, contact_id):
        return []
    if letter.revision != revision:
        return [Refusal("letter_changed_meanwhile")]
    _keep(letter, Written(words))
    letter.contact_id, letter.saved_at, letter.revision = contact_id, now, letter.revision + 1
    _told(session, "letter.saved", letter, now=now, by=by)
    return []


def file(
    session: AnySession,
    letter: Letter,
    paper: bytes,
    printed: Mapping[str, Any],
    *,
    revision: int,
    now: datetime,
    by: Actor,
) -> list[Refusal]:
    """Seal the paper that was printed of this revision. From then on nothing changes it."""
    _lock(session, letter)
    if letter.filed_at:
        return []  # by the click before
    words = written(letter).words
    if letter.revision != revision:
        return [Refusal("letter_changed_meanwhile")]
    if refused := rules.filing_refusals(words, letter.contact_id):
        return refused
    _keep(letter, Written(words, printed))
    letter.paper, letter.filed_at, letter.saved_at = base64.b64encode(paper).decode(), now, now
    _told(session, "letter.filed", letter, now=now, by=by)
    return []


def keep_consent(session: AnySession, letter: Letter, consent: Consent, *, now: datetime, by: Actor) -> list[Refusal]:
    """The client agreed to this letter being given away. What they agreed to before stays on record."""
    _lock(session, letter)
    if letter.filed_at is None:
        return [Refusal("letter_not_filed")]
    if letter.released_at:
        return [Refusal("letter_released")]
    before = written(letter)
    _keep(letter, replace(before, consents=(*before.consents, consent)))
    _told(session, "letter.consent_kept", letter, now=now, by=by)
    return []


def withdraw_consent(session: AnySession, letter: Letter, *, now: datetime, by: Actor) -> list[Refusal]:
    """They do not want it to go. What has gone cannot be called back."""
    _lock(session, letter)
    if letter.released_at:
        return [Refusal("letter_released")]
    before = written(letter)
    if before.consent and before.consent.holds:
        withdrawn = replace(before.consent, withdrawn_at=now.isoformat())
        _keep(letter, replace(before, consents=(*before.consents[:-1], withdrawn)))
        _told(session, "letter.consent_withdrawn", letter, now=now, by=by)
    return []


def release(session: AnySession, letter: Letter, *, now: datetime, by: Actor) -> list[Refusal]:
    """Let the paper leave the clinic. The client sees in who looked at their record that it did."""
    _lock(session, letter)
    if letter.released_at:
        return []
    if refused := rules.release_refusals(written(letter).consent, filed=letter.filed_at is not None):
        return refused
    letter.released_at = now
    detail = {"letter": str(letter.id), "contact": letter.contact_id}
    audit.record(session, "letter.released", f"client:{letter.client_id}", by=by, now=now, detail=detail)
    session.flush()
    return []


def discard(session: AnySession, letter: Letter, *, now: datetime, by: Actor) -> list[Refusal]:
    """Delete a draft for good. What is filed stays."""
    _lock(session, letter)
    if letter.filed_at:
        return [Refusal("letter_filed")]
    _told(session, "letter.discarded", letter, now=now, by=by)
    session.delete(letter)
    session.flush()
    return []


def _lock(session: AnySession, letter: Letter) -> None:
    """One at a time; and as it is now, not as it was read before."""
    query = select(Letter).where(Letter.id == letter.id).with_for_update(of=Letter)
    session.scalars(query.execution_options(populate_existing=True)).one()


def _keep(letter: Letter, what: Written) -> None:
    letter.content = json.dumps(what.as_kept())


def _told(session: AnySession, action: str, letter: Letter, *, now: datetime, by: Actor) -> None:
    audit.record(session, action, f"letter:{letter.id}", by=by, now=now)
    session.flush()
