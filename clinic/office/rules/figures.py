"""The figures that run a clinic, counted from plain values. Pure. What each means is told in `views.figure_words`."""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import NamedTuple

from clinic.office.rules.periods import Period

REBOOKED_WITHIN = timedelta(days=14)
MINUTE = timedelta(minutes=1)
VISITED, CANCELLED, LATE, NO_SHOW, TO_COME = "visited", "cancelled", "late", "no_show", "to_come"


class Visit(NamedTuple):
    """An appointment and what became of it. `person` is the client they are now; `day` is on the clock of its place."""

    person: Hashable
    day: date
    starts_at: datetime
    ends_at: datetime
    booked_at: datetime
    therapist_id: int
    treatments: tuple[int, ...]
    price_minor: int
    became: str


class Shift(NamedTuple):
    """How many minutes of a day somebody worked."""

    therapist_id: int
    day: date
    minutes: int


class Judged(NamedTuple):
    """A visit, whether it was its person's first ever, and whether they had another one booked soon after."""

    visit: Visit
    is_first: bool
    rebooked: bool


@dataclass(frozen=True)
class Figures:
    """Times in minutes, `leads` each from booking to beginning. Those of two periods may be added."""

    worked: int = 0
    filled: int = 0
    visits: int = 0
    new: int = 0
    rebooked: int = 0
    cancelled: int = 0
    late: int = 0
    no_shows: int = 0
    value_minor: int = 0
    leads: tuple[int, ...] = ()

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(*(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__))

    @property
    def appointments(self) -> int:
        """However they ended."""
        return self.visits + self.no_shows + self.cancelled

    @property
    def returning(self) -> int:
        return self.visits - self.new

    @property
    def share_filled(self) -> float | None:
        return _share(self.filled, self.worked)

    @property
    def share_rebooked(self) -> float | None:
        return _share(self.rebooked, self.visits)

    @property
    def share_missed(self) -> float | None:
        """No-shows, of all whom the therapist waited for."""
        return _share(self.no_shows, self.visits + self.no_shows)

    @property
    def lead_days(self) -> float | None:
        return round(median(self.leads) / (24 * 60), 1) if self.leads else None


def judged(visits: Iterable[Visit], seen_before: Collection[Hashable]) -> list[Judged]:
    """Each with what its person's other visits say of it. `seen_before` are those with a visit before all of these."""
    of_person: dict[Hashable, list[Visit]] = defaultdict(list)
    for one in sorted(visits, key=lambda visit: visit.starts_at):
        of_person[one.person].append(one)
    return [found for person, theirs in of_person.items() for found in _judged(theirs, seen=person in seen_before)]


def _judged(visits: list[Visit], *, seen: bool) -> list[Judged]:
    """Of one person, in order."""
    first = None if seen else next((one for one in visits if one.became == VISITED), None)
    booked_next: datetime | None = None
    found = []
    for one in reversed(visits):
        soon = booked_next is not None and booked_next <= one.ends_at + REBOOKED_WITHIN
        found.append(Judged(one, one is first, soon))
        if one.became in {VISITED, NO_SHOW, TO_COME}:
            booked_next = min(booked_next or one.booked_at, one.booked_at)
    return found


Key = Callable[[int, tuple[int, ...]], Hashable]  # of a therapist and treatments


def by_everybody(therapist_id: int, treatments: tuple[int, ...]) -> Hashable:
    return None


def by_therapist(therapist_id: int, treatments: tuple[int, ...]) -> Hashable:
    return therapist_id


def by_treatment(therapist_id: int, treatments: tuple[int, ...]) -> Hashable:
    """Two in one visit are a kind of their own, so that no visit is counted twice; hours belong to none."""
    return treatments


def tally(
    among: Iterable[Judged], shifts: Iterable[Shift], parts: Iterable[Period], key: Key
) -> dict[tuple[Hashable, Period], Figures]:
    """The figures of each of these parts and of each that `key` tells apart; absent where there was nothing."""
    part_of = {day: part for part in parts for day in part.dates()}
    cells: dict[tuple[Hashable, Period], list[Judged]] = defaultdict(list)
    worked: dict[tuple[Hashable, Period], int] = defaultdict(int)
    for one in among:
        if part := part_of.get(one.visit.day):
            cells[key(one.visit.therapist_id, one.visit.treatments), part].append(one)
    for shift in shifts:
        if part := part_of.get(shift.day):
            worked[key(shift.therapist_id, ()), part] += shift.minutes
    return {cell: _counted(cells.get(cell, []), worked.get(cell, 0)) for cell in {*cells, *worked}}


def _counted(among: list[Judged], worked: int) -> Figures:
    been = [one for one in among if one.visit.became == VISITED]
    ended = [one.visit.became for one in among]
    return Figures(
        worked=worked,
        filled=sum(_minutes(one.visit.ends_at - one.visit.starts_at) for one in been),
        visits=len(been),
        new=sum(one.is_first for one in been),
        rebooked=sum(one.rebooked for one in been),
        cancelled=ended.count(CANCELLED) + ended.count(LATE),
        late=ended.count(LATE),
        no_shows=ended.count(NO_SHOW),
        value_minor=sum(one.visit.price_minor for one in been),
        leads=tuple(
            _minutes(lead) for one in been if (lead := one.visit.starts_at - one.visit.booked_at) >= timedelta()
        ),
    )


def _minutes(length: timedelta) -> int:
    return length // MINUTE


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
