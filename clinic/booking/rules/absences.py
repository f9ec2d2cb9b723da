"""Time off and closures: what they leave of working hours. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from clinic.booking.rules.times import Span, Window, merged


@dataclass(frozen=True)
class Closed:
    """Whole local days on which one location, or with None every one, is closed: a holiday, a removal."""

    location_id: int | None
    first_on: date
    last_on: date
    words: str

    def covers(self, location_id: int, day: date) -> bool:
        return self.location_id in {None, location_id} and self.first_on <= day <= self.last_on


def left_of(window: Window, away: Iterable[Span]) -> list[Window]:
    """What is left of a stretch of working hours when these spans are taken out, in order. Its grid stays."""
    left, starts = [], window.starts
    for first, last in merged(away):
        if starts < min(first, window.ends):
            left.append(replace(window, starts=starts, ends=min(first, window.ends)))
        starts = max(starts, last)
    return [*left, replace(window, starts=starts)] if starts < window.ends else left


def closed_by(closures: Iterable[Closed], location_id: int, day: date) -> Closed | None:
    """What closes this location on this day, or None."""
    return next((one for one in closures if one.covers(location_id, day)), None)
