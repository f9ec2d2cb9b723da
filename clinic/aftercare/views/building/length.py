"""How long a plan takes, as it stands on the page."""

from typing import Any

from clinic.aftercare import rules
from clinic.aftercare.views.building.draft import Draft


def length_of(draft: Draft) -> dict[str, Any]:
    """How many exercises, and how long a session takes; None while a number cannot be read."""
    count = sum(one.exercise.phase != "warm_up" for one in draft.steps)
    is_readable = all(not field.errors and field.data is not None for one in draft.steps for field in one.doses)
    steps = rules.with_warm_up([one.step() for one in draft.steps], draft.known) if is_readable else []
    return {"count": count, "minutes": rules.minutes(steps, draft.known) if is_readable and count else None}
