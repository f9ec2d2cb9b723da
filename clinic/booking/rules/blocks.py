"""Time that is blocked, on the clock on the wall. Pure."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from clinic.core.times import instant_of, is_skipped, wall_minute

MOST_WEEKS = 26  # of one that is repeated


@dataclass(frozen=True)
class Stretch:
    """What is blocked of a day; a midnight at the end is the day's own. Where it is kept free, with its release."""

    day: date
    starts: time
    ends: time
    releases: datetime | None = None  # on the same wall clock, without a zone

    @property
    def last_day(self) -> date:
        """The day on which it ends."""
        return self.day + timedelta(days=1) if self.ends == time() else self.day

    @property
    def is_sound(self) -> bool:
        """It begins before it ends."""
        return self.starts < self.ends or self.ends == time()

    def weekly(self, weeks: int) -> list["Stretch"]:
        """The same on so many weeks in a row; each is released as long before."""
        return [
            replace(self, day=self.day + after, releases=self.releases + after if self.releases else None)
            for after in (timedelta(weeks=n) for n in range(weeks))
        ]

    def skipped(self, zone: str) -> datetime | None:
        """The first of its times that the clock on the wall never shows, because it is put forward then."""
        named = [datetime.combine(self.day, self.starts), datetime.combine(self.last_day, self.ends)]
        named += [self.releases] if self.releases else []
        return next((at for at in named if is_skipped(at.date(), at.time(), zone)), None)

    def span(self, zone: str) -> tuple[datetime, datetime]:
        """From which instant until which."""
        starts = wall_minute(self.day, self.starts, zone)
        return instant_of(starts), instant_of(wall_minute(self.last_day, self.ends, zone))

    def releases_at(self, zone: str) -> datetime | None:
        """The instant from which it is in nobody's way."""
        at = self.releases
        return instant_of(wall_minute(at.date(), at.time(), zone)) if at else None
