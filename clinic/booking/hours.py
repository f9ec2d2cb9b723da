"""Working hours, time off and closures, as the programme keeps them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from clinic.booking.models import ChaperoneHours, Closure, TimeOff, WorkingHours
from clinic.booking.rules import Closed, Span, Window, merged
from clinic.core.times import minute_of, wall_minute
from clinic.places.models import Location


def set_on(day: date, rows: Iterable[WorkingHours], locations: Mapping[int, Location]) -> list[Window]:
    """The hours of a therapist on one local day. What is set for that day alone stands instead of its week's."""
    found = [row for row in rows if row.weekday == day.weekday() and row.from_on <= day <= (row.until_on or day)]
    alone = [row for row in found if row.from_on == row.until_on]
    return [_window(row, day, locations[row.location_id].zone) for row in alone or found]


def _window(row: WorkingHours, day: date, zone: str) -> Window:
    starts = wall_minute(day, row.starts, zone)
    midnight = starts - row.starts.hour * 60 - row.starts.minute
    return Window(starts, wall_minute(day, row.ends, zone), midnight, day, row.location_id)


def by_therapist(session: Session) -> dict[int, tuple[WorkingHours, ...]]:
    found: dict[int, list[WorkingHours]] = defaultdict(list)
    for row in session.scalars(select(WorkingHours).order_by(WorkingHours.starts, WorkingHours.id)):
        found[row.therapist_id].append(row)
    return {therapist_id: tuple(rows) for therapist_id, rows in found.items()}


def of_chaperones(session: Session) -> dict[int, tuple[ChaperoneHours, ...]]:
    found: dict[int, list[ChaperoneHours]] = defaultdict(list)
    for row in session.scalars(select(ChaperoneHours).order_by(ChaperoneHours.starts)):
        found[row.location_id].append(row)
    return {location_id: tuple(rows) for location_id, rows in found.items()}


def time_off(session: Session) -> dict[int, tuple[Span, ...]]:
    """When each therapist is away, as instants, in order, without overlaps."""
    found: dict[int, list[Span]] = defaultdict(list)
    for row in session.scalars(select(TimeOff)):
        found[row.therapist_id].append((minute_of(row.starts_at), minute_of(row.ends_at)))
    return {therapist_id: tuple(merged(spans)) for therapist_id, spans in found.items()}


def closures(session: Session) -> tuple[Closed, ...]:
    rows = session.scalars(select(Closure).order_by(Closure.first_on, Closure.id))
    return tuple(Closed(row.location_id, row.first_on, row.last_on, row.words) for row in rows)
