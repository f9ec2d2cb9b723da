"""One day's free times.

Worked out from what is taken on it and around it, and from nothing else: so what was worked out once still holds for as
long as the same is taken, whatever changes on other days.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import Any

from werkzeug.utils import cached_property

from clinic.booking.offered import ListedTherapist, OfferedTreatment
from clinic.booking.programme import Programme
from clinic.booking.queries.taken import Busy, Occupied
from clinic.booking.rules import (
    Booked,
    Limits,
    Shape,
    Span,
    blocked_starts,
    free_starts,
    limited_starts,
    merged,
    packed,
    roomless_starts,
    within,
)
from clinic.core.times import instant_of

MOST_ASKED = 20  # ways of asking for free times that are remembered of one day


@dataclass(frozen=True)
class Slot:
    """A time that can be booked: when, with whom, on which local day, at which location."""

    start: int
    therapist: ListedTherapist
    day: date
    location_id: int

    @property
    def starts_at(self) -> datetime:
        return instant_of(self.start)


Ranked = tuple[int, int, Slot]  # with how many minutes the therapist is booked that day, and who that is


@dataclass(frozen=True)
class Asked:
    """What is asked of a day: which treatment, for how long, by whom, and between which starts."""

    treatment: OfferedTreatment
    minutes: int
    whom: tuple[ListedTherapist, ...]
    bounds: Span  # notice and horizon
    chaperone: bool = False  # only while somebody else can be in the room

    @cached_property
    def shape(self) -> Shape:
        return shape_of(self.treatment, self.minutes)

    @cached_property
    def key(self) -> tuple[object, ...]:
        """What tells it from others, but for its bounds."""
        return self.treatment, self.minutes, tuple(one.id for one in self.whom), self.chaperone


def shape_of(treatment: OfferedTreatment, minutes: int) -> Shape:
    return Shape(
        minutes,
        treatment.preparation_minutes,
        treatment.rest_minutes,
        treatment.cleaning_minutes,
        treatment.grid_minutes,
    )


class Day:
    """A local day: what is taken on it and around it, and which times are free."""

    def __init__(self, programme: Programme, day: date, occupied: Sequence[Occupied]) -> None:
        self.programme, self.day, self.occupied = programme, day, occupied
        self._free: dict[tuple[object, ...], list[Ranked]] = {}

    def free(self, asked: Asked) -> list[Ranked]:
        """Its free times in order, each with the therapist who is least booked that day."""
        first, last = self.programme.span_of(self.day)
        bounds = max(asked.bounds[0], first), min(asked.bounds[1], last)
        key = (asked.key, bounds)
        found = self._free.get(key)
        if found is None:
            if len(self._free) >= MOST_ASKED:
                self._free.clear()
            found = self._free[key] = self._ranked(asked)
        return found

    @cached_property
    def _busy(self) -> Busy:
        busy: Busy = defaultdict(list)
        for resource_id, starts, ends, *_ in self.occupied:
            busy[resource_id].append((starts, ends))
        return busy

    @cached_property
    def _load(self) -> Counter[int]:
        """How many of the day's minutes visits take of each, with what comes before and after: blocked time is none."""
        (first, last), load = self.programme.span_of(self.day), Counter[int]()
        for resource_id, starts, ends, is_claim, *_ in self.occupied:
            if is_claim:
                load[resource_id] += max(min(ends, last) - max(starts, first), 0)
        return load

    def _ranked(self, asked: Asked) -> list[Ranked]:
        known, shape = self.programme, asked.shape
        roomless = {
            location_id: roomless_starts(
                [self._busy.get(room.resource_id, []) for room in known.rooms_for(asked.treatment, location_id)],
                shape.of_room(0),
            )
            for location_id in known.locations
        }
        best: dict[int, Ranked] = {}
        for one in asked.whom:
            load = self._load[one.resource_id]
            for slot in self._of(one, asked, roomless):
                ranked = (load, one.id, slot)
                if slot.start not in best or ranked[:2] < best[slot.start][:2]:
                    best[slot.start] = ranked
        return [best[start] for start in sorted(best)]

    def _of(self, therapist: ListedTherapist, asked: Asked, roomless: dict[int, list[Span]]) -> Iterator[Slot]:
        known, treatment = self.programme, asked.treatment
        if not known.may_give(therapist, treatment, self.day):
            return
        windows, limits = known.windows(therapist, self.day, 1), known.limits(therapist, treatment)
        busy = self._busy.get(therapist.resource_id, [])
        own = blocked_starts(busy, asked.shape.of_therapist(0))
        for window in windows:
            closed = merged([*own, *roomless[window.location_id]])
            if limits:
                limited = self.limited(limits, therapist, treatment.visit(asked.minutes), window.location_id)
                closed = merged(chain(closed, *limited.values()))
            free = free_starts(window, asked.shape, closed, asked.bounds)
            found = packed(free, busy) if treatment.packed else free
            if asked.chaperone:
                found = within(found, asked.minutes, known.chaperoned(window.location_id, self.day))
            for start in found:
                yield Slot(start, therapist, self.day, window.location_id)

    def limited(
        self, limits: Limits, therapist: ListedTherapist, visit: Sequence[Booked], location_id: int
    ) -> dict[str, list[Span]]:
        """The starts that the clinic's limits rule out on this day, by the clock of a location."""
        booked = [
            one
            for resource_id, _, _, _, *treated in self.occupied
            if resource_id == therapist.resource_id and treated and treated[0] is not None
            for one in _booked(*treated)
        ]
        return limited_starts(limits, visit, booked, self.programme.day_of(self.day, location_id))


def _booked(starts: int, ends: int, *kinds: Any) -> list[Booked]:
    """What a visit is in the diary: a treatment, or two in a row."""
    first, second_minutes, second = kinds[:3], kinds[3], kinds[4:]
    between = ends - (second_minutes or 0)
    return [Booked(starts, between, *first), *([Booked(between, ends, *second)] if second_minutes else [])]


def known_day(programme: Programme, day: date, occupied: tuple[Occupied, ...]) -> Day:
    """The day as it was worked out before, where the same is taken still; else to be worked out anew."""
    known: Day | None = programme.days.get(day)
    if known is None or known.occupied != occupied:
        known = programme.days[day] = Day(programme, day, occupied)
    return known
