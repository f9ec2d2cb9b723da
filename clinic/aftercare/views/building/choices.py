"""The exercises on the page, phase by phase: those of the plan, and those to add."""

from dataclasses import dataclass

from clinic.aftercare import rules, wording
from clinic.aftercare.catalogue import PHASES, Catalogue, Exercise
from clinic.aftercare.forms import StepForm
from clinic.aftercare.search import Wanted, matching, text_of
from clinic.aftercare.views.building.draft import Draft
from clinic.notes.rules.injuries import Found


@dataclass(frozen=True)
class Choice:
    """An exercise on the page, and what stands against it or changes it for this client; `form` once it is chosen."""

    exercise: Exercise
    against: list[str]
    ask_first: tuple[str, ...]
    changes: list[str]
    form: StepForm | None
    keys: str  # of the reasons against it that a therapist may go over
    is_covered: bool  # they did, all of them
    words: str  # what it is found by

    @property
    def is_asked(self) -> bool:
        return self.form is not None and set(self.ask_first) <= self.form.asked_about()

    @property
    def lacks_rest(self) -> bool:
        return self.form is not None and rules.lacks_rest(self.exercise, self.form.step())


def _choice(exercise: Exercise, found: Found, known: Catalogue, form: StepForm | None = None) -> Choice:
    step = form.step() if form else rules.usual(exercise)
    advice = rules.advise(rules.as_held(exercise, step.hold_s, step.time_s), found, known)
    against = [wording.sentence(refusal) for refusal in advice.against]
    keys = [key for one in advice.against for key in rules.keys(one)] if rules.may_be_overridden(found) else []
    is_covered = form is not None and not rules.uncovered(advice.against, form.gone_over(), found)
    if form and not is_covered:
        form.override.data = ""  # what is new against it is decided anew, and not by saving the page again
    changes = list(advice.changes.values())
    return Choice(
        exercise,
        against,
        advice.ask_first,
        changes,
        form,
        " ".join(keys),
        is_covered=is_covered,
        words=text_of(exercise, known),
    )


@dataclass(frozen=True)
class Phase:
    """One phase of the page. `sought`: the ids of those to add that somebody looks for."""

    id: str
    name: str
    opens: str
    chosen: list[Choice]
    others: list[Choice]
    sought: frozenset[str]


def phases(draft: Draft, found: Found, wanted: Wanted) -> list[Phase]:
    known, chosen = draft.known, {one.exercise.id: one for one in draft.steps}
    offered = [one for one in known.exercises.values() if one.offered and one.id not in chosen]
    sought = frozenset(one.id for one in matching(known, wanted))
    return [
        Phase(
            phase,
            str(wording.PHASES[phase]),
            str(wording.OPENS[phase]),
            [_choice(one.exercise, found, known, one) for one in draft.steps if one.exercise.phase == phase],
            [_choice(one, found, known) for one in offered if one.phase == phase],
            sought & {one.id for one in offered if one.phase == phase},
        )
        for phase in PHASES
    ]
