"""That somebody accepted the privacy notice, and which version of it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from clinic.consent import queries
from clinic.consent.models import NoticeAcceptance, PrivacyNotice
from clinic.core import audit
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.places.models import Clinic
from clinic.places.privacy import privacy_digest, privacy_words


def accept_notice(session: AnySession, client_id: UUID, *, now: datetime, by: Actor) -> bool:
    """They have accepted the notice as it stands now; False where they had before. The caller commits."""
    clinic = session.get_one(Clinic, 1)
    session.scalar(select(Clinic.id).where(Clinic.id == 1).with_for_update(key_share=True))
    if queries.accepted_by(session, [client_id], clinic):
        return False
    notice = _version(session, privacy_words(clinic), now)
    session.add(NoticeAcceptance(client_id=client_id, notice_id=notice.id, at=now, by=str(by)))
    detail = {"notice": notice.id}
    audit.record(session, "privacy_notice.accepted", f"client:{client_id}", by=by, now=now, detail=detail)
    session.flush()
    return True


def _version(session: AnySession, words: str, now: datetime) -> PrivacyNotice:
    """These words as a version, which is kept for as long as somebody has accepted it."""
    digest = privacy_digest(words)
    notice = session.scalar(select(PrivacyNotice).where(PrivacyNotice.digest == digest))
    if notice is None:
        notice = PrivacyNotice(words=words, digest=digest, first_at=now)
        session.add(notice)
        session.flush()
    return notice
