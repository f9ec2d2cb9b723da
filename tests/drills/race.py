"""Fifty strangers want one therapist at one time, at once. One gets it; the others are told so kindly."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import cycle, islice
from threading import Barrier
from zoneinfo import ZoneInfo

from clinic.core.times import wall_minute
from tests.drills.clinic import ZONE
from tests.drills.stranger import Stranger

CROWD = 50
WHO = "ana-moreau"
# By how many minutes their times differ. An hour later is free of the treatment, but not of the rest after it.
KINDS = {"equal": (0,), "overlapping": (0, 15, -15), "in the rest": (0, 60)}


@dataclass
class Ending:
    """How a race ended: bookings, kind refusals, and answers that broke or made no sense."""

    won: int = 0
    refused: int = 0
    other: int = 0

    def __add__(self, more: "Ending") -> "Ending":
        return Ending(self.won + more.won, self.refused + more.refused, self.other + more.other)


def weekdays() -> list[date]:
    """Days that can be booked online, from the day after tomorrow to the horizon."""
    today = datetime.now(ZoneInfo(ZONE)).date()
    return [day for n in range(2, 89) if (day := today + timedelta(days=n)).weekday() < 5]


def courses() -> list[int]:
    """Times far enough from each other for a race at each, the soonest first."""
    return [wall_minute(day, time(hour), ZONE) for day in weekdays() for hour in (10, 14)]


def at_once(acts: Sequence[Callable[[], Stranger]]) -> list[Stranger]:
    """Everybody waits at the gate, and then all do theirs."""
    gate = Barrier(len(acts))
    with ThreadPoolExecutor(len(acts)) as crowd:
        return list(crowd.map(lambda act: gate.wait() >= 0 and act(), acts))


def race(port: int, start: int, offsets: Iterable[int]) -> Ending:
    """Everybody is on the check page before anybody presses "Book it"."""
    starts = islice(cycle(offsets), CROWD)
    with ThreadPoolExecutor(CROWD) as crowd:
        ready = [crowd.submit(Stranger(port, n).prepare, start + offset, WHO) for n, offset in enumerate(starts)]
        strangers = [one.result() for one in ready]
    done = at_once([one.book for one in strangers])
    won, refused = sum(one.status == 303 for one in done), sum(one.refused_politely for one in done)
    for one in done:
        if one.appointment:
            one.cancel()  # the time is there for the next round
    return Ending(won, refused, CROWD - won - refused)
