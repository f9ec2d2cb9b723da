"""What a change in pain means. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

MOST_PAIN = 10
# Of a 0 to 10 pain scale: less is within the error of measurement. Source: Childs 2005, pubmed 15928561.
MEANINGFUL_CHANGE = 2


@dataclass(frozen=True)
class Pain:
    """Pain at one visit; `day` is how the page names it."""

    day: str
    on_arrival: int | None
    at_end: int | None


def change_since_start(course: Sequence[Pain]) -> str:
    """What became of the pain on arrival since it was first asked: `better`, `worse`, `same` (within the error of
    measurement), or `unknown` with fewer than two visits.
    """
    asked = [one.on_arrival for one in course if one.on_arrival is not None]
    if len(asked) < 2:
        return "unknown"
    change = asked[-1] - asked[0]
    if abs(change) < MEANINGFUL_CHANGE:
        return "same"
    return "better" if change < 0 else "worse"
