"""Asking the owner to look at a credential that waits for a check, or is due for another."""

from datetime import date, datetime, timedelta

from sqlalchemy import select

from clinic.core.audit import SYSTEM, Actor
from clinic.core.db import AnySession
from clinic.qualifications.models import Credential
from clinic.qualifications.queries import checks_due
from clinic.work import operations as work
from clinic.work.models import WorkItem

CHECK = "check_credential"
WITHIN = timedelta(days=3)


def ask_for_check(session: AnySession, one: Credential, *, now: datetime, by: Actor) -> None:
    """It was entered or changed, and waits for somebody to check it: asked once for each revision. What was asked of
    one before is done with. The caller commits.
    """
    _ask(session, one, _once(one), now=now, by=by)


def ask_again(session: AnySession, one: Credential, *, now: datetime, by: Actor) -> None:
    """It is back in the register as it was put away, and waits still. The caller commits."""
    asked = session.scalar(select(WorkItem).where(WorkItem.once == _once(one)))
    if asked:
        work.reopen(session, asked, now=now, by=by)
    else:
        ask_for_check(session, one, now=now, by=by)


def ask_for_checks_due(session: AnySession, today: date, *, now: datetime) -> None:
    """Ask for another check of all whose next was set for a day that has come. The caller commits."""
    for one, verification_id in checks_due(session, today):
        _ask(session, one, f"check/credential:{one.id}/after:{verification_id}", now=now, by=SYSTEM)


def no_longer_to_check(session: AnySession, one: Credential, *, now: datetime, by: Actor) -> None:
    """It was checked, or put away: nobody has to look any more. The caller commits."""
    waiting = select(WorkItem).where(
        WorkItem.subject == subject_of(one), WorkItem.task == CHECK, WorkItem.done_at.is_(None)
    )
    for item in session.scalars(waiting):
        work.complete(session, item, now=now, by=by)


def subject_of(one: Credential) -> str:
    """As work and the trail name it."""
    return f"credential:{one.id}"


def _ask(session: AnySession, one: Credential, once: str, *, now: datetime, by: Actor) -> None:
    if session.scalar(select(WorkItem.id).where(WorkItem.once == once)):
        return
    no_longer_to_check(session, one, now=now, by=by)
    item = work.ask(session, CHECK, subject_of(one), None, due_at=now + WITHIN, now=now, by=by)
    item.once = once


def _once(one: Credential) -> str:
    return f"check/credential:{one.id}/{one.revision}"
