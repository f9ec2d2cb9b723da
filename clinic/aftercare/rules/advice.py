"""What a client's injuries and conditions say to an exercise.

An injured muscle is never stretched: it is released and strengthened first. Injury is known per muscle and side;
everything but `none` locks, and what nobody asked about counts as unsure. Source: the founding notes' rule of an
injured psoas, and the catalogue's conditions.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from clinic.aftercare.catalogue import Catalogue, Exercise
from clinic.aftercare.rules.doses import Step, with_warm_up
from clinic.aftercare.rules.overrides import covered_by, keys, uncovered
from clinic.aftercare.rules.weeks import days_a_week, is_too_seldom
from clinic.core.refusals import Refusal
from clinic.notes.rules.injuries import NOT_ASKED, SIDES, STATES, Found, Place

INJURY = "muscle_injury"  # the condition that an injury of one of these muscles means
STRETCH_HOLD_S = (10, 60)


@dataclass(frozen=True)
class Advice:
    """What a client's injuries and conditions say to one exercise: reasons against it, what to ask first, and how it
    is changed for them, by condition.
    """

    against: tuple[Refusal, ...]
    ask_first: tuple[str, ...]
    changes: Mapping[str, str]


def muscles_that_lock(exercise: Exercise, known: Catalogue) -> tuple[str, ...]:
    """The muscles that must be sound for this exercise: none unless it lengthens some.

    A stretch: those of the groups it stretches, the hip flexors, the groin and the belly. What is held as long as a
    stretch: those it is meant for.
    """
    if exercise.phase != "stretch":
        return tuple(one for one in known.muscles if one in exercise.targets) if is_held_long(exercise) else ()
    groups = [muscles for muscles in known.groups.values() if set(muscles) & set(exercise.targets)]
    locking = {muscle for muscles in groups for muscle in muscles} | _core(known)
    return tuple(muscle for muscle in known.muscles if muscle in locking)


def is_held_long(exercise: Exercise) -> bool:
    """True where it holds as long as a stretch, by whatever name. What strengthens holds its muscles short."""
    strengthens = exercise.phase == "strengthen" and exercise.kind != "mobility"
    return not strengthens and not exercise.dose.time_s and (exercise.dose.hold_s or 0) >= STRETCH_HOLD_S[0]


def as_held(exercise: Exercise, hold_s: int | None, time_s: int | None) -> Exercise:
    """The exercise as a plan has it held, which may be longer than it is by itself."""
    return replace(exercise, dose=replace(exercise.dose, hold_s=hold_s, time_s=time_s))


def advise(exercise: Exercise, found: Found, known: Catalogue) -> Advice:
    holding = conditions_holding(found, known)
    against = [
        *_locks(exercise, found, known),
        *(_avoid(one, found, known) for one in known.conditions if one in exercise.avoid_if & holding),
    ]
    return Advice(
        tuple(against),
        tuple(one for one in known.conditions if one in exercise.ask_first & holding),
        {one: exercise.modify[one] for one in known.conditions if one in holding and one in exercise.modify},
    )


def is_clear(exercise: Exercise, found: Found, known: Catalogue, *, asked: Collection[str] = ()) -> bool:
    """True where nothing speaks against it, and nothing about it is left to be asked."""
    advice = advise(exercise, found, known)
    return not advice.against and set(advice.ask_first) <= set(asked)


def conditions_holding(found: Found, known: Catalogue) -> frozenset[str]:
    """The conditions told; and a muscle injury where a hip flexor, the groin or the belly is not known to be sound."""
    return (found.conditions or frozenset()) | ({INJURY} if _unsound_core(found, known) else frozenset())


def refusals(steps: Sequence[Step], found: Found, known: Catalogue) -> list[Refusal]:
    """Every reason why this plan may not be sent, its warm-up included, less what the therapist gives all the same.
    Each that is about an exercise names it as `exercise`.
    """
    if not steps:
        return [Refusal("plan_empty")]
    general = [] if found.conditions is not None else [Refusal("conditions_not_asked")]
    return general + [one for step in with_warm_up(steps, known) for one in step_refusals(step, found, known)]


def step_refusals(step: Step, found: Found, known: Catalogue) -> list[Refusal]:
    exercise = as_held(known.exercises[step.exercise], step.hold_s, step.time_s)
    advice = advise(exercise, found, known)
    reasons = uncovered(advice.against, covered_by(step), found)
    if unasked := tuple(one for one in advice.ask_first if one not in step.asked):
        reasons.append(Refusal("ask_first", {"conditions": unasked}))
    reasons += _dose_refusals(step, exercise)
    return [Refusal(one.code, {**one.values, "exercise": exercise.id}) for one in reasons]


def given_all_the_same(step: Step, found: Found, known: Catalogue) -> tuple[str, ...]:
    """The keys of the reasons that hold now and that the therapist decided to go over."""
    exercise = as_held(known.exercises[step.exercise], step.hold_s, step.time_s)
    against = advise(exercise, found, known).against
    still = uncovered(against, covered_by(step), found)
    return tuple(key for reason in against if reason not in still for key in keys(reason))


def _dose_refusals(step: Step, exercise: Exercise) -> list[Refusal]:
    least, most = STRETCH_HOLD_S
    reasons = {
        "stretch_hold": exercise.phase == "stretch" and not least <= (step.hold_s or 0) <= most,
        "too_seldom": is_too_seldom(exercise.phase, days_a_week(step)),
        "no_sides": exercise.sides == "none" and bool(step.side or step.start_side),
    }
    return [Refusal(code, {"least": least, "most": most}) for code, holds in reasons.items() if holds]


def easier_words(step: Step, found: Found, known: Catalogue) -> str:
    """How to do it more easily, for the client to choose alone; nothing where that means an exercise that they may not
    go over to alone.
    """
    exercise = known.exercises[step.exercise]
    if not exercise.easier_id:
        return exercise.easier
    told = advise(exercise, found, known).changes.values()
    return exercise.easier if may_go_over(exercise.easier_id, told, found, known, asked=step.asked) else ""


def may_go_over(name: str, told: Collection[str], found: Found, known: Catalogue, *, asked: Collection[str]) -> bool:
    """Whether a client who reads `told` may change to this exercise alone: nothing is against it or left to be asked,
    and they would do nothing differently in it that they are not told, for it comes without words of its own.
    """
    other = known.exercises.get(name)
    if other is None or not is_clear(other, found, known, asked=asked):
        return False
    return set(advise(other, found, known).changes.values()) <= set(told)


def _avoid(condition: str, found: Found, known: Catalogue) -> Refusal:
    """An injury is named by its muscles, so that another one is another reason."""
    if condition != INJURY:
        return Refusal("avoid", {"condition": condition})
    told = INJURY in (found.conditions or ())
    return Refusal("avoid", {"condition": INJURY, "told": told, "injuries": _unsound_core(found, known)})


def _unsound_core(found: Found, known: Catalogue) -> tuple[tuple[str, Place], ...]:
    places = [(muscle, side) for muscle in known.muscles if muscle in _core(known) for side in SIDES]
    return tuple((found.state(*one), one) for one in places if found.state(*one) != "none")


def _core(known: Catalogue) -> frozenset[str]:
    """Hip flexors, groin and belly: an injury there locks every stretch."""
    return frozenset({*known.groups["hip_flexors"], "adductors", "deep_abdominals"})


def _locks(exercise: Exercise, found: Found, known: Catalogue) -> list[Refusal]:
    places = [(muscle, side) for muscle in muscles_that_lock(exercise, known) for side in SIDES]
    by_state = {state: tuple(one for one in places if found.state(*one) == state) for state in (*STATES[1:], NOT_ASKED)}
    return [Refusal("muscle_locked", {"state": state, "places": some}) for state, some in by_state.items() if some]
