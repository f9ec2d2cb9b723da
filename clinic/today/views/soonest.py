"""The earliest times for what somebody at the desk asks: now, the next days, and the nearest to one that is refused."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby, islice

from clinic.booking import queries, rules
from clinic.booking.operations.shared import resource_id_of
from clinic.booking.queries import PAGE_DAYS, Search, Slot
from clinic.booking.rules import Narrowing, Span
from clinic.booking.views.tiles import Tile, near_tile, tile
from clinic.core.db import db
from clinic.core.templating import day_words
from clinic.core.times import minute_of
from clinic.today.views.enquiry import Enquiry

DAYS_SHOWN, TIMES_A_DAY, STEP = 3, 8, 5
DAY = 24 * 60


@dataclass(frozen=True)
class Day:
    heading: str
    tiles: list[Tile]


@dataclass(frozen=True)
class Soonest:
    """`now` is the next five minutes with whoever is free, for somebody who stands at the counter."""

    now: Tile | None
    days: list[Day]
    nearest: list[Tile]


def soonest(asked: Enquiry, *, refused: bool = False) -> Soonest:
    """One search; another where two weeks hold nothing, and one around a time that was refused."""
    look = _look(asked, asked.first_day, PAGE_DAYS)
    slots = _slots(look, asked)
    if not slots:
        slots = _slots(_look(asked, asked.first_day, asked.chosen.treatment.horizon_days + 1), asked)
    around = _nearest(asked) if refused and asked.chosen.slot else []
    return Soonest(_now(look, asked), list(islice(_days(slots, asked), DAYS_SHOWN)), around)


def _look(asked: Enquiry, first: date, days: int) -> Search:
    return queries.search(db.session, asked.chosen.programme, first=first, days=days, now=asked.chosen.now)


def _slots(look: Search, asked: Enquiry) -> list[Slot]:
    choice = asked.at_desk
    found = look.slots(choice.treatment, choice.length.minutes, asked.with_whom, asked.narrowing)
    return _but_theirs(found, look, asked)


def _but_theirs(slots: list[Slot], look: Search, asked: Enquiry) -> list[Slot]:
    """Without the times at which the client comes already."""
    if not slots or not (ids := resource_id_of(db.session, asked.client)):
        return slots
    last = slots[-1].start + DAY
    busy: list[Span] = queries.busy_between(db.session, ids, slots[0].start, last, now=look.now)[ids[0]]
    minutes = asked.chosen.length.minutes
    return [slot for slot in slots if rules.is_free(busy, (slot.start, slot.start + minutes))]


def _now(look: Search, asked: Enquiry) -> Tile | None:
    choice = asked.at_desk
    if asked.first_day != choice.today:
        return None
    minute = -(-minute_of(choice.now) // STEP) * STEP
    any_minute = replace(choice.treatment, grid_minutes=STEP, packed=False)
    narrowing = Narrowing(chaperone=choice.chaperone)
    free = replace(look, days=1).slots(any_minute, choice.length.minutes, asked.with_whom, narrowing)
    found = _but_theirs([slot for slot in free if slot.start == minute], look, asked)
    return tile(found[0], choice) if found else None


def _nearest(asked: Enquiry) -> list[Tile]:
    """The three free times closest to the one that was refused, each with its day and therapist."""
    choice = asked.at_desk
    assert choice.starts_at is not None
    day = queries.today_at(choice.programme, choice.starts_at)
    slots = _slots(_look(asked, max(choice.today, day - timedelta(days=10)), 21), asked)
    found = queries.nearest(slots, minute_of(choice.starts_at))
    return [near_tile(slot, choice) for slot in found]


def _days(slots: list[Slot], asked: Enquiry) -> Iterator[Day]:
    for day, of_day in groupby(slots, key=lambda slot: slot.day):
        yield Day(day_words(day), [tile(slot, asked.at_desk) for slot in islice(of_day, TIMES_A_DAY)])
