"""Days put together into weeks and months. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

WEEK, MONTH = "week", "month"
DAY = timedelta(days=1)


@dataclass(frozen=True, order=True)
class Period:
    """Local days from `first` to `last`, both with it."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def parts(self, step: str) -> Iterator["Period"]:
        """Its weeks, which begin on Mondays, or its months; the first and the last may be cut short."""
        first = self.first
        while first <= self.last:
            after = next_beginning(first, step)
            yield Period(first, min(after - DAY, self.last))
            first = after

    def dates(self) -> Iterator[date]:
        return (self.first + n * DAY for n in range(self.days))


def beginning(day: date, step: str) -> date:
    """The Monday, or the first of the month."""
    return day.replace(day=1) if step == MONTH else day - timedelta(days=day.weekday())


def next_beginning(day: date, step: str) -> date:
    """The Monday after, or the first of the month after."""
    if step == MONTH:
        return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return beginning(day, step) + timedelta(days=7)


def weeks_before(today: date, count: int) -> Period:
    """The last whole weeks, up to the Sunday before this week."""
    monday = beginning(today, WEEK)
    return Period(monday - timedelta(weeks=count), monday - DAY)
