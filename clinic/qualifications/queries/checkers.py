"""Who was invited from outside to check a therapist's papers, and whether their link is still good."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from clinic.core.db import AnySession
from clinic.core.links import Link
from clinic.people.models import Account
from clinic.qualifications.models import OutsideChecker

SCOPE = "checking"


def checkers_of(session: AnySession, therapist_id: int, now: datetime) -> list[tuple[OutsideChecker, datetime | None]]:
    """Everybody ever invited for this therapist, the latest first, each with until when their link is good; None: it
    opens nothing any more. One statement.
    """
    live = Link.revoked_at.is_(None) & (Link.expires_at > now)
    found = (
        select(OutsideChecker, Link.expires_at)
        .outerjoin(Link, (Link.subject_id == OutsideChecker.id) & (Link.scope == SCOPE) & live)
        .where(OutsideChecker.therapist_id == therapist_id)
        .order_by(OutsideChecker.invited_at.desc(), OutsideChecker.id)
    )
    return [(one, until) for one, until in session.execute(found)]


def live_link(session: AnySession, checker_id: UUID, now: datetime) -> Link | None:
    """The link they check by, while it is good."""
    of_theirs = select(Link).where(Link.scope == SCOPE, Link.subject_id == checker_id)
    return session.scalar(of_theirs.where(Link.revoked_at.is_(None), Link.expires_at > now))


def active_owners(session: AnySession) -> Sequence[Account]:
    """Who may check the papers of everybody but themselves."""
    return session.scalars(select(Account).where(Account.role == "owner", Account.active).order_by(Account.name)).all()
