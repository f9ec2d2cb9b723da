"""On which days of a week."""

from collections.abc import Collection

from clinic.aftercare.catalogue import Exercise
from clinic.aftercare.rules.doses import Step

LEAST_DAYS = 2  # a week, for what is to make stronger or longer
AT_LEAST_SO_OFTEN = frozenset({"strengthen", "stretch"})


def days_a_week(step: Step) -> int:
    """How often a week: the weekdays that were chosen, else as many days as were asked for."""
    return len(set(step.weekdays)) or step.per_week


def is_too_seldom(phase: str, days: int) -> bool:
    """True where so few days a week do nothing; what calms or warms up may be as seldom as anybody likes."""
    return phase in AT_LEAST_SO_OFTEN and days < LEAST_DAYS


def lacks_rest(exercise: Exercise, weekdays: Collection[int]) -> bool:
    """True where it would strengthen on days that follow each other, Sunday and Monday too; 0 is Monday. A word of
    caution to the therapist, and no refusal.
    """
    return exercise.phase == "strengthen" and any((day + 1) % 7 in weekdays for day in weekdays)
