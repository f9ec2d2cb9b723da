"""How much of an exercise, and how long it takes."""

from collections.abc import Sequence
from dataclasses import dataclass

from clinic.aftercare.catalogue import Catalogue, Exercise

SECONDS_A_REP, SECONDS_A_BREATH = 4, 9


WARM_UP = "easy_march"


@dataclass(frozen=True)
class Step:
    """One exercise of a plan, as dosed by the therapist. `asked`: conditions asked about, and fine."""

    exercise: str
    sets: int
    per_week: int
    reps: int | None = None
    hold_s: int | None = None
    time_s: int | None = None
    rest_s: int = 0
    words: str = ""
    asked: tuple[str, ...] = ()
    switch_s: int | None = None  # None: as the exercise has it
    side: str = ""  # left or right: that one alone; empty: as the exercise goes
    start_side: str = ""  # left or right, where one is done after the other
    times_a_day: int = 1
    weekdays: tuple[int, ...] = ()  # 0 is Monday; empty: on any `per_week` days
    effort: str = ""  # in the therapist's words; empty: the exercise's own
    band: str = ""  # band or load, in words
    override: str = ""  # why it is given in spite of what speaks against it
    overridden: tuple[str, ...] = ()  # the reasons that this is about, as `overrides` names them


def seconds(step: Step, exercise: Exercise) -> int:
    """How long one step takes, both sides and rests included. Sides that alternate share their repetitions."""
    one_side = _work(step, exercise.dose.unit)
    one_set = 2 * one_side + switch_s(step, exercise) if exercise.sides == "each" and not step.side else one_side
    return step.sets * one_set + (step.sets - 1) * step.rest_s


def switch_s(step: Step, exercise: Exercise) -> int:
    """Seconds to change sides."""
    return exercise.dose.switch_s if step.switch_s is None else step.switch_s


def minutes(steps: Sequence[Step], known: Catalogue) -> int:
    """One session, warm-up included, in whole minutes, rounded up."""
    return -(-sum(seconds(step, known.exercises[step.exercise]) for step in steps) // 60)


def in_order(steps: Sequence[Step], known: Catalogue) -> list[Step]:
    """Warm-up first, then calm, strengthen, stretch; within a phase as the therapist put them."""
    phases = list(dict.fromkeys(one.phase for one in known.exercises.values()))
    return sorted(steps, key=lambda step: phases.index(known.exercises[step.exercise].phase))


def with_warm_up(steps: Sequence[Step], known: Catalogue) -> list[Step]:
    """The plan in order, with the easy walk in front where no warm-up was chosen."""
    if any(known.exercises[step.exercise].phase == "warm_up" for step in steps):
        return in_order(steps, known)
    return in_order([usual(known.exercises[WARM_UP]), *steps], known)


def usual(exercise: Exercise) -> Step:
    """The exercise with the dose of the catalogue."""
    dose = exercise.dose
    return Step(exercise.id, dose.sets, dose.per_week, dose.reps, dose.hold_s, dose.time_s, dose.rest_s)


def _work(step: Step, unit: str) -> int:
    """Seconds of one set on one side."""
    if step.time_s:
        return step.time_s
    each = SECONDS_A_BREATH if unit == "breaths" else SECONDS_A_REP
    return (step.reps or 1) * (step.hold_s or each) if step.reps or step.hold_s else each
