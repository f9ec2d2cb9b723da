"""On which days of a week."""

from clinic.aftercare.catalogue import Exercise
from clinic.aftercare.rules.doses import Step

LEAST_DAYS = 2  # a week, for what is to make stronger or longer
MOST_DAYS = 4  # every other day: three days of one week, four of the next
AT_LEAST_SO_OFTEN = frozenset({"strengthen", "stretch"})


def days_a_week(step: Step) -> int:
    """How often a week: the weekdays that were chosen, else as many days as were asked for."""
    return len(set(step.weekdays)) or step.per_week


def is_too_seldom(phase: str, days: int) -> bool:
    """True where so few days a week do nothing; what calms or warms up may be as seldom as anybody likes."""
    return phase in AT_LEAST_SO_OFTEN and days < LEAST_DAYS


def lacks_rest(exercise: Exercise, step: Step) -> bool:
    """True where it would strengthen on days that follow each other, Sunday and Monday too; 0 is Monday. Where no days
    were chosen: on more than every other one. A word of caution to the therapist, and no refusal.
    """
    next_to_each_other = any((day + 1) % 7 in step.weekdays for day in step.weekdays)
    return exercise.phase == "strengthen" and (next_to_each_other or days_a_week(step) > MOST_DAYS)
