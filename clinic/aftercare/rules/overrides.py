"""Giving an exercise in spite of a reason against it: the therapist says why, and that covers what they saw then.

Every reason has keys: an injury one for each muscle and side in its state, so that another muscle, or the same one in
another state, is a new reason. What nobody asked about is asked first: nothing covers it.
"""

from collections.abc import Collection, Iterable, Sequence

from clinic.aftercare.rules.doses import Step
from clinic.core.refusals import Refusal
from clinic.notes.rules.injuries import Found


def keys(refusal: Refusal) -> tuple[str, ...]:
    """What a reason against an exercise is called: "avoid:stenosis", "muscle_locked:acute:psoas_left"."""
    said = refusal.values
    if refusal.code == "muscle_locked":
        return tuple(f"muscle_locked:{said['state']}:{muscle}_{side}" for muscle, side in said["places"])
    about = f"{refusal.code}:{said['condition']}"
    injuries = tuple(f"{about}:{state}:{muscle}_{side}" for state, (muscle, side) in said.get("injuries", ()))
    return (about, *injuries) if said.get("told", True) else injuries


def gone_over(named: Iterable[str]) -> Found:
    """The injuries and conditions that these keys are about: what `keys` called them, read again."""
    parts = [key.split(":") for key in named]
    places = {one[-1]: one[-2] for one in parts if len(one) > 2}
    injuries = {(muscle, side): state for place, state in places.items() for muscle, _, side in [place.rpartition("_")]}
    return Found(injuries, frozenset(one[1] for one in parts if len(one) == 2))


def covered_by(step: Step) -> tuple[str, ...]:
    """The keys this step's override is about; none without a reason of the therapist's."""
    return step.overridden if step.override.strip() else ()


def uncovered(against: Sequence[Refusal], overridden: Collection[str], found: Found) -> list[Refusal]:
    """The reasons that nobody has decided about: all of them while injuries or conditions were not asked about."""
    if not may_be_overridden(found):
        return list(against)
    return [reason for reason in against if not set(keys(reason)) <= set(overridden)]


def may_be_overridden(found: Found) -> bool:
    """Only once somebody asked."""
    return bool(found.injuries) and found.conditions is not None
