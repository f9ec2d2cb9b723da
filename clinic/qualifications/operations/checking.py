"""Checking a credential, and taking a check back. Nobody checks their own."""

from datetime import date, datetime

from sqlalchemy import select

from clinic.core import audit
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.core.refusals import Refusal
from clinic.people.models import Account
from clinic.people.operations import lock_therapist
from clinic.qualifications.models import Credential, OutsideChecker, Verification
from clinic.qualifications.operations.asking import no_longer_to_check, subject_of
from clinic.qualifications.queries.checkers import is_own
from clinic.qualifications.rules import Looked, check_refusals


def check(
    session: AnySession,
    one: Credential,
    looked: Looked,
    checker: Account | OutsideChecker,
    *,
    next_check_on: date | None = None,
    now: datetime,
    by: Actor,
) -> list[Refusal]:
    """Keep what somebody found who looked at it, or say why not: it counts from now on. The caller commits."""
    if is_own(one.therapist, checker) or not _may_look(one, checker):
        return [Refusal("not_theirs_to_check")]
    _lock(session, one)
    if refusals := check_refusals(looked, revision=one.revision, put_away=one.put_away_at is not None):
        return refusals
    _keep(session, one, looked, checker, next_check_on=next_check_on, now=now, by=by)
    return []


def revoke(
    session: AnySession, one: Credential, reason: str, account: Account, *, now: datetime, by: Actor
) -> list[Refusal]:
    """Take back that it was verified, at once: no booking made from now on counts on it. The caller commits."""
    if is_own(one.therapist, account) or not _may_look(one, account):
        return [Refusal("not_theirs_to_check")]
    _lock(session, one)
    last = session.scalar(
        select(Verification).where(Verification.credential_id == one.id).order_by(Verification.id.desc()).limit(1)
    )
    if last is None or (last.outcome, last.revision) != ("verified", one.revision):
        return [Refusal("not_verified")]
    looked = Looked("revoked", last.method, one.revision, last.meets_level, reason)
    _keep(session, one, looked, account, next_check_on=None, now=now, by=by)
    return []


def _may_look(one: Credential, checker: Account | OutsideChecker) -> bool:
    """An owner at everybody's; who was invited from outside, at the papers of that one therapist."""
    return checker.role == "owner" if isinstance(checker, Account) else checker.therapist_id == one.therapist_id


def _lock(session: AnySession, one: Credential) -> None:
    lock_therapist(session, one.therapist_id)
    session.refresh(one, ["revision", "put_away_at"])


def _keep(
    session: AnySession,
    one: Credential,
    looked: Looked,
    checker: Account | OutsideChecker,
    *,
    next_check_on: date | None,
    now: datetime,
    by: Actor,
) -> None:
    """The trail holds no note: it may name somebody."""
    inside = isinstance(checker, Account)
    row = Verification(
        credential_id=one.id,
        revision=looked.revision,
        outcome=looked.outcome,
        method=looked.method,
        meets_level=looked.meets_level,
        note=looked.note,
        next_check_on=next_check_on,
        by_id=checker.id if inside else None,
        checker_id=None if inside else checker.id,
        at=now,
    )
    session.add(row)
    session.flush()
    no_longer_to_check(session, one, now=now, by=by)
    detail = {"revision": looked.revision, "method": looked.method, "meets_level": looked.meets_level}
    audit.record(session, f"credential.{looked.outcome}", subject_of(one), by=by, now=now, detail=detail)
