"""One step more after a good week, one less after a hard one, and the next phase once its gate is met: what practice
speaks for. The therapist decides; nothing of it comes into a plan by itself.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from clinic.aftercare.catalogue import Catalogue, Exercise
from clinic.aftercare.rules.advice import STRETCH_HOLD_S, is_clear
from clinic.aftercare.rules.doses import Step, in_order, usual
from clinic.aftercare.rules.gates import Gate
from clinic.aftercare.rules.practice import Day, Zones
from clinic.aftercare.rules.weeks import AT_LEAST_SO_OFTEN, days_a_week
from clinic.notes.rules.injuries import Found

MOST_SETS, MOST_REPS, MOST_HOLD_S = 3, 15, 60
LEAST_REPS, LEAST_HOLD_S = 4, 5
LESS = frozenset({"less", "easier"})


@dataclass(frozen=True)
class Suggestion:
    """A change that practice speaks for. `kind`: more, less, harder, easier or phase; `exercise`: the one of the plan
    that it is about, or that a phase would begin with; `step`: as it would be then; `why`: good_week, too_hard, pain
    or gate, with the days done of the days planned and the worst pain told.
    """

    kind: str
    exercise: str
    step: Step
    why: str
    done: int = 0
    planned: int = 0
    pain: int | None = None

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.exercise}"


@dataclass(frozen=True)
class Week:
    """The days of a week that a client told of, against what was planned."""

    days: Sequence[Day]
    planned: int
    zones: Zones

    @property
    def done(self) -> int:
        return sum(bool(day["done"]) for day in self.days)

    @property
    def pain(self) -> int | None:
        told = [pain for day in self.days for pain in (day["pain"], day["pain_after"]) if pain is not None]
        return max(told, default=None)

    @property
    def has_numbness(self) -> bool:
        return any(day["numb"] for day in self.days)

    @property
    def hard(self) -> str:
        """Why it was: `pain` or `too_hard`; empty where it was not."""
        if any(self.zones.of(day) in {"amber", "red"} or day["settled"] is False for day in self.days):
            return "pain"
        return "too_hard" if any(day["felt"] == "too_hard" for day in self.days) else ""

    @property
    def is_good(self) -> bool:
        """Done as planned, with little pain, and told to be right or too easy."""
        felt = any(day["felt"] in {"right", "too_easy"} for day in self.days)
        return not self.hard and self.done >= self.planned > 0 and self.pain is not None and felt


def suggestions(
    steps: Sequence[Step],
    sent: Sequence[Step],
    *,
    days: Sequence[Day],
    gates: Mapping[str, Gate],
    found: Found,
    known: Catalogue,
    zones: Zones,
) -> list[Suggestion]:
    """For a draft of these steps, where the plan that was sent was practised on these days of the last seven: the
    phase that may begin, and one step more or less as long as the draft has all of it as it was sent. Nothing while
    there is numbness or weakness: that is for a call.
    """
    week = Week(days, _planned(sent, known), zones)
    if not days or week.has_numbness:
        return []
    ordered = in_order(sent, known) if set(sent) <= set(steps) else []
    if week.hard:
        return _told((_less(step, steps, found, known) for step in reversed(ordered)), week, week.hard)
    more = (_more(step, steps, found, known) for step in ordered) if week.is_good else ()
    return [*_phases(steps, gates, found, known), *_told(more, week, "good_week")]


def for_now(found: Iterable[Suggestion], *, held: bool) -> list[Suggestion]:
    """What is left of these where a plan is `held`, for it is back or a call about something alarming waits: no step
    more and no next phase, whatever the week was like.
    """
    return [one for one in found if one.kind in LESS or not held]


def _told(changes: Iterable[Suggestion | None], week: Week, why: str) -> list[Suggestion]:
    """The first that there is, with the reason."""
    first = next((one for one in changes if one), None)
    return [replace(first, why=why, done=week.done, planned=week.planned, pain=week.pain)] if first else []


def _planned(steps: Sequence[Step], known: Catalogue) -> int:
    """Days a week, of what is asked for on the most; what calms may be done daily and counts only where it is alone."""
    working = [step for step in steps if known.exercises[step.exercise].phase in AT_LEAST_SO_OFTEN]
    calm = [step for step in steps if known.exercises[step.exercise].phase == "calm"]
    return max((days_a_week(step) for step in working or calm), default=0)


def _more(step: Step, steps: Sequence[Step], found: Found, known: Catalogue) -> Suggestion | None:
    """A round more, then more times, then a longer hold; then the harder exercise. What calms or warms up is enough."""
    exercise = known.exercises[step.exercise]
    if exercise.phase not in AT_LEAST_SO_OFTEN:
        return None
    if step.sets < MOST_SETS:
        return Suggestion("more", step.exercise, replace(step, sets=step.sets + 1), "")
    if step.reps and step.reps + 2 <= MOST_REPS:
        return Suggestion("more", step.exercise, replace(step, reps=step.reps + 2), "")
    if step.hold_s and step.hold_s + 5 <= MOST_HOLD_S:
        return Suggestion("more", step.exercise, replace(step, hold_s=step.hold_s + 5), "")
    return _other("harder", exercise.harder_id, step, steps, found, known)


def _less(step: Step, steps: Sequence[Step], found: Found, known: Catalogue) -> Suggestion | None:
    """A round less; then the easier exercise; then fewer times, then a shorter hold."""
    exercise = known.exercises[step.exercise]
    if exercise.phase == "warm_up":
        return None
    if step.sets > 1:
        return Suggestion("less", step.exercise, replace(step, sets=step.sets - 1), "")
    if easier := _other("easier", exercise.easier_id, step, steps, found, known):
        return easier
    if step.reps and step.reps - 2 >= LEAST_REPS:
        return Suggestion("less", step.exercise, replace(step, reps=step.reps - 2), "")
    if step.hold_s and step.hold_s - 5 >= _least_hold(exercise):
        return Suggestion("less", step.exercise, replace(step, hold_s=step.hold_s - 5), "")
    return None


def _least_hold(exercise: Exercise) -> int:
    return STRETCH_HOLD_S[0] if exercise.phase == "stretch" else LEAST_HOLD_S


def _other(
    kind: str, name: str, step: Step, steps: Sequence[Step], found: Found, known: Catalogue
) -> Suggestion | None:
    """The easier or harder exercise in its usual dose, where the rules allow it and the plan has it not yet."""
    if not name or name in {one.exercise for one in steps} or not _is_free(name, step.asked, found, known):
        return None
    return Suggestion(kind, step.exercise, replace(usual(known.exercises[name]), asked=step.asked), "")


def _phases(steps: Sequence[Step], gates: Mapping[str, Gate], found: Found, known: Catalogue) -> list[Suggestion]:
    """The phase whose gate is met and that the plan does not have, with its first exercise that nothing is against."""
    met = [gate for gate in gates_ahead(steps, gates, known) if gate.is_met]
    begins = [(gate, name) for gate in met if (name := _first_of(gate.phase, found, known))]
    return [
        Suggestion("phase", name, usual(known.exercises[name]), "gate", done=gate.days, planned=gate.needed)
        for gate, name in begins
    ]


def gates_ahead(steps: Sequence[Step], gates: Mapping[str, Gate], known: Catalogue) -> list[Gate]:
    """Of the phase that a plan of these steps may go on to."""
    has = {known.exercises[step.exercise].phase for step in steps}
    return [gate for gate in gates.values() if gate.before in has and gate.phase not in has]


def _first_of(phase: str, found: Found, known: Catalogue) -> str:
    of_phase = (name for name, one in known.exercises.items() if one.phase == phase)
    return next((name for name in of_phase if _is_free(name, (), found, known)), "")


def _is_free(name: str, asked: Collection[str], found: Found, known: Catalogue) -> bool:
    """The clinic offers it, and it may be given as it is."""
    exercise = known.exercises[name]
    return exercise.offered and is_clear(exercise, found, known, asked=asked)
