"""Free times: what can be booked, when and with whom."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain
from uuid import UUID

from clinic.booking.programme import ListedTherapist, OfferedTreatment, Programme
from clinic.booking.queries.taken import Busy, Diaries, busy_between, diaries_between, resource_ids
from clinic.booking.rules import (
    ANY_TIME,
    Limits,
    Narrowing,
    Shape,
    Span,
    Window,
    blocked_starts,
    free_starts,
    limited_starts,
    merged,
    packed,
    roomless_starts,
)
from clinic.core.db import AnySession
from clinic.core.refusals import Refusal
from clinic.core.times import instant_of, local, minute_of

PAGE_DAYS = 14
DAY = 24 * 60


@dataclass(frozen=True)
class Slot:
    """A time that can be booked: when, with whom, on which local day."""

    start: int
    therapist: ListedTherapist
    day: date

    @property
    def starts_at(self) -> datetime:
        return instant_of(self.start)


def shape_of(treatment: OfferedTreatment, minutes: int) -> Shape:
    return Shape(
        minutes,
        treatment.preparation_minutes,
        treatment.rest_minutes,
        treatment.cleaning_minutes,
        treatment.grid_minutes,
    )


def bounds_of(treatment: OfferedTreatment, now: datetime) -> Span:
    """Notice and horizon: the starts between which it may be booked."""
    minute = minute_of(now)
    return minute + treatment.notice_minutes, minute + treatment.horizon_days * DAY


@dataclass(frozen=True)
class Search:
    """One look for free times: the programme, what is taken, and the days looked at."""

    programme: Programme
    busy: Busy
    first: date
    days: int
    now: datetime
    booked: Diaries = field(default_factory=dict)  # read only where the clinic has set limits

    def slots(
        self,
        treatment: OfferedTreatment,
        minutes: int,
        therapist: ListedTherapist | None = None,
        narrowing: Narrowing = ANY_TIME,
    ) -> list[Slot]:
        """Bookable times that suit, in order; where several therapists could, the one with least to do that day."""
        shape, bounds = shape_of(treatment, minutes), bounds_of(treatment, self.now)
        roomless = {
            location_id: roomless_starts(
                [self.busy.get(r.resource_id, []) for r in self.programme.rooms_at(location_id)],
                shape.of_room(0),
            )
            for location_id in self.programme.locations
        }
        best: dict[int, tuple[int, int, Slot]] = {}
        for one in [therapist] if therapist else self.programme.therapists:
            if not narrowing.fits_whom(one.id, one.gender):
                continue
            for slot, load in self._of(one, treatment, shape, roomless, bounds):
                rank = (load, one.id, slot)
                if slot.start not in best or rank[:2] < best[slot.start][:2]:
                    best[slot.start] = rank
        found = [best[start][2] for start in sorted(best)]
        zone = self.programme.location.zone
        if not (narrowing.weekdays or narrowing.parts):
            return found
        return [slot for slot in found if narrowing.fits_when(local(slot.starts_at, zone))]

    def _of(
        self,
        therapist: ListedTherapist,
        treatment: OfferedTreatment,
        shape: Shape,
        roomless: dict[int, list[Span]],
        bounds: Span,
    ) -> Iterator[tuple[Slot, int]]:
        busy = self.busy.get(therapist.resource_id, [])
        own = blocked_starts(busy, shape.of_therapist(0))
        blocked = {place: merged([*own, *closed]) for place, closed in roomless.items()}
        windows = self.programme.windows(therapist, self.first, self.days)
        limits = self.programme.limits(therapist, treatment)
        load, starts = Counter[date](), [starts for starts, _ in busy]
        for window in windows:
            load[window.day] += bisect_left(starts, window.ends) - bisect_left(starts, window.starts)
        for window in windows:
            if self.programme.may_give(therapist, treatment, window.day):
                closed = blocked[window.location_id]
                if limits:
                    closed = merged(chain(closed, *self._limited(limits, therapist, shape.minutes, window).values()))
                free = free_starts(window, shape, closed, bounds)
                for start in packed(free, busy) if treatment.packed else free:
                    yield Slot(start, therapist, window.day), load[window.day]

    def _limited(
        self, limits: Limits, therapist: ListedTherapist, minutes: int, window: Window
    ) -> dict[str, list[Span]]:
        """The starts that the clinic's limits rule out on the day of this window."""
        booked = self.booked.get(therapist.resource_id, [])
        return limited_starts(limits, minutes, booked, self.programme.day_of(window))

    def limit_refusals(
        self, therapist: ListedTherapist, treatment: OfferedTreatment, minutes: int, window: Window, start: int
    ) -> list[Refusal]:
        """Which of the clinic's limits speak against this start."""
        limits = self.programme.limits(therapist, treatment)
        limited = self._limited(limits, therapist, minutes, window).items()
        return [Refusal(code) for code, spans in limited if any(first <= start < last for first, last in spans)]


def search(
    session: AnySession,
    programme: Programme,
    *,
    first: date,
    days: int,
    now: datetime,
    own: Collection[UUID] = (),
) -> Search:
    """Load what is taken on these days, for everybody and every room. One statement."""
    around = DAY + max((one.releases_apart_minutes for one in programme.therapists), default=0)  # a day for any zone
    begin, end = _midnight(first) - around, _midnight(first + timedelta(days=days)) + around
    ids = resource_ids(programme)
    if not programme.has_limits:
        return Search(programme, busy_between(session, ids, begin, end, now=now, own=own), first, days, now)
    busy, booked = diaries_between(session, ids, begin, end, now=now, own=own)
    return Search(programme, busy, first, days, now, booked)


def today_at(programme: Programme, now: datetime) -> date:
    return local(now, programme.location.zone).date()


def nearest(slots: list[Slot], start: int, count: int = 3) -> list[Slot]:
    """The slots closest to a wanted time, in order of time."""
    return sorted(sorted(slots, key=lambda s: (abs(s.start - start), s.start))[:count], key=lambda s: s.start)


def _midnight(day: date) -> int:
    return minute_of(datetime.combine(day, time(), UTC))
