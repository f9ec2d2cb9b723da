"""A therapist's week: what is wrong with one, and until when one stands. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from clinic.booking.rules.times import Span, Window
from clinic.core.times import wall_minute

DAY = timedelta(days=1)


@dataclass(frozen=True, order=True)
class Worked:
    """A stretch of work of a weekday, 0 is Monday, on the clock of its location."""

    weekday: int
    starts: time
    ends: time
    location_id: int

    def span(self, day: date, zone: str) -> Span:
        """As instants, in the week that begins with `day`."""
        on = day + DAY * ((self.weekday - day.weekday()) % 7)
        return wall_minute(on, self.starts, zone), wall_minute(on, self.ends, zone)


def unsound(week: Sequence[Worked], day: date, zones: dict[int, str]) -> dict[int, str]:
    """What is wrong with these stretches, by their place in `week`: "backwards", or "overlaps" one before it. Nobody is
    in two places at once, so it is instants that are compared, in the week that begins with `day`.
    """
    spans = [one.span(day, zones[one.location_id]) for one in week]
    wrong = {n: "backwards" for n, one in enumerate(week) if one.starts >= one.ends}
    order = sorted((n for n in range(len(week)) if n not in wrong), key=lambda n: spans[n])
    latest = None
    for n in order:
        if latest is not None and spans[n][0] < latest:
            wrong[n] = "overlaps"
        latest = max(latest or spans[n][1], spans[n][1])
    return wrong


def stands_until(periods: Iterable[tuple[date, date | None]], from_on: date) -> date | None:
    """The last day of a week that begins on `from_on`: the day before the next change that is planned already. None
    where none is. `periods` are the first and last days of the weeks there are.
    """
    changes = [change for first, last in periods for change in (first, last + DAY if last else first)]
    later = [change for change in changes if change > from_on]
    return min(later) - DAY if later else None


def lies_outside(span: Span, windows: Iterable[Window]) -> bool:
    """Whether none of these hours holds it whole."""
    return not any(one.starts <= span[0] and span[1] <= one.ends for one in windows)
