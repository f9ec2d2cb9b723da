"""How sound muscles are, side by side, and which conditions hold. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from clinic.drawings.marks import SIDES
from clinic.notes.rules.content import Injury

__all__ = ["NOT_ASKED", "SIDES", "STATES", "Found", "Place", "with_noted"]

STATES = ("none", "acute", "healing", "unsure")
NOT_ASKED = "not_asked"

Place = tuple[str, str]  # muscle and side


@dataclass(frozen=True)
class Found:
    """What the therapist asked: injury by muscle and side, and the conditions that hold; None until they were asked."""

    injuries: Mapping[Place, str] = field(default_factory=dict)
    conditions: frozenset[str] | None = None

    def state(self, muscle: str, side: str) -> str:
        return self.injuries.get((muscle, side), NOT_ASKED)


def with_noted(found: Found, noted: Iterable[Injury]) -> Found:
    """What was found before, and what a note says since. What the note does not speak of stays as it was."""
    return replace(found, injuries={**found.injuries, **{(one.muscle, one.side): one.state for one in noted}})
