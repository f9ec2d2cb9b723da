"""Asking for papers to be renewed before they lapse, and to be checked again when that is due."""

from contextlib import suppress
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from clinic.booking.operations.looking import Look
from clinic.booking.queries import today_at
from clinic.core.db import AnySession, writing
from clinic.core.times import instant_of, wall_minute
from clinic.messages.operations import Due, not_yet_queued, queue_all
from clinic.qualifications.models import Credential
from clinic.qualifications.operations import ask_for_checks_due
from clinic.qualifications.queries import checks_due, ending, lapsing, not_taken_over
from clinic.work.models import WorkItem

AHEAD = timedelta(days=30)
MAILED = (90, 60, 30, 14, 7, 1)  # days before the last good day
MORNING = time(8)
_look = Look()


def ask_for_renewals(session: AnySession, *, now: datetime) -> int:
    """Ask the therapist, once, to renew each verified paper that ends within thirty days, unless another takes over;
    how many were asked for. Whom it concerns is mailed 90 days before and less, and the owner asked to look again where
    a next check was set. The worker's task; commits. It looks once a day, and when a paper has changed.
    """
    known = _look.due(session, now)
    if known is None:
        return 0
    today = today_at(known, now)
    wanted = _unasked(session, today)
    mails = _mails(session, today, known.location.zone, now)
    due = checks_due(session, today)
    session.rollback()
    if wanted or mails or due:
        with writing():
            wanted = _unasked(session, today)
            for one in wanted:
                _ask(session, one, known.location.zone)
            queue_all(session, _mails(session, today, known.location.zone, now))
            ask_for_checks_due(session, today, now=now)
            session.commit()
    _look.done(session)
    return len(wanted)


def _unasked(session: AnySession, today: date) -> list[Credential]:
    """What lapses, and was never asked for."""
    return not_taken_over(session, lapsing(session, today, today + AHEAD))


def _mails(session: AnySession, today: date, zone: str, now: datetime) -> list[Due]:
    """The last of the mails whose day has come, for each paper that ends: in the morning. Those of before are over."""
    found = not_taken_over(session, ending(session, today, today + timedelta(days=max(MAILED))))
    morning = instant_of(wall_minute(today, MORNING, zone))
    mails = [
        Due("paper_ends", UUID(int=one.id), max(now, morning), once=f"{one.id}/{one.expires_on}/{days}")
        for one in found
        if one.expires_on and (days := min(n for n in MAILED if n >= (one.expires_on - today).days))
    ]
    return not_yet_queued(session, mails)


def _ask(session: AnySession, lapses: Credential, zone: str) -> None:
    """Due when its last good day begins. Another worker may have asked in this very moment."""
    assert lapses.expires_on
    item = WorkItem(
        task=f"renew_{lapses.kind}",
        owner_id=lapses.therapist.account_id,
        subject=f"credential:{lapses.id}",
        once=f"renewal/credential:{lapses.id}",
        due_at=instant_of(wall_minute(lapses.expires_on, time(), zone)),
    )
    with suppress(IntegrityError), session.begin_nested():
        session.add(item)
        session.flush()
