"""The diary as it is drawn: columns of therapists, rooms or days, and what stands in them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from clinic.booking.models import Attendance, Delay
from clinic.booking.programme import Programme
from clinic.booking.queries.diary import Blocked, Diary, HeldTime, Visit
from clinic.booking.rules import furthest
from clinic.core.times import instant_of, local
from clinic.today.rules import MIDNIGHT, Frame, frame_around, minute_on, outside

Cell = tuple[int, date]  # a therapist's or a room's id, and a day


@dataclass(frozen=True)
class Line:
    """One thing in the diary, on the wall clock: `kind` is visit, held, block or away."""

    kind: str
    at: datetime
    until: datetime
    starts: int
    ends: int
    what: Visit | HeldTime | Blocked | None = None
    state: Attendance | None = None


@dataclass(frozen=True)
class Drawn:
    """A line and where it stands."""

    line: Line
    row: int
    rows: int


@dataclass(frozen=True)
class Column:
    """A column of the paper: one therapist or one room on one day."""

    title: str
    day: date
    therapist_id: int | None
    room_id: int | None
    drawn: list[Drawn]
    first_at: datetime  # the instant of the first row
    works: bool = True
    delay: Delay | None = None


@dataclass(frozen=True)
class Lines:
    """What stands where, by therapist and by room, and when therapists work."""

    of_therapist: dict[Cell, list[Line]]
    of_room: dict[Cell, list[Line]]
    hours: dict[Cell, list[tuple[int, int]]]


def lines_of(diary: Diary, known: Programme, days: Sequence[date], zone: str) -> Lines:
    """Everything on the location's clock, once."""
    found = Lines(defaultdict(list), defaultdict(list), defaultdict(list))
    for visit in diary.visits:
        steps = {one.state: one for one in diary.states.get(visit.id, ()) if one.state != "confirmed"}
        _put(found, _line("visit", visit, zone, steps.get(furthest(steps))), visit.therapist_id, visit.room_id)
    for held in diary.held:
        _put(found, _line("held", held, zone), held.therapist_id, held.room_id)
    for block in diary.blocks:
        for day in days:
            line = _block(block, zone, day)
            if line.starts < line.ends:
                _put(found, line, block.therapist_id, block.room_id, day)
    for therapist in known.therapists:
        for window in known.windows(therapist, days[0], len(days)):
            span = tuple(minute_on(window.day, local(instant_of(at), zone)) for at in (window.starts, window.ends))
            found.hours[therapist.id, window.day].append((span[0], span[1]))
    return found


def _put(found: Lines, line: Line, therapist_id: int | None, room_id: int | None, day: date | None = None) -> None:
    day = day or line.at.date()
    if therapist_id:
        found.of_therapist[therapist_id, day].append(line)
    if room_id:
        found.of_room[room_id, day].append(line)


def _line(kind: str, what: Any, zone: str, state: Attendance | None = None) -> Line:
    at = local(what.starts_at, zone)
    until = at + timedelta(minutes=what.minutes) if kind == "held" else local(what.ends_at, zone)
    return Line(kind, at, until, minute_on(at.date(), at), minute_on(at.date(), until), what, state)


def _block(block: Blocked, zone: str, day: date) -> Line:
    at, until = local(block.starts_at, zone), local(block.ends_at, zone)
    return Line("block", at, until, minute_on(day, at), minute_on(day, until), block)


def frame_of(lines: Lines, cells: Iterable[Cell], *, by_room: bool = False) -> Frame:
    """The hours to draw: whenever somebody works or something stands there."""
    cells, source = list(cells), lines.of_room if by_room else lines.of_therapist
    days = {day for _, day in cells}
    hours = (
        span for cell, spans in lines.hours.items() for span in spans if cell in cells or (by_room and cell[1] in days)
    )
    booked = ((line.starts, line.ends) for cell in cells for line in source.get(cell, ()))
    return frame_around([*hours, *booked])


def drawn(lines: Lines, cell: Cell, frame: Frame, *, by_room: bool = False) -> list[Drawn]:
    """What stands in one column, what lies below first: hours nobody works, blocks, then visits."""
    found = list((lines.of_room if by_room else lines.of_therapist).get(cell, ()))
    if not by_room:
        found += [_away(cell[1], *span) for span in outside(lines.hours.get(cell, ()), frame)]
    below = {"away": 0, "block": 1}
    found.sort(key=lambda line: (below.get(line.kind, 2), line.starts))
    return [Drawn(line, *frame.place(line.starts, line.ends)) for line in found]


def _away(day: date, starts: int, ends: int) -> Line:
    at = datetime(day.year, day.month, day.day)  # noqa: DTZ001  (on paper only)
    return Line("away", at + timedelta(minutes=starts), at + timedelta(minutes=min(ends, MIDNIGHT - 1)), starts, ends)
