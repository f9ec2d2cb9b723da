"""Setting working hours: a week from a day on, or one day that is different. What is booked stays as it is."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import select

from clinic.booking.models import WorkingHours
from clinic.booking.rules import Worked, stands_until
from clinic.core import audit
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.core.refusals import Refusal
from clinic.people.operations import lock_therapist


def set_week(
    session: AnySession,
    therapist_id: int,
    week: Sequence[Worked],
    from_on: date,
    *,
    seen: str,
    now: datetime,
    by: Actor,
) -> list[Refusal]:
    """From this day on, until the next change that is planned, they work so. The weeks before keep their hours, and
    days that are different stay. Not if somebody set them meanwhile: `seen`. The caller commits.
    """
    rows = _locked(session, therapist_id)
    if seen != seen_of_hours(rows):
        return [Refusal("block_changed")]
    weeks = [row for row in rows if not is_one_day(row)]
    until_on = stands_until(((row.from_on, row.until_on) for row in weeks), from_on)
    before = [row for row in weeks if row.from_on <= from_on <= (row.until_on or from_on)]
    after = facts(_rows(therapist_id, week, from_on, until_on))
    detail = {"from_on": from_on.isoformat(), "before": facts(before), "after": after}
    for row in before:
        _end(session, row, from_on - timedelta(days=1))
    session.add_all(_rows(therapist_id, week, from_on, until_on))
    session.flush()
    audit.record(session, "hours.week", f"hours:{therapist_id}", by=by, now=now, detail=detail)
    return []


def set_day(
    session: AnySession,
    therapist_id: int,
    day: date,
    hours: Sequence[Worked],
    *,
    seen: str,
    now: datetime,
    by: Actor,
) -> list[Refusal]:
    """On this one day they work so, instead of what their week says; without hours, the week holds again. The caller
    commits.
    """
    rows = _locked(session, therapist_id)
    if seen != seen_of_hours(rows):
        return [Refusal("block_changed")]
    gone = [row for row in rows if is_one_day(row) and row.from_on == day]
    made = _rows(therapist_id, hours, day, day)
    detail = {"from_on": day.isoformat(), "before": facts(gone), "after": facts(made)}
    for row in gone:
        session.delete(row)
    session.add_all(made)
    session.flush()
    audit.record(session, "hours.day", f"hours:{therapist_id}", by=by, now=now, detail=detail)
    return []


def is_one_day(row: WorkingHours) -> bool:
    """Set for one day alone, and standing instead of its week's."""
    return row.from_on == row.until_on


def seen_of_hours(rows: Iterable[WorkingHours]) -> str:
    """What a page says it showed of somebody's hours, so that nobody changes what they have not seen."""
    return sha256(repr(facts(rows)).encode()).hexdigest()[:16]


def facts(rows: Iterable[WorkingHours]) -> list[list[Any]]:
    """What the audit trail says of them."""
    return [
        [
            row.weekday,
            row.starts.isoformat("minutes"),
            row.ends.isoformat("minutes"),
            row.location_id,
            row.from_on.isoformat(),
            row.until_on.isoformat() if row.until_on else None,
        ]
        for row in sorted(rows, key=lambda row: (row.weekday, row.from_on, row.starts, row.location_id))
    ]


def _locked(session: AnySession, therapist_id: int) -> list[WorkingHours]:
    """All their hours; nobody books with them meanwhile."""
    lock_therapist(session, therapist_id)
    return list(session.scalars(select(WorkingHours).where(WorkingHours.therapist_id == therapist_id)))


def _rows(therapist_id: int, hours: Iterable[Worked], from_on: date, until_on: date | None) -> list[WorkingHours]:
    return [
        WorkingHours(
            therapist_id=therapist_id,
            location_id=one.location_id,
            weekday=one.weekday,
            starts=one.starts,
            ends=one.ends,
            from_on=from_on,
            until_on=until_on,
        )
        for one in hours
    ]


def _end(session: AnySession, row: WorkingHours, last: date) -> None:
    """It stands until that day; what never stood on its weekday is nobody's history."""
    days = (last - row.from_on).days
    if days < 0 or (row.weekday - row.from_on.weekday()) % 7 > days:
        session.delete(row)
    else:
        row.until_on = last
