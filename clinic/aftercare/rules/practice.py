"""What it means how practice went.

What was told of a day is a mapping, as `queries.told_in` reads it: done, pain and pain_after (0 to 10, or None), felt,
settled and numb.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

RING, LOOK = "ring_about_plan", "look_at_practice"  # what a therapist is asked to do

Day = Mapping[str, Any]


@dataclass(frozen=True)
class Zones:
    """From which pain of 10 on a clinic watches, and from which somebody rings."""

    amber_from: int
    red_from: int

    def of(self, day: Day) -> str:
        """`green`, `amber` or `red`, for the worse of pain during and after; empty where neither was told."""
        told = [pain for pain in (day["pain"], day["pain_after"]) if pain is not None]
        if not told:
            return ""
        return "red" if max(told) >= self.red_from else "amber" if max(told) >= self.amber_from else "green"


def put_together(before: Day, told: Day) -> dict[str, Any]:
    """What two entries tell of one day: the worst pain stays, and that it did not settle; felt is the later answer."""
    pains = ("pain", "pain_after")
    worst = {name: max(before[name], told[name]) for name in pains if None not in (before[name], told[name])}
    unsettled = {"settled": False} if before["settled"] is False else {}
    return {**_later(before, told), **worst, **unsettled}


def corrected(before: Day, told: Day, zones: Zones) -> dict[str, Any]:
    """What is told a second time in one entry: the later answer counts, for somebody may have tapped wrong. Not where
    red pain was told: their therapist rings about it.
    """
    return put_together(before, told) if zones.of(before) == "red" else _later(before, told)


def _later(before: Day, told: Day) -> dict[str, Any]:
    """Done and numb stay; of the rest the later answer counts."""
    later = {name: value for name, value in told.items() if value not in (None, "")}
    return {**before, **later, "done": before["done"] or told["done"], "numb": before["numb"] or told["numb"]}


def news_in(before: Day, told: Day) -> dict[str, Any]:
    """What of it was not told before. That something is numb is news each time."""
    same = {name: None for name in ("pain", "pain_after", "settled") if told[name] == before[name]}
    return {**told, **same}


def is_alarming(day: Day, zones: Zones) -> bool:
    """True where somebody should ring at once: red pain, or new numbness or weakness."""
    return bool(day["numb"]) or zones.of(day) == "red"


def task_after(news: Day, around: Iterable[Day], zones: Zones) -> str:
    """What a therapist is to do about what was just told; empty where nothing. `around`: the days with a pain told
    right before and right after it. Amber pain is fine once; not where it did not settle, or comes the next time too.
    """
    if is_alarming(news, zones):
        return RING
    again = zones.of(news) == "amber" and any(zones.of(day) == "amber" for day in around)
    return LOOK if again or news["settled"] is False else ""


def to_ask_about(told: Mapping[date, Day], today: date, zones: Zones) -> date | None:
    """The last day with a pain told, where that was amber and nobody said since whether it settled."""
    last = max((day for day, what in told.items() if day < today and zones.of(what)), default=None)
    if last is None or zones.of(told[last]) != "amber":
        return None
    answered = any(what["settled"] is not None for day, what in told.items() if day > last)
    return None if answered else last


def days_planned(steps: Sequence[Mapping[str, Any]]) -> tuple[int, frozenset[int]]:
    """On how many days of a week these frozen steps are to be done; and on which, where that was said."""
    weekdays = frozenset(day for step in steps for day in step.get("weekdays", ()))
    return max(len(weekdays), *(step["per_week"] for step in steps), 0), weekdays


def practised_percent(done: int, *, per_week: int, days: int) -> int:
    """How much of what was due was done, in per cent, 100 at most: on `done` days, of a plan that asks for `per_week`
    days of each week, over so many days.
    """
    due = max(1, round(per_week * days / 7))
    return min(100, round(100 * done / due))
