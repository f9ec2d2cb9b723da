"""When something may be booked. Pure: whole minutes since 1970 UTC in, decisions out.

A span is [start, end) in minutes. What is searched is the set of possible *starts*: working hours less whatever
would be touched. So a slot costs one step, whatever the number of days or appointments.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from clinic.core.refusals import Refusal
from clinic.intake.rules import Decision

Span = tuple[int, int]


@dataclass(frozen=True)
class Window:
    """A stretch of working hours on one local day. `midnight` is where that day's clock would have shown 0:00
    had it run evenly up to the stretch; the grid is counted from it.
    """

    starts: int
    ends: int
    midnight: int
    day: date
    location_id: int


@dataclass(frozen=True)
class Shape:
    """How much time a treatment takes of whom, and on which grid it starts."""

    minutes: int
    preparation_minutes: int
    rest_minutes: int
    cleaning_minutes: int
    grid_minutes: int

    def of_therapist(self, start: int) -> Span:
        """What it takes of the therapist when it starts then."""
        return start - self.preparation_minutes, start + self.minutes + self.rest_minutes

    def of_room(self, start: int) -> Span:
        return start - self.preparation_minutes, start + self.minutes + self.cleaning_minutes


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same minutes as spans in order that neither touch nor overlap."""
    union: list[Span] = []
    for starts, ends in sorted(spans):
        if union and starts <= union[-1][1]:
            union[-1] = (union[-1][0], max(ends, union[-1][1]))
        else:
            union.append((starts, ends))
    return union


def common(one: Sequence[Span], other: Sequence[Span]) -> list[Span]:
    """The minutes in both. Each in order, without overlaps."""
    found, i, j = [], 0, 0
    while i < len(one) and j < len(other):
        starts, ends = max(one[i][0], other[j][0]), min(one[i][1], other[j][1])
        if starts < ends:
            found.append((starts, ends))
        if one[i][1] < other[j][1]:
            i += 1
        else:
            j += 1
    return found


def blocked_starts(busy: Iterable[Span], taken: Span) -> list[Span]:
    """The starts at which something would touch a busy span; `taken` is what it takes when it starts at 0."""
    before, after = taken
    return merged((starts - after + 1, ends - before) for starts, ends in busy)


def roomless_starts(busy_rooms: Sequence[Sequence[Span]], taken: Span) -> list[Span]:
    """The starts at which no room at all is free; `taken` as for `blocked_starts`."""
    everywhere: list[Span] = [(-(2**62), 2**62)]
    for busy in busy_rooms:
        everywhere = common(everywhere, blocked_starts(busy, taken))
    return everywhere


def free_starts(window: Window, shape: Shape, blocked: Sequence[Span], bounds: Span) -> Iterator[int]:
    """The starts in this window, on the grid, within bounds, that nothing blocks.

    `blocked` is in order. The treatment must lie within working hours; preparation and rest need not.
    """
    grid, first = shape.grid_minutes, max(window.starts, bounds[0])
    last = min(window.ends - shape.minutes, bounds[1] - 1)
    start = first + (window.midnight - first) % grid
    for starts, ends in blocked:
        if ends <= start:
            continue
        if starts > last:
            break
        while start < starts:
            yield start
            start += grid
        start = max(start, ends + (window.midnight - ends) % grid)
    while start <= last:
        yield start
        start += grid


def time_refusals(
    start: int,
    shape: Shape,
    windows: Iterable[Window],
    *,
    bounds: Span,
    now: int,
) -> list[Refusal]:
    """Why nothing of this shape may start then, whoever is free. `bounds` are notice and horizon."""
    if start < now:
        return [Refusal("past")]
    if start < bounds[0]:
        return [Refusal("too_soon")]
    if start >= bounds[1]:
        return [Refusal("too_far")]
    window = next((w for w in windows if w.starts <= start and start + shape.minutes <= w.ends), None)
    if window is None:
        return [Refusal("outside_hours")]
    return [Refusal("off_grid")] if (start - window.midnight) % shape.grid_minutes else []


def move_refusals(starts_at: datetime, now: datetime, *, notice_minutes: int, moves: int, most: int) -> list[Refusal]:
    """Why its client may not move an appointment any more."""
    if starts_at <= now:
        return [Refusal("already_begun")]
    if is_late(starts_at, now, notice_minutes):
        return [Refusal("change_too_late", {"hours": notice_minutes // 60})]
    return [Refusal("moved_enough", {"most": most})] if moves >= most else []


def is_late(starts_at: datetime, now: datetime, notice_minutes: int) -> bool:
    """Less notice than the clinic asks for."""
    return starts_at - now < timedelta(minutes=notice_minutes)


def is_free(busy: Iterable[Span], wanted: Span) -> bool:
    return all(ends <= wanted[0] or starts >= wanted[1] for starts, ends in busy)


def screening_refusals(decision: Decision | None, *, is_release: bool) -> list[Refusal]:
    """What the safety page rules out. A release needs its answers; nothing is booked before a doctor."""
    if decision is None:
        return [Refusal("screening_needed")] if is_release else []
    if decision.emergency or decision.refer:
        return [Refusal("doctor_first")]
    return [Refusal("release_ruled_out")] if is_release and not decision.release_allowed else []
