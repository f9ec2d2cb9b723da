"""Somebody from outside who checks one therapist's papers: a colleague, a tutor or an association, invited by link."""

from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import select, update

from clinic.core import audit
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.core.links import Link
from clinic.core.refusals import Refusal
from clinic.messages.operations import queue
from clinic.people.models import Account, Therapist
from clinic.qualifications.models import OutsideChecker
from clinic.qualifications.queries.checkers import SCOPE, holder_of
from clinic.qualifications.rules import Person, is_themself

LASTS = timedelta(days=30)


def invite_checker(
    session: AnySession,
    therapist: Therapist,
    invited: Person,
    relation: str,
    account: Account,
    *,
    now: datetime,
    by: Actor,
) -> list[Refusal]:
    """Mail them a link that opens this therapist's papers for thirty days and nothing else; or say why they are not
    somebody else. The caller commits.
    """
    themselves = [holder_of(therapist), Person(account.name, account.email, account.id)]
    if any(is_themself(one, invited) for one in themselves) or _works_here(session, invited.email):
        return [Refusal("not_somebody_else")]
    made = OutsideChecker(
        id=uuid4(),
        therapist_id=therapist.id,
        name=invited.name,
        email=invited.email,
        relation=relation,
        invited_by_id=account.id,
        invited_at=now,
    )
    link = Link(scope=SCOPE, subject_id=made.id, expires_at=now + LASTS)
    session.add_all([made, link])
    session.flush()
    queue(session, "checker_invited", made.id, due_at=now)
    detail = {"therapist": therapist.id, "relation": relation}
    audit.record(session, "checker.invited", f"checker:{made.id}", by=by, now=now, detail=detail)
    return []


def revoke_checker(session: AnySession, one: OutsideChecker, *, now: datetime, by: Actor) -> None:
    """Their link opens nothing any more; what they checked stays. Twice is once. The caller commits."""
    live = update(Link).where(Link.scope == SCOPE, Link.subject_id == one.id, Link.revoked_at.is_(None))
    if session.execute(live.values(revoked_at=now).returning(Link.id)).all():
        audit.record(session, "checker.revoked", f"checker:{one.id}", by=by, now=now)


def _works_here(session: AnySession, email: str) -> bool:
    """Whoever has an account checks with it, if they may; a link besides would only hide who they are."""
    return session.scalar(select(Account.id).where(Account.email == email.lower())) is not None
