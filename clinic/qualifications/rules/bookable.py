"""Who may be booked for what: the rule the whole clinic asks.

Massage is not regulated in the UK, so the clinic asks for a verified qualification in sports, clinical or
remedial massage at level 4 or above (or its equivalent), training in psoas release where the treatment is one,
and insurance that names the work. All of it must hold on every day the appointment touches.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from clinic.core.refusals import Refusal

DISCIPLINES = frozenset({"sports", "clinical", "remedial"})

# Each framework's own level to the RQF's. RQF 4 = EQF 5 = SCQF 7 (QAA, "Qualifications can cross boundaries").
# A US state licence and a Canadian college's registration license the work itself: they stand for level 4.
RQF_OF = {
    "RQF": {level: level for level in range(1, 9)},
    "EQF": {1: 1, 2: 1, 3: 2, 4: 3, 5: 4, 6: 6, 7: 7, 8: 8},
    "SCQF": {4: 1, 5: 2, 6: 3, 7: 4, 8: 5, 9: 6, 10: 6, 11: 7, 12: 8},
}
LICENCES = {"US-state": 4, "CA-college": 4}
QUALIFYING = frozenset({"qualification", "licence", "registration", "board_certification"})


@dataclass(frozen=True)
class Needs:
    """What a treatment asks of whoever gives it."""

    least_level: int
    activity: str
    training: str | None = None


@dataclass(frozen=True)
class Held:
    """A credential that somebody other than its holder has verified."""

    kind: str
    title: str
    starts_on: date
    expires_on: date | None
    discipline: str = ""
    framework: str = ""
    level: int | None = None
    skill: str = ""
    activities: frozenset[str] = frozenset()
    meets_level: int | None = None  # on the RQF scale, where its checker said so

    @property
    def rqf_level(self) -> int:
        """What its checker says it meets, else what its own scale says; 0 where nobody knows."""
        return rqf_level(self.framework, self.level) if self.meets_level is None else self.meets_level

    def good_on(self, day: date) -> bool:
        """`expires_on` is the last good day; none means it never lapses."""
        return self.starts_on <= day and (self.expires_on is None or day <= self.expires_on)


def rqf_level(framework: str, level: int | None) -> int:
    """The level on the RQF scale; 0 where the framework is not known."""
    if framework in LICENCES:
        return LICENCES[framework]
    return RQF_OF.get(framework, {}).get(level or 0, 0)


def refusals(needs: Needs, held: Iterable[Held], days: Iterable[date]) -> list[Refusal]:
    """Why this therapist may not give this treatment on these days. Empty means they may."""
    held, days = tuple(held), tuple(days)
    found = [
        _lacking("qualification", [h for h in held if _qualifies(h, needs)], days, level=needs.least_level),
        _lacking("insurance", [h for h in held if _covers(h, needs)], days, activity=needs.activity),
    ]
    if needs.training:
        trained = [h for h in held if h.kind == "training" and h.skill == needs.training]
        found.append(_lacking("training", trained, days, skill=needs.training))
    return [refusal for refusal in found if refusal]


def takes_over(held: Held, lapsing: Held) -> bool:
    """Whether this is good on the day after another has lapsed, for all that the other was good for."""
    if lapsing.expires_on is None or not held.good_on(lapsing.expires_on + timedelta(days=1)):
        return False
    works = held.discipline in DISCIPLINES or lapsing.discipline not in DISCIPLINES
    rises = held.rqf_level >= lapsing.rqf_level
    same = (held.kind, held.skill) == (lapsing.kind, lapsing.skill)
    return same and works and rises and held.activities >= lapsing.activities


def _lacking(kind: str, fitting: list[Held], days: tuple[date, ...], **values: object) -> Refusal | None:
    """One credential must be good on all the days: an appointment over midnight is one appointment."""
    if any(all(h.good_on(day) for day in days) for h in fitting):
        return None
    return Refusal(f"{kind}_lapsed" if fitting else f"{kind}_missing", values)


def _qualifies(held: Held, needs: Needs) -> bool:
    licensed = held.framework in LICENCES
    return (
        held.kind in QUALIFYING and (licensed or held.discipline in DISCIPLINES) and held.rqf_level >= needs.least_level
    )


def _covers(held: Held, needs: Needs) -> bool:
    return held.kind == "insurance" and needs.activity in held.activities
