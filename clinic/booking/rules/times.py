"""At which times something may start. Pure: whole minutes since 1970 UTC in, decisions out.

A span is [start, end) in minutes. What is searched is the set of possible *starts*: working hours less whatever
would be touched. So a slot costs one step, whatever the number of days or appointments.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from clinic.core.refusals import Refusal

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


def within(starts: Iterable[int], minutes: int, spans: Sequence[Span]) -> Iterator[int]:
    """Of these starts, those from which all the minutes lie within one of the spans."""
    return (start for start in starts if any(first <= start and start + minutes <= last for first, last in spans))


def packed(starts: Iterable[int], busy: Sequence[Span]) -> Iterator[int]:
    """Of the free starts in one window, the first and the last of each gap in the therapist's diary.

    So a treatment stands next to what is booked already, its rest and preparation counted, or at either end of the
    working hours, and leaves no hole that is too short for another. On an empty day that is the first time and the
    last; where the very next minute is off the grid, too soon or without a room, the nearest that can be had.
    """
    begins = [starts for starts, _ in busy]
    for _, of_gap in groupby(starts, key=lambda start: bisect_left(begins, start)):
        first, *others = of_gap
        yield first
        yield from others[-1:]


def time_refusals(
    start: int,
    shape: Shape,
    windows: Iterable[Window],
    *,
    bounds: Span,
    now: int,
) -> list[Refusal]:
    """Why nothing of this shape may start then, whoever is free: the first reason. `bounds` are notice and horizon."""
    return [*bound_refusals(start, bounds=bounds, now=now), *hours_refusals(start, shape, windows)][:1]


def bound_refusals(start: int, *, bounds: Span, now: int) -> list[Refusal]:
    """Whether it is over, too soon or too far ahead."""
    if start < now:
        return [Refusal("past")]
    if start < bounds[0]:
        return [Refusal("too_soon")]
    return [Refusal("too_far")] if start >= bounds[1] else []


def hours_refusals(start: int, shape: Shape, windows: Iterable[Window]) -> list[Refusal]:
    """Whether it lies outside working hours, or begins in them at a minute that is none of the grid's."""
    begun = [one for one in windows if one.starts <= start < one.ends]
    outside = [] if any(start + shape.minutes <= one.ends for one in begun) else [Refusal("outside_hours")]
    off_grid = begun and all((start - one.midnight) % shape.grid_minutes for one in begun)
    return [*outside, Refusal("off_grid")] if off_grid else outside


def is_free(busy: Iterable[Span], wanted: Span) -> bool:
    return all(ends <= wanted[0] or starts >= wanted[1] for starts, ends in busy)
