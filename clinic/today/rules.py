"""Where things stand on the diary's paper. Pure: times on a location's wall clock in, rows out.

A row is five minutes. Rows follow the clock on the wall, so that on the days the clocks change nine o'clock is still
beside nine o'clock; what lasts through a changeover ends where the clock says.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

ROW = 5  # minutes
LEAST_ROWS = 3  # what is shorter is drawn so tall, that it can be read and touched
USUAL = (9 * 60, 17 * 60)  # where nothing says otherwise
MIDNIGHT = 24 * 60


@dataclass(frozen=True)
class Frame:
    """The hours that are drawn, in minutes since midnight: whole hours."""

    first: int
    last: int

    @property
    def rows(self) -> int:
        return (self.last - self.first) // ROW

    @property
    def hours(self) -> range:
        return range(self.first // 60, self.last // 60)

    def place(self, starts: int, ends: int) -> tuple[int, int]:
        """From which row, from 0, and over how many; cut off at the frame."""
        row = min(max((starts - self.first) // ROW, 0), self.rows - 1)
        end = min(-(-(ends - self.first) // ROW), self.rows)
        return row, max(end - row, min(LEAST_ROWS, self.rows - row))


def minute_on(day: date, at: datetime) -> int:
    """Minutes since midnight of `day` on the wall clock; before it 0, after it 24 hours."""
    if at.date() != day:
        return 0 if at.date() < day else MIDNIGHT
    return at.hour * 60 + at.minute


def frame_around(spans: Iterable[tuple[int, int]]) -> Frame:
    """Whole hours around all of it."""
    spans = list(spans) or [USUAL]
    first, last = min(starts for starts, _ in spans), max(ends for _, ends in spans)
    return Frame(first // 60 * 60, min(-(-last // 60) * 60, MIDNIGHT))


def outside(hours: Iterable[tuple[int, int]], frame: Frame) -> list[tuple[int, int]]:
    """The stretches of the frame in which nobody works."""
    found, at = [], frame.first
    for starts, ends in sorted(hours):
        if starts > at:
            found.append((at, min(starts, frame.last)))
        at = max(at, ends)
    return [*found, (at, frame.last)] if at < frame.last else found
