"""The page of times: nearest first, by day, without opening a calendar."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby

from flask import render_template, request
from markupsafe import Markup

from clinic.booking import history, queries, wording
from clinic.booking.offered import ListedTherapist
from clinic.booking.operations.shared import not_in_their_way
from clinic.booking.queries import PAGE_DAYS, Slot
from clinic.booking.views.asked import choice_in_address
from clinic.booking.views.choice import Choice
from clinic.booking.views.kept import kept
from clinic.booking.views.narrowed import Narrowed, narrowed_in_address
from clinic.booking.views.page import bp
from clinic.booking.views.tiles import tile
from clinic.core import access
from clinic.core.access import public
from clinic.core.db import db
from clinic.core.parts import kept_part, part
from clinic.core.refusals import Refusal
from clinic.core.templating import day_words
from clinic.core.times import day_from_address

MOST_SHOWN = 150  # times on a page: more is long to scroll and heavy on a phone


@bp.get("/treatments/<slug>/times")
@public
@kept
def times(slug: str) -> str:
    """`from` is the first day shown; `therapist`, `weekday`, `part`, `gender` and `chaperone` narrow."""
    return times_page(choice_in_address(slug))


def times_page(chosen: Choice, *, message: str = "") -> str:
    """`message` is why they are back here; where there is none, why no two treatments are in one visit."""
    narrowed, today, last = narrowed_in_address(chosen), chosen.today, chosen.last_day
    places = chosen.programme.locations
    first = min(max(day_from_address(request.args.get("from", "")) or today, today), last)
    found, first = _near(narrowed, lost) if (lost := _lost_day(chosen)) else _from(narrowed, first)
    slots = _fitting(found)
    later = slots[-1].day + timedelta(days=1) if len(slots) < len(found) else first + timedelta(days=PAGE_DAYS)
    return render_template(
        "booking/times.html",
        chosen=chosen,
        message=message or _not_together(narrowed),
        narrowed=narrowed,
        narrowing=_narrowing(narrowed),
        last_time=_last_time(narrowed),
        days=list(_days(slots, chosen)),
        clock=wording.whose_clock(places),
        first_at=slots[0].starts_at if slots else None,
        first_zone=places[slots[0].location_id].zone if slots else None,
        later=narrowed.from_day(later) if slots and later <= last else None,
        earlier=narrowed.from_day(max(today, first - timedelta(days=PAGE_DAYS))) if first > today else None,
    )


def _last_time(narrowed: Narrowed) -> ListedTherapist | None:
    """With whom a client who is signed in had this treatment last, while anybody's times are shown. Not for who is
    known by a link alone: the page would be kept, and shown to others.
    """
    account, chosen = access.signed_in_client(), narrowed.chosen
    if account is None or narrowed.therapist or chosen.standing:
        return None
    had = history.last_standing(db.session, account.client_id, [chosen.treatment.each[0].id])
    return next((one for one in narrowed.therapists if had and one.id == had.therapist_id), None)


def _not_together(narrowed: Narrowed) -> str:
    chosen = narrowed.chosen
    nobody = chosen.treatment.pair and not narrowed.therapists
    why = chosen.refused or (Refusal("nobody_gives_both") if nobody else None)
    return wording.sentence(why) if why else ""


def _lost_day(chosen: Choice) -> date | None:
    """The day of a time that was tapped and cannot be had, where anything can be booked on it."""
    lost = chosen.at.date() if chosen.at else None
    return lost if lost and chosen.today <= lost <= chosen.last_day else None


def _near(narrowed: Narrowed, lost: date) -> tuple[list[Slot], date]:
    """Times from the day of a lost one on; where it holds none, from a week before; else the first there are."""
    today = narrowed.chosen.today
    for first in (lost, max(lost - timedelta(days=7), today)):
        found, begins = _from(narrowed, first)
        if found and (first < lost or found[0].day == lost):
            return found, begins
    return _from(narrowed, today)


def _from(narrowed: Narrowed, first: date) -> tuple[list[Slot], date]:
    """Two weeks of times; where they hold none, the first two weeks that do, up to the horizon."""
    slots = _slots(narrowed, first, PAGE_DAYS)
    if not slots:
        rest = narrowed.chosen.last_day + timedelta(days=1) - first
        slots = _slots(narrowed, first, max(rest.days, 1))
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


def _slots(narrowed: Narrowed, first: date, days: int) -> list[Slot]:
    chosen = narrowed.chosen
    look = queries.search(
        db.session, chosen.programme, first=first, days=days, now=chosen.now, own=chosen.own, to_the_minute=True
    )
    minutes = chosen.length.minutes
    found = look.slots(chosen.treatment, minutes, narrowing=narrowed.narrowing)
    if not chosen.standing:  # who else looks is not known here: the page is kept for everybody
        return found
    return not_in_their_way(db.session, chosen.programme, chosen.client, found, minutes, chosen.moves, chosen.now)


def _days(slots: list[Slot], chosen: Choice) -> Iterator[Markup]:
    for day, of_day in groupby(slots, key=lambda slot: slot.day):
        yield _day(day, tuple(of_day), chosen)


def _day(day: date, slots: tuple[Slot, ...], chosen: Choice) -> Markup:
    """A day's times as they stand on the page."""

    def values() -> dict[str, object]:
        return {"heading": day_words(day), "tiles": [tile(slot, chosen) for slot in slots], "chosen": chosen}

    if chosen.standing:  # it is somebody's own
        return part("booking/_day.html", values())
    return kept_part("booking/_day.html", (slots, *chosen.key), values)


def _narrowing(narrowed: Narrowed) -> Markup:
    """What the times can be narrowed by, and what they are narrowed to."""
    chosen, values = narrowed.chosen, {"narrowed": narrowed, "chosen": narrowed.chosen, "wording": wording}
    if chosen.standing:
        return part("booking/_narrowing.html", values)
    asked = narrowed.therapist, narrowed.weekdays, narrowed.parts, narrowed.gender, chosen.today
    return kept_part("booking/_narrowing.html", (*asked, *chosen.key), lambda: values)
