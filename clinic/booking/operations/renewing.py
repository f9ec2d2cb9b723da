"""Asking for papers to be renewed before they lapse."""

from contextlib import suppress
from datetime import date, datetime, time, timedelta

from sqlalchemy.exc import IntegrityError

from clinic.booking.programme import programme, versions
from clinic.booking.queries import today_at
from clinic.core.db import AnySession, writing
from clinic.core.times import instant_of, wall_minute
from clinic.qualifications.models import Credential
from clinic.qualifications.queries import held_of, lapsing, verified_by_therapist
from clinic.qualifications.rules import takes_over
from clinic.work.models import WorkItem

AHEAD = timedelta(days=30)
_looked: dict[str, tuple[int, date]] = {}  # by database: the version of the programme and the day of the last look


def ask_for_renewals(session: AnySession, *, now: datetime) -> int:
    """Ask the therapist, once, to renew each verified paper that ends within thirty days, unless another takes over;
    how many were asked for. The worker's task; commits. It looks once a day, and when a paper has changed.
    """
    database, known = str(session.get_bind().url), programme(session)  # type: ignore[union-attr]
    looked = (versions(session)[0], today_at(known, now)) if known else None
    if known is None or looked is None or _looked.get(database) == looked:
        session.rollback()
        return 0
    wanted = _unasked(session, looked[1])
    session.rollback()
    if wanted:
        with writing():
            wanted = _unasked(session, looked[1])
            for one in wanted:
                _ask(session, one, known.location.zone)
            session.commit()
    _looked[database] = looked
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
