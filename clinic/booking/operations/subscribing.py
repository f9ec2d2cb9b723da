"""A private address at which somebody's calendar reads their appointments. It is good until it is revoked."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select, update

from clinic.core import audit
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.core.links import Link

FEED_GOOD_FOR = timedelta(days=3650)  # longer than anybody keeps a calendar: it ends when it is revoked


def feed_link(session: AnySession, scope: str, subject_id: UUID, now: datetime) -> Link | None:
    """The address as it stands: `calendar` of a client, or `diary` of a therapist."""
    live = select(Link).where(Link.scope == scope, Link.subject_id == subject_id, Link.revoked_at.is_(None))
    return session.scalar(live.where(Link.expires_at > now).order_by(Link.expires_at, Link.id).limit(1))


def open_feed(session: AnySession, scope: str, subject_id: UUID, *, now: datetime, by: Actor) -> None:
    """Make the address; where there is one it stays as it is. The caller commits."""
    if feed_link(session, scope, subject_id, now):
        return
    session.add(Link(scope=scope, subject_id=subject_id, expires_at=now + FEED_GOOD_FOR))
    audit.record(session, f"{scope}.opened", f"{scope}:{subject_id}", by=by, now=now)


def revoke_feed(session: AnySession, scope: str, subject_id: UUID, *, now: datetime, by: Actor) -> None:
    """Whoever has the address reads nothing there any more. The next one is another. The caller commits."""
    live = update(Link).where(Link.scope == scope, Link.subject_id == subject_id, Link.revoked_at.is_(None))
    session.execute(live.values(revoked_at=now))
    audit.record(session, f"{scope}.revoked", f"{scope}:{subject_id}", by=by, now=now)
