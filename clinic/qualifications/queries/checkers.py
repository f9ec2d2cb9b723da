"""Who was invited from outside to check a therapist's papers, and whether their link is still good."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from clinic.core.db import AnySession
from clinic.core.links import Link
from clinic.people.models import Account, Therapist
from clinic.qualifications.models import OutsideChecker
from clinic.qualifications.queries.held import verified_by_therapist
from clinic.qualifications.rules import Person, is_themself

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
    owners = select(Account).where(Account.role == "owner", Account.active)
    return session.scalars(owners.order_by(Account.name, Account.id)).all()


def checked_by_nobody(session: AnySession) -> list[Therapist]:
    """Listed therapists of whose papers none counts, and whom nobody here may check: each owner is themself. Three
    statements.
    """
    owners, held = active_owners(session), verified_by_therapist(session)
    listed = select(Therapist).where(Therapist.listed).options(joinedload(Therapist.account)).order_by(Therapist.id)
    found = session.scalars(listed).all()
    return [one for one in found if not held.get(one.id) and all(is_own(one, owner) for owner in owners)]


def is_own(therapist: Therapist, checker: Account | OutsideChecker) -> bool:
    """Whether whoever would check is, as far as can be told, whose papers they are."""
    account_id = checker.id if isinstance(checker, Account) else None
    return is_themself(holder_of(therapist), Person(checker.name, checker.email, account_id))


def holder_of(therapist: Therapist) -> Person:
    """Whose papers they are."""
    account = therapist.account
    return Person(therapist.name, account.email if account else "", therapist.account_id)
