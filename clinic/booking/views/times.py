"""The page of times: nearest first, by day, without opening a calendar."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from flask import render_template, request

from clinic.booking import queries
from clinic.booking.programme import ListedTherapist
from clinic.booking.queries import PAGE_DAYS, Slot
from clinic.booking.views.kept import kept
from clinic.booking.views.page import Choice, Tile, bp, choice_in_address, tile
from clinic.core.access import public
from clinic.core.db import db
from clinic.core.templating import day_words
from clinic.core.times import day_from_address

MOST_SHOWN = 150  # times on a page: more is long to scroll and heavy on a phone


@dataclass(frozen=True)
class Day:
    heading: str
    tiles: list[Tile]


@bp.get("/treatments/<slug>/times")
@public
@kept
def times(slug: str) -> str:
    """`from` is the first day shown, `therapist` narrows to one."""
    return times_page(choice_in_address(slug))


def times_page(chosen: Choice, *, message: str = "") -> str:
    asked = request.args.get("therapist")
    therapist = chosen.programme.therapist(asked) if asked else chosen.usual_therapist
    today = queries.today_at(chosen.programme, chosen.now)
    last = today + timedelta(days=chosen.treatment.horizon_days)
    first = min(max(day_from_address(request.args.get("from", "")) or today, today), last)
    found, first = _from(chosen, therapist, first, today)
    slots = _fitting(found)
    later = slots[-1].day + timedelta(days=1) if len(slots) < len(found) else first + timedelta(days=PAGE_DAYS)
    return render_template(
        "booking/times.html",
        chosen=chosen,
        message=message,
        therapist=therapist,
        days=list(_days(slots, chosen)),
        therapists=_who_could(chosen, today),
        anybody=_href(chosen, None, None),
        later=_href(chosen, therapist, later) if slots and later <= last else None,
        earlier=_href(chosen, therapist, max(today, first - timedelta(days=PAGE_DAYS))) if first > today else None,
    )


def _from(
    chosen: Choice,
    therapist: ListedTherapist | None,
    first: date,
    today: date,
) -> tuple[list[Slot], date]:
    """Two weeks of times; where they hold none, the first two weeks that do, up to the horizon."""
    slots = _slots(chosen, therapist, first, PAGE_DAYS)
    if not slots:
        rest = today + timedelta(days=chosen.treatment.horizon_days + 1) - first
        slots = _slots(chosen, therapist, first, max(rest.days, 1))
        if slots:
            first = slots[0].day
            slots = [slot for slot in slots if slot.day < first + timedelta(days=PAGE_DAYS)]
    return slots, first


def _fitting(slots: list[Slot]) -> list[Slot]:
    """The whole days that a page holds, the first in any case; "Later times" goes on from there."""
    if len(slots) <= MOST_SHOWN:
        return slots
    cut = max(slots[MOST_SHOWN].day, slots[0].day + timedelta(days=1))
    return [slot for slot in slots if slot.day < cut]


def _slots(chosen: Choice, therapist: ListedTherapist | None, first: date, days: int) -> list[Slot]:
    look = queries.search(db.session, chosen.programme, first=first, days=days, now=chosen.now, ignoring=chosen.moves)
    return look.slots(chosen.treatment, chosen.length.minutes, therapist)


def _days(slots: list[Slot], chosen: Choice) -> Iterator[Day]:
    for day, of_day in groupby(slots, key=lambda slot: slot.day):
        yield Day(day_words(day), [tile(slot, chosen) for slot in of_day])


def _who_could(chosen: Choice, today: date) -> list[tuple[ListedTherapist, str]]:
    """Therapists who may give it at some time before the horizon, to narrow by."""
    ends = today + timedelta(days=chosen.treatment.horizon_days)
    able = [
        one
        for one in chosen.programme.therapists
        if any(chosen.programme.may_give(one, chosen.treatment, day) for day in (today, ends))
    ]
    return [(one, _href(chosen, one, None)) for one in able]


def _href(chosen: Choice, therapist: ListedTherapist | None, first: date | None) -> str:
    args: dict[str, Any] = {"from": first.isoformat() if first else None}
    anybody = "any" if chosen.usual_therapist else None
    return chosen.times_href(therapist=therapist.slug if therapist else anybody, **args)
