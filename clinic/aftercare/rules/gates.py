"""When the next phase may begin: calm first, then strengthen, then stretch. A gate advises the therapist; it refuses
nothing, for only an injury does.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from clinic.aftercare.catalogue import Catalogue
from clinic.aftercare.rules.advice import INJURY, conditions_holding
from clinic.aftercare.rules.practice import Day, Zones, is_alarming
from clinic.notes.rules.injuries import Found

DAYS_NEEDED = 3
WITHIN = timedelta(days=7)
BEFORE = {"strengthen": "calm", "stretch": "strengthen"}  # what has to go well before it


@dataclass(frozen=True)
class Practised:
    """What a client told of a day, and the phases that the plan had which they followed then."""

    on: date
    told: Day
    phases: frozenset[str]


@dataclass(frozen=True)
class Gate:
    """Whether a phase may begin. `days` of the last seven its forerunner was done with pain in the green."""

    phase: str
    before: str  # the phase that has to go well first
    days: int
    needed: int
    is_injured: bool  # or might be, or nobody asked: a stretch waits
    is_alarming: bool  # red pain, numbness or weakness was told in these days

    @property
    def is_met(self) -> bool:
        return self.days >= self.needed and not self.is_injured and not self.is_alarming


def gates(
    practised: Iterable[Practised], found: Found, *, known: Catalogue, zones: Zones, today: date
) -> Mapping[str, Gate]:
    """The gate of each phase that has one, by the phase."""
    lately = [one for one in practised if today - WITHIN < one.on <= today]
    alarming = any(is_alarming(one.told, zones) for one in lately)
    injured = found.conditions is None or INJURY in conditions_holding(found, known)
    return {
        phase: Gate(
            phase,
            before,
            _days_well(lately, before, zones),
            DAYS_NEEDED,
            is_injured=injured and phase == "stretch",
            is_alarming=alarming,
        )
        for phase, before in BEFORE.items()
    }


def _days_well(lately: Sequence[Practised], phase: str, zones: Zones) -> int:
    """On how many days it was done with a pain told, and that in the green."""
    well = {one.on for one in lately if one.told["done"] and phase in one.phases and zones.of(one.told) == "green"}
    return len(well)
