"""Beginning a plan from another: a template, or what was sent before."""

from collections.abc import Sequence
from dataclasses import dataclass

from clinic.aftercare.catalogue import Catalogue
from clinic.aftercare.rules.advice import advise
from clinic.aftercare.rules.doses import Step
from clinic.core.refusals import Refusal
from clinic.notes.rules.injuries import Found


@dataclass(frozen=True)
class LeftOut:
    """An exercise that is not given to this client, why, and what to offer in its place; empty where nothing is."""

    exercise: str
    against: tuple[Refusal, ...]
    instead: str = ""


def begun(
    draft: Sequence[Step], coming: Sequence[Step], found: Found, known: Catalogue
) -> tuple[list[Step], list[LeftOut]]:
    """The steps of `draft` and those that come, less what speaks against them for this client. What the draft has
    already stays as it is there.
    """
    chosen = {step.exercise for step in draft}
    new = [step for step in coming if step.exercise not in chosen]
    advice = {step.exercise: _against(step.exercise, found, known) for step in new}
    taken = [step for step in new if not advice[step.exercise]]
    chosen |= {step.exercise for step in taken}
    left_out = [
        LeftOut(name, against, _instead(name, chosen, found, known)) for name, against in advice.items() if against
    ]
    return [*draft, *taken], left_out


def _against(name: str, found: Found, known: Catalogue) -> tuple[Refusal, ...]:
    exercise = known.exercises[name]
    hidden = () if exercise.offered else (Refusal("not_offered"),)
    return (*hidden, *advise(exercise, found, known).against)


def _instead(name: str, chosen: set[str], found: Found, known: Catalogue) -> str:
    """What the catalogue offers in its place for a reason that holds, where it may be given and is not there yet."""
    exercise = known.exercises[name]
    reasons = [one.values["condition"] for one in advise(exercise, found, known).against if one.code == "avoid"]
    offers = [exercise.instead[one] for one in reasons if one in exercise.instead]
    fit = [one for one in offers if one not in chosen and known.exercises[one].offered]
    return next((one for one in fit if not advise(known.exercises[one], found, known).against), "")
