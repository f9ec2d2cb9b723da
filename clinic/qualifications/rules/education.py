"""What a body asks of its members' continuing education, and how far somebody has come with it. Pure.

All lengths are whole minutes.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

CATEGORIES = ("discipline", "general", "ethics", "self_care")


@dataclass(frozen=True)
class Rule:
    """So many minutes in so many years, of a category at least or at most so many."""

    years: int
    minutes: int
    least: Mapping[str, int] = field(default_factory=dict)
    most: Mapping[str, int] = field(default_factory=dict)
    most_of_one: Fraction | None = None  # of the whole, which one activity may fill
    another_discipline: int = 0  # more for each discipline after the first


@dataclass(frozen=True)
class Activity:
    minutes: int
    category: str
    discipline: str = ""


@dataclass(frozen=True)
class Part:
    """What is asked of a category, and how much of it is done; of any category where none is named."""

    category: str
    discipline: str
    asked: int
    done: int

    @property
    def missing(self) -> int:
        return self.asked - self.done


@dataclass(frozen=True)
class Standing:
    """`parts` make up the whole. What is done counts for one of them, and for no more than it asks."""

    parts: tuple[Part, ...]
    most_of_one: int | None = None  # for which one activity counts, however long it was

    @property
    def asked(self) -> int:
        return sum(part.asked for part in self.parts)

    @property
    def done(self) -> int:
        return sum(part.done for part in self.parts)


@dataclass(frozen=True)
class Period:
    """From its first day to its last."""

    first: date
    last: date


def rule_from(written: Mapping[str, Any]) -> Rule:
    """The rule as a preset has it: {years: 1, minutes: 900, least: {discipline: 600}, most_of_one: "1/3"}."""
    share = written.get("most_of_one")
    return Rule(
        years=written["years"],
        minutes=written["minutes"],
        least=written.get("least", {}),
        most=written.get("most", {}),
        most_of_one=Fraction(share) if share else None,
        another_discipline=written.get("another_discipline", 0),
    )


def standing(rule: Rule, activities: Iterable[Activity], disciplines: Collection[str] = ()) -> Standing:
    """How far these bring somebody who is registered for these disciplines."""
    asked = _asked(rule, disciplines)
    whole = max(rule.minutes + rule.another_discipline * max(len(disciplines) - 1, 0), sum(asked.values()))
    most_of_one = int(whole * rule.most_of_one) if rule.most_of_one else None
    counted = _counted(rule, activities, asked, most_of_one)
    parts = [Part(*of, minutes, min(counted[of], minutes)) for of, minutes in asked.items()]
    if free := whole - sum(asked.values()):
        left_over = sum(counted.values()) - sum(part.done for part in parts)
        parts.append(Part("", "", free, min(left_over, free)))
    return Standing(tuple(parts), most_of_one)


def period(on: date, years: int, begins: date) -> Period:
    """The stretch of so many years that this day lies in, counted from a day on which one began."""
    first = years * ((on.year - begins.year) // years)
    if _later(begins, first) > on:
        first -= years
    return Period(_later(begins, first), _later(begins, first + years) - timedelta(days=1))


def period_of_year(year: int, years: int, begins: date) -> Period:
    """The same for the stretch that begins in this year, or that its anniversary in this year lies in."""
    return period(_later(begins, year - begins.year), years, begins)


def _asked(rule: Rule, disciplines: Collection[str]) -> dict[tuple[str, str], int]:
    """Minutes by category and discipline; who is registered for several needs as much for each further one."""
    asked = {(category, ""): minutes for category, minutes in rule.least.items()}
    if len(disciplines) < 2 or ("discipline", "") not in asked:
        return asked
    first = asked.pop(("discipline", ""))
    each = [first] + [rule.another_discipline] * (len(disciplines) - 1)
    return {("discipline", one): minutes for one, minutes in zip(sorted(disciplines), each, strict=True)} | asked


def _counted(
    rule: Rule, activities: Iterable[Activity], asked: Mapping[tuple[str, str], int], most_of_one: int | None
) -> Counter[tuple[str, str]]:
    """Minutes by what they count for, none of it for more than its most."""
    sums: Counter[tuple[str, str]] = Counter()
    for one in activities:
        sums[_counts_for(rule, one, asked)] += one.minutes if most_of_one is None else min(one.minutes, most_of_one)
    return Counter({of: min(minutes, rule.most.get(of[0], minutes)) for of, minutes in sums.items()})


def _counts_for(rule: Rule, activity: Activity, asked: Mapping[tuple[str, str], int]) -> tuple[str, str]:
    """A discipline that is not asked for, and a category the rule does not name, count as general learning."""
    for of in ((activity.category, activity.discipline), (activity.category, "")):
        if of in asked:
            return of
    return (activity.category, "") if activity.category in rule.most else ("general", "")


def _later(day: date, years: int) -> date:
    """So many years later. After a 29 February a year is over on 28 February, so the next begins on 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
