"""What was sent, as steps to begin from again."""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from clinic.aftercare import rules
from clinic.aftercare.catalogue import Catalogue
from clinic.aftercare.rules import Step


def steps_in(document: Mapping[str, Any], known: Catalogue) -> list[Step]:
    """The steps of a plan that was sent, of exercises that there still are; without the warm-up that came by itself.
    A reason to give one in spite of something is not taken along: it is to be thought of anew.
    """
    found = [_thawed(one, known) for one in document["steps"] if one["exercise"] in known.exercises]
    return [step for step in found if step != rules.usual(known.exercises[rules.WARM_UP])]


def plain(step: Step, known: Catalogue) -> Step:
    """A step as one that was sent is read again, to tell whether the two are the same."""
    exercise = known.exercises[step.exercise]
    switch_s = None if step.switch_s == exercise.dose.switch_s else step.switch_s
    effort = "" if step.effort == exercise.effort else step.effort
    return replace(step, switch_s=switch_s, effort=effort, override="", overridden=())


def _thawed(frozen: Mapping[str, Any], known: Catalogue) -> Step:
    """Older documents have not everything that a step has by now."""
    kept = {one.name: frozen[one.name] for one in fields(Step) if one.name in frozen}
    kept |= {name: tuple(kept[name]) for name in ("asked", "weekdays", "overridden") if name in kept}
    return plain(Step(**kept), known)
