"""What may stand in a take-home plan, and how long it takes. Pure: values in, reasons out.

An injured muscle is never stretched: it is released and strengthened first. Injury is known per muscle and side;
everything but `none` locks, and what nobody asked about counts as unsure. Source: the founding notes' rule of an
injured psoas, and the catalogue's conditions.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from clinic.aftercare.catalogue import Catalogue, Exercise
from clinic.core.refusals import Refusal
from clinic.notes.rules.injuries import NOT_ASKED, SIDES, STATES, Found

INJURY = "muscle_injury"  # the condition that an injury of one of these muscles means
STRETCH_HOLD_S = (10, 60)
SECONDS_A_REP, SECONDS_A_BREATH = 4, 9
WARM_UP = "easy_march"
PAIN_TO_RING = 6  # and above: red in the catalogue's zones


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


@dataclass(frozen=True)
class Advice:
    """What a client's injuries and conditions say to one exercise: reasons against it, what to ask first, and how it
    is changed for them, by condition.
    """

    against: tuple[Refusal, ...]
    ask_first: tuple[str, ...]
    changes: Mapping[str, str]


def muscles_that_lock(exercise: Exercise, known: Catalogue) -> tuple[str, ...]:
    """The muscles that must be sound for this exercise: none unless it is a stretch.

    Those of the groups it stretches; and for every stretch the hip flexors, the groin and the belly.
    """
    if exercise.phase != "stretch":
        return ()
    groups = [muscles for muscles in known.groups.values() if set(muscles) & set(exercise.targets)]
    locking = {muscle for muscles in groups for muscle in muscles} | _core(known)
    return tuple(muscle for muscle in known.muscles if muscle in locking)


def faults(made: Exercise, shipped: Exercise | None) -> list[Refusal]:
    """Why an exercise that the clinic made, or changed from this one of the product's, cannot be offered: a stretch
    has to be told from the rest, for an injury locks it.
    """
    is_stretch, (least, most) = made.phase == "stretch", STRETCH_HOLD_S
    reasons = {
        "no_steps": not any(one.kind in {"step", "breathing"} for one in made.steps),
        "no_dose": not (made.dose.reps or made.dose.hold_s or made.dose.time_s),
        "phase_as_shipped": shipped is not None and shipped.phase != made.phase,
        "stretch_elsewhere": (made.kind == "stretch") is not is_stretch,
        "stretch_without_muscle": is_stretch and not made.targets,
        "stretch_hold": is_stretch and not least <= (made.dose.hold_s or 0) <= most,
    }
    return [Refusal(code, {"least": least, "most": most}) for code, holds in reasons.items() if holds]


def advise(exercise: Exercise, found: Found, known: Catalogue) -> Advice:
    holding = conditions_holding(found, known)
    against = [
        *_locks(exercise, found, known),
        *(Refusal("avoid", {"condition": one}) for one in known.conditions if one in exercise.avoid_if & holding),
    ]
    return Advice(
        tuple(against),
        tuple(one for one in known.conditions if one in exercise.ask_first & holding),
        {one: exercise.modify[one] for one in known.conditions if one in holding and one in exercise.modify},
    )


def conditions_holding(found: Found, known: Catalogue) -> frozenset[str]:
    """The conditions told; and a muscle injury where a hip flexor, the groin or the belly is not known to be sound."""
    sound = all(found.state(muscle, side) == "none" for muscle in _core(known) for side in SIDES)
    return (found.conditions or frozenset()) | (frozenset() if sound else {INJURY})


def refusals(steps: Sequence[Step], found: Found, known: Catalogue) -> list[Refusal]:
    """Every reason why this plan may not be sent. Each that is about an exercise names it as `exercise`."""
    if not steps:
        return [Refusal("plan_empty")]
    general = [] if found.conditions is not None else [Refusal("conditions_not_asked")]
    return general + [refusal for step in steps for refusal in step_refusals(step, found, known)]


def step_refusals(step: Step, found: Found, known: Catalogue) -> list[Refusal]:
    exercise = known.exercises[step.exercise]
    advice = advise(exercise, found, known)
    reasons = list(advice.against)
    if unasked := tuple(one for one in advice.ask_first if one not in step.asked):
        reasons.append(Refusal("ask_first", {"conditions": unasked}))
    least, most = STRETCH_HOLD_S
    if exercise.phase == "stretch" and not least <= (step.hold_s or 0) <= most:
        reasons.append(Refusal("stretch_hold", {"least": least, "most": most}))
    return [Refusal(one.code, {**one.values, "exercise": exercise.id}) for one in reasons]


def easier_words(step: Step, found: Found, known: Catalogue) -> str:
    """How to do it more easily, for the client to choose alone; nothing where that means an exercise that something
    speaks against, or that the therapist would have to ask about first.
    """
    exercise = known.exercises[step.exercise]
    if not exercise.easier_id:
        return exercise.easier
    advice = advise(known.exercises[exercise.easier_id], found, known)
    return "" if advice.against or set(advice.ask_first) - set(step.asked) else exercise.easier


def seconds(step: Step, exercise: Exercise) -> int:
    """How long one step takes, both sides and rests included. Sides that alternate share their repetitions."""
    one_side = _work(step, exercise.dose.unit)
    one_set = 2 * one_side + exercise.dose.switch_s if exercise.sides == "each" else one_side
    return step.sets * one_set + (step.sets - 1) * step.rest_s


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


def is_alarming(*, pain: int | None, numb: bool) -> bool:
    """True where the therapist should ring after what a client told of a session."""
    return numb or (pain is not None and pain >= PAIN_TO_RING)


def _core(known: Catalogue) -> frozenset[str]:
    """Hip flexors, groin and belly: an injury there locks every stretch."""
    return frozenset({*known.groups["hip_flexors"], "adductors", "deep_abdominals"})


def _locks(exercise: Exercise, found: Found, known: Catalogue) -> list[Refusal]:
    places = [(muscle, side) for muscle in muscles_that_lock(exercise, known) for side in SIDES]
    by_state = {state: tuple(one for one in places if found.state(*one) == state) for state in (*STATES[1:], NOT_ASKED)}
    return [Refusal("muscle_locked", {"state": state, "places": some}) for state, some in by_state.items() if some]


def _work(step: Step, unit: str) -> int:
    """Seconds of one set on one side."""
    if step.time_s:
        return step.time_s
    each = SECONDS_A_BREATH if unit == "breaths" else SECONDS_A_REP
    return (step.reps or 1) * (step.hold_s or each) if step.reps or step.hold_s else each


def practised_percent(done: int, *, per_week: int, days: int) -> int:
    """How much of what was due was done, in per cent, 100 at most: on `done` days, of a plan that asks for `per_week`
    days of each week, over so many days.
    """
    due = max(1, round(per_week * days / 7))
    return min(100, round(100 * done / due))
