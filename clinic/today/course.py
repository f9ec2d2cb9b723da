"""How practice went, by week and by day, for whoever treats them: beside what was measured."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from babel.dates import format_date
from flask_babel import gettext as _
from markupsafe import Markup

from clinic.aftercare.models import PlanIssue, PracticeLog
from clinic.aftercare.queries import document_of, told_by_day
from clinic.aftercare.rules import Day, days_planned
from clinic.core.times import local
from clinic.drawings.trend import Point, Trend, draw_trend

WEEK = timedelta(days=7)
WEEKS_OF_PRACTICE = 4  # that are shown, this one included


@dataclass(frozen=True)
class Week:
    """One week from Monday: days done of days planned, and what was told of each day, the latest first."""

    monday: date
    done: int
    planned: int
    days: list[tuple[date, Day]]


@dataclass(frozen=True)
class Practice:
    """The latest week first. `to_ring`: the days about which somebody is still to be rung."""

    weeks: list[Week]
    to_ring: frozenset[date]
    picture: Markup


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def weeks_begin(today: date) -> date:
    """The Monday of the first of the weeks that are shown."""
    return monday_of(today) - WEEK * (WEEKS_OF_PRACTICE - 1)


def practice_since(logs: Sequence[PracticeLog], issue: PlanIssue, today: date, zone: str) -> Practice | None:
    """From what was told since `weeks_begin`, and the plan as it was sent last; None where nothing was told."""
    told = told_by_day(logs)
    if not told:
        return None
    planned, sent_on = planned_days(document_of(issue)), local(issue.issued_at, zone).date()
    first = max(min([sent_on, *told]), weeks_begin(today))
    mondays = [monday_of(first) + WEEK * ahead for ahead in range((today - monday_of(first)).days // 7 + 1)]
    to_ring = frozenset(log.told_on for log in logs if log.call and not log.call.done_at)
    return Practice([_week(told, one, planned) for one in reversed(mondays)], to_ring, _picture(told))


def planned_days(document: Mapping[str, Any]) -> int:
    """On how many days of a week a plan as it was sent is to be done. The warm-up comes with the others."""
    return days_planned([step for step in document["steps"] if step["phase"] != "warm_up"])[0]


def _week(told: Mapping[date, Day], monday: date, planned: int) -> Week:
    days = [(on, what) for on, what in told.items() if monday <= on < monday + WEEK]
    return Week(monday, sum(what["done"] for _on, what in days), planned, days[::-1])


def _picture(told: Mapping[date, Day]) -> Markup:
    """Pain during practice as a line, and afterwards as rings; nothing before a second day with a pain."""
    points = {on: _point(on, what) for on, what in told.items() if {what["pain"], what["pain_after"]} != {None}}
    if len(points) < 2:
        return Markup()
    first, last = min(points), max(points)
    trend = Trend(list(points.values()), 0, 10, _day(first), _day(last))
    words = {"first": points[first].value, "on": _day(first), "last": points[last].value, "lately": _day(last)}
    described = _("From %(first)d on %(on)s to %(last)d on %(lately)s.", **words)
    return Markup(draw_trend(trend, title=_("Pain in practice, over time"), description=described))  # noqa: S704  (our own drawing, its words escaped)


def _point(on: date, what: Day) -> Point:
    during, after = what["pain"], what["pain_after"]
    return Point(on.toordinal(), after, None) if during is None else Point(on.toordinal(), during, after)


def _day(on: date) -> str:
    return str(format_date(on, "d MMM yyyy", locale="en_GB"))
