"""On which days of the week somebody may mean to practise."""

from collections.abc import Iterable, Mapping
from typing import Any

SPREAD = {1: (0,), 2: (0, 3), 3: (0, 2, 4), 4: (0, 1, 3, 5), 5: (0, 1, 2, 4, 5), 6: (0, 1, 2, 3, 4, 5)}
EVERY_DAY = tuple(range(7))


def days_to_offer(steps: Iterable[Mapping[str, Any]]) -> tuple[int, ...]:
    """Days to begin with, 0 is Monday: those that the therapist named for any of these frozen steps; else as many as
    the step done most often asks for, with rest between them.
    """
    counted = [step for step in steps if step["phase"] != "warm_up"]
    named = {day for step in counted for day in step.get("weekdays", ())}
    most = max((step["per_week"] for step in counted), default=7)
    return tuple(sorted(named)) or SPREAD.get(most, EVERY_DAY)
