"""Free times: what can be booked, when and with whom."""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from clinic.booking.offered import ListedTherapist, OfferedTreatment
from clinic.booking.programme import Programme
from clinic.booking.queries.free_days import Asked, Day, Ranked, Slot, known_day
from clinic.booking.queries.taken import Occupied, occupied_between, occupied_this_minute
from clinic.booking.rules import ANY_TIME, Narrowing, Span
from clinic.core.db import AnySession
from clinic.core.refusals import Refusal
from clinic.core.times import local, minute_of

PAGE_DAYS = 14
DAY = 24 * 60
LONG_AGO, FOR_EVER = -(10**7), 10**4  # a notice in minutes and a horizon in days that rule nothing out


def bounds_of(treatment: OfferedTreatment, now: datetime) -> Span:
    """Notice and horizon: the starts between which it may be booked."""
    minute = minute_of(now)
    return minute + treatment.notice_minutes, minute + treatment.horizon_days * DAY


def unbounded(treatment: OfferedTreatment) -> OfferedTreatment:
    """The same without notice and horizon, which bind clients alone."""
    return replace(treatment, notice_minutes=LONG_AGO, horizon_days=FOR_EVER)


@dataclass(frozen=True)
class Search:
    """One look for free times: the programme, what is taken, and the days looked at."""

    programme: Programme
    occupied: Sequence[Occupied]  # in order of start
    first: date
    days: int
    now: datetime

    def slots(
        self,
        treatment: OfferedTreatment,
        minutes: int,
        therapist: ListedTherapist | None = None,
        narrowing: Narrowing = ANY_TIME,
    ) -> list[Slot]:
        """Bookable times that suit, in order; where several therapists could, the one least booked that day."""
        listed = (therapist,) if therapist else self.programme.therapists
        whom = tuple(one for one in listed if narrowing.fits_whom(one.id, one.gender))
        asked = Asked(treatment, minutes, whom, bounds_of(treatment, self.now), narrowing.chaperone)
        best: dict[int, Ranked] = {}
        for day in self._days():
            for ranked in day.free(asked):
                start = ranked[2].start
                if start not in best or ranked[:2] < best[start][:2]:
                    best[start] = ranked
        found = [best[start][2] for start in sorted(best)]
        places = self.programme.locations
        if not (narrowing.weekdays or narrowing.parts):
            return found
        return [s for s in found if narrowing.fits_when(local(s.starts_at, places[s.location_id].zone))]

    def limit_refusals(
        self, therapist: ListedTherapist, treatment: OfferedTreatment, minutes: int, location_id: int, start: int
    ) -> list[Refusal]:
        """Which of the clinic's limits speak against this start on the first of the days."""
        limits = self.programme.limits(therapist, treatment)
        day = Day(self.programme, self.first, self.occupied)
        limited = day.limited(limits, therapist, treatment.visit(minutes), location_id)
        return [Refusal(code) for code, spans in limited.items() if any(first <= start < last for first, last in spans)]

    def _days(self) -> Iterator[Day]:
        """The days, each with what is taken on it and around it: as it was known, where that has not changed."""
        around, begins = self.programme.around, [row[1] for row in self.occupied]
        longest = max((row[2] - row[1] for row in self.occupied), default=0)
        for day in (self.first + timedelta(days=n) for n in range(self.days)):
            first, last = self.programme.span_of(day)
            of_day = slice(bisect_left(begins, first - around - longest), bisect_left(begins, last + around))
            yield known_day(self.programme, day, tuple(self.occupied[of_day]))


def search(
    session: AnySession,
    programme: Programme,
    *,
    first: date,
    days: int,
    now: datetime,
    own: Collection[UUID] = (),
    to_the_minute: bool = False,
) -> Search:
    """Load what is taken on these days, for everybody and every room. One statement. `to_the_minute` is for pages that
    are kept for a minute anyway: what ran out within it may still be in the way, what was claimed always is.
    """
    begin, _ = programme.span_of(first)
    _, end = programme.span_of(first + timedelta(days=days - 1))
    around = programme.around
    if to_the_minute and not own:
        occupied = occupied_this_minute(session, programme, begin - around, end + around, now=now)
    else:
        occupied = occupied_between(session, programme, begin - around, end + around, now=now, own=own)
    return Search(programme, occupied, first, days, now)


def today_at(programme: Programme, now: datetime) -> date:
    return local(now, programme.location.zone).date()


def nearest(slots: list[Slot], start: int) -> list[Slot]:
    """The three slots closest to a wanted time, in order of time."""
    return sorted(sorted(slots, key=lambda s: (abs(s.start - start), s.start))[:3], key=lambda s: s.start)
