"""Times as clients tap them."""

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from clinic.booking.queries import Slot
from clinic.booking.views.choice import Choice
from clinic.core.templating import clock_words, day_words, short_day_words
from clinic.core.times import address_of, instant_of, local


@dataclass(frozen=True)
class Tile:
    """A time as a client taps it."""

    slot: str
    time: str
    detail: str
    label: str


def tile(found: Slot, chosen: Choice, *, on_day: bool = True) -> Tile:
    """`on_day`: the day stands in the heading and the tile names the therapist; else it names the day. Among several
    locations it says at which.
    """
    who, among, today = found.therapist, chosen.programme.locations, None if on_day else chosen.today
    there = among[found.location_id]
    name = there.name if len(among) > 1 else ""
    return _tile(found.start, who.slug, who.first_name, (there.zone, name), today, chosen.label)


def near_tile(found: Slot, chosen: Choice) -> Tile:
    """A time that is offered instead of another, with its day and its therapist: one tap may book it."""
    one = tile(found, chosen, on_day=False)
    return replace(one, detail=f"{one.detail} · {found.therapist.first_name}")


@lru_cache(maxsize=5_000)  # page after page shows the same times, and each is put into words with some effort
def _tile(start: int, slug: str, name: str, there: tuple[str, str], today: date | None, label: str) -> Tile:
    starts_at, (zone, place) = instant_of(start), there
    at = local(starts_at, zone)
    time, detail = clock_words(at), short_day_words(at.date(), today) if today else name
    read_out = label % {"time": time, "day": day_words(at), "name": name}
    return Tile(
        slot=f"{address_of(starts_at)}.{slug}",
        time=time,
        detail=f"{detail} · {place}" if place else detail,
        label=f"{read_out}, {place}" if place else read_out,
    )
