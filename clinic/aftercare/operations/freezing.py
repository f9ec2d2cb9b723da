"""The document of a plan that is sent."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from clinic.aftercare import rules
from clinic.aftercare.catalogue import Catalogue
from clinic.aftercare.operations.content import Content
from clinic.aftercare.rules import Step
from clinic.notes.rules.injuries import Found

REST = "constructive_rest"
DOCUMENT_VERSION = 3  # 1 had the sentences of `how` as bare words; 2 no sides, days, links nor what to expect


def document(content: Content, found: Found, known: Catalogue) -> dict[str, object]:
    """Everything the client's page says, so that nothing that changes later changes it."""
    steps = rules.with_warm_up(content.steps, known)
    return {
        "version": DOCUMENT_VERSION,
        "catalogue": known.version,
        "word": content.word,
        "review_on": content.review_on.isoformat() if content.review_on else None,
        "expected": content.expected,
        "links": [asdict(one) for one in content.links],
        "steps": [_frozen(step, found, known) for step in steps],
    }


def calm_steps(steps: Sequence[dict[str, Any]], found: Found, known: Catalogue) -> list[dict[str, Any]]:
    """What stays of a frozen plan while it is back: its warm-up and its calm exercises. Where it has no calm one that
    may be done now, a rest lying down, unless something speaks against that as well.
    """
    kept = [step for step in steps if step["phase"] in {"warm_up", "calm"}]
    if any(step["phase"] == "calm" and _is_free(step["exercise"], found, known) for step in kept):
        return kept
    rest = known.exercises[REST]
    fits = rest.offered and _is_free(REST, found, known)
    return [*kept, _frozen(rules.usual(rest), found, known)] if fits else kept


def _is_free(exercise: str, found: Found, known: Catalogue) -> bool:
    """It is still there, and may be done as it is."""
    one = known.exercises.get(exercise)
    return one is not None and rules.is_clear(one, found, known)


def _frozen(step: Step, found: Found, known: Catalogue) -> dict[str, Any]:
    one = known.exercises[step.exercise]
    changes = rules.advise(one, found, known).changes
    return {
        **asdict(step),
        "per_week": rules.days_a_week(step),
        "weekdays": sorted(set(step.weekdays)),
        "override": "",  # the reason is the therapist's: it stays with the override
        "overridden": rules.given_all_the_same(step, found, known),
        "name": one.name,
        "version": one.version,
        "pose": one.pose,
        "photo_words": one.photo_words if one.has_photo else "",
        "purpose": one.purpose,
        "phase": one.phase,
        "sides": "none" if step.side else one.sides,  # as it is done
        "unit": one.dose.unit,
        "switch_s": rules.switch_s(step, one),
        "seconds": rules.seconds(step, one),
        "how": [asdict(sentence) for sentence in one.steps],
        "feel": one.feel,
        "effort": step.effort or one.effort,
        "easier": rules.easier_words(step, found, known),
        "easier_id": one.easier_id,
        "cautions": one.cautions,
        "equipment": one.equipment,
        "changes": list(changes.values()),
        "changed_for": list(changes),
    }
