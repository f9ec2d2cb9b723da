"""The clinic's own words for what its clients agree to. Each change is another version; a version's words stay."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from clinic.consent import queries
from clinic.consent.models import ConsentText
from clinic.consent.rules import digest_of
from clinic.core import audit
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.treatments.models import Treatment


def change_text(
    session: AnySession,
    treatment: Treatment,
    elements: Mapping[str, str],
    approved_by: str,
    *,
    account_id: int,
    now: datetime,
    by: Actor,
) -> bool:
    """Another version, which everybody signs anew from their next visit on; False where these words hold already.
    `approved_by`: the clinician who signed these words off; empty while nobody has.
    """
    lock(session, treatment)
    held = queries.words_for(session, treatment)
    digest = digest_of(elements, held.language)
    if digest == held.digest:
        return False
    text = _add(session, treatment, queries.Words(elements, held.language, digest, held.number), now=now)
    text.made_by_id, text.approved_by = account_id, approved_by
    session.flush()
    _record(session, "consent_text.made", text, now=now, by=by)
    return True


def approve_text(session: AnySession, treatment: Treatment, approved_by: str, *, now: datetime, by: Actor) -> bool:
    """Who signed off the words that hold. What was signed under them goes on counting; False where it said so."""
    lock(session, treatment)
    text = text_to_sign(session, treatment, now=now)
    if text.approved_by == approved_by:
        return False
    text.approved_by = approved_by
    session.flush()
    _record(session, "consent_text.approved", text, now=now, by=by)
    return True


def text_to_sign(session: AnySession, treatment: Treatment, *, now: datetime) -> ConsentText:
    """The text that holds. The product's own words become the first version here."""
    found = queries.latest_text(session, treatment.id)
    return found or _add(session, treatment, queries.words_for(session, treatment), now=now)


def lock(session: AnySession, treatment: Treatment) -> None:
    """One at a time makes a version. Rows that point to the treatment may come and go meanwhile."""
    session.scalar(select(Treatment.id).where(Treatment.id == treatment.id).with_for_update(key_share=True))


def _add(session: AnySession, treatment: Treatment, words: queries.Words, *, now: datetime) -> ConsentText:
    """The next version; `words.number` is that of the one before."""
    text = ConsentText(
        treatment_id=treatment.id,
        number=(words.number or 0) + 1,
        elements=dict(words.elements),
        language=words.language,
        digest=words.digest,
        made_at=now,
    )
    session.add(text)
    session.flush()
    return text


def _record(session: AnySession, action: str, text: ConsentText, *, now: datetime, by: Actor) -> None:
    detail = {"number": text.number, "digest": text.digest}
    audit.record(session, action, f"treatment:{text.treatment_id}", by=by, now=now, detail=detail)
