"""Asking for papers to be renewed before they lapse."""

from contextlib import suppress
from datetime import date, datetime, time, timedelta

from sqlalchemy.exc import IntegrityError

from clinic.core.db import AnySession, writing
from clinic.core.times import instant_of, local, minute_of, wall_minute
from clinic.qualifications.models import Credential
from clinic.qualifications.queries import held_of, lapsing, verified_by_therapist
from clinic.qualifications.rules import takes_over
from clinic.work.models import WorkItem

AHEAD = timedelta(days=30)
_looked: dict[str, int] = {}  # by database: the minute of the last look


def ask_for_renewals(session: AnySession, *, zone: str, now: datetime) -> int:
    """Ask the therapist, once, to renew each verified paper that ends within thirty days, unless another takes over;
    how many were asked for. The worker's task; commits. Once a minute is enough.
    """
    database, today = str(session.get_bind().url), local(now, zone).date()  # type: ignore[union-attr]
    if _looked.get(database) == minute_of(now):
        return 0
    wanted = _unasked(session, today)
    session.rollback()
    if wanted:
        with writing():
            wanted = _unasked(session, today)
            for one in wanted:
                _ask(session, one, zone)
            session.commit()
    _looked[database] = minute_of(now)
    return len(wanted)


def _unasked(session: AnySession, today: date) -> list[Credential]:
    """What lapses, and was never asked for."""
    found = lapsing(session, today, today + AHEAD)
    held = verified_by_therapist(session) if found else {}
    return [one for one in found if not any(takes_over(other, held_of(one)) for other in held[one.therapist_id])]


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
