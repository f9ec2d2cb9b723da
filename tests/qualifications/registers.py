"""Registers made up at random, and who may give what by them: told once more, another way than the house does."""

from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import strategies as st

FIRST, DAYS = date(2026, 3, 26), 8  # the clocks change on the 29th
LONG_AGO = date(2024, 1, 1)
ON_SCALE = {  # from which level on a scale's own count is level 3, 4, 5 or 6 here
    "RQF": {3: 3, 4: 4, 5: 5, 6: 6},
    "SCQF": {3: 6, 4: 7, 5: 8, 6: 9},
    "EQF": {3: 4, 4: 5, 5: 6, 6: 6},
}
HIGHEST = {"RQF": 8, "SCQF": 12, "EQF": 8}


@dataclass(frozen=True)
class Check:
    """`by`: an owner, somebody from outside, or the holder themself. `behind`: so many changes ago."""

    outcome: str
    by: str
    behind: int
    meets: int | None


@dataclass(frozen=True)
class Paper:
    kind: str
    starts: date
    ends: date | None
    discipline: str
    framework: str
    level: int | None
    skill: str
    names: frozenset[str]
    put_away: bool
    checks: tuple[Check, ...]


@dataclass(frozen=True)
class Asks:
    """What a treatment asks: a level, the word an insurance has to name, and a training or none."""

    level: int
    activity: str
    training: str | None


def may_give(papers, asks, days):
    """Whether for each thing that is asked one paper counts on every one of these days."""
    has = [
        any(_teaches(paper, asks.level) and _counts(paper, days) for paper in papers),
        any(paper.kind == "insurance" and asks.activity in paper.names and _counts(paper, days) for paper in papers),
    ]
    if asks.training:
        trained = [paper for paper in papers if paper.kind == "training" and paper.skill == asks.training]
        has.append(any(_counts(paper, days) for paper in trained))
    return all(has)


def _counts(paper, days):
    return is_checked(paper) and min(days) >= paper.starts and max(days) <= (paper.ends or date.max)


def is_checked(paper):
    """The last word was yes, by somebody else, about the paper as it is now."""
    if paper.put_away or not paper.checks:
        return False
    last = paper.checks[-1]
    return last.outcome == "verified" and last.by != "self" and last.behind == 0


def _teaches(paper, level):
    if paper.kind not in {"qualification", "licence", "registration", "board_certification"}:
        return False
    licensed = paper.framework in {"US-state", "CA-college"}
    if not licensed and paper.discipline not in {"sports", "clinical", "remedial"}:
        return False
    meets = paper.checks[-1].meets if paper.checks else None
    if meets is not None:
        return meets >= level
    if licensed:
        return level <= 4
    least = ON_SCALE.get(paper.framework, {}).get(level)
    return least is not None and paper.level is not None and least <= paper.level <= HIGHEST[paper.framework]


def _mostly(usual, *others):
    return st.sampled_from((usual,) * 5 + others)


days = st.integers(0, DAYS - 1).map(lambda n: FIRST + timedelta(days=n))
checks = st.builds(
    Check,
    _mostly("verified", "rejected", "revoked"),
    _mostly("owner", "outside", "self"),
    _mostly(0, 1),
    _mostly(None, 3, 4, 5),
)


def papers_of(*kinds):
    """Papers of these kinds: good ones more often than not."""
    return st.builds(
        Paper,
        st.sampled_from(kinds),
        _mostly(LONG_AGO) | days,
        days | st.just(date(2027, 1, 1)) if "insurance" in kinds else st.none() | st.none() | days,
        _mostly("sports", "clinical", "holistic", ""),
        _mostly("RQF", "SCQF", "EQF", "US-state", "CA-college", "ZZ"),
        _mostly(5, None, 3, 4, 6, 7, 9, 13),
        _mostly("psoas_release", "pregnancy"),
        _mostly(frozenset({"massage", "abdominal"}), frozenset({"massage"}), frozenset()),
        _mostly(False, False, True),
        st.lists(checks, max_size=2).flatmap(lambda early: checks.map(lambda last: (*early, last)))
        if kinds
        else st.just(()),
    )


registers = st.tuples(
    st.lists(
        papers_of("qualification", "qualification", "licence", "registration", "membership"), min_size=1, max_size=2
    ),
    st.lists(papers_of("insurance"), min_size=1, max_size=2),
    st.lists(papers_of("training"), max_size=2),
).map(lambda three: [paper for some in three for paper in some])
