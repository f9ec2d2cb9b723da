"""What a treatment note is made of, when it may be signed, and what a change in pain means. Pure."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from clinic.core.refusals import Refusal

PARTS = ("subjective", "objective", "assessment", "plan")
AREAS = (
    "hip_flexors",
    "groin",
    "abdomen",
    "low_back",
    "buttock",
    "front_of_thigh",
    "back_of_thigh",
    "calf",
    "upper_back",
    "neck_and_shoulder",
)
SIDES = ("left", "right")
MOST_PAIN = 10
# Of a 0 to 10 pain scale: less is within the error of measurement. Source: Childs 2005, pubmed 15928561.
MEANINGFUL_CHANGE = 2


@dataclass(frozen=True)
class Content:
    """What a therapist writes about one appointment. Pain is 0 to 10, None where it was not asked; `treated` names
    an area and a side: `low_back/left`. `asked_again`: before a release they were asked aloud, and agreed.
    """

    subjective: str = ""
    objective: str = ""
    assessment: str = ""
    plan: str = ""
    pain_on_arrival: int | None = None
    pain_at_end: int | None = None
    treated: tuple[str, ...] = ()
    asked_again: bool = False

    def as_kept(self) -> dict[str, Any]:
        return {**asdict(self), "treated": list(self.treated)}

    @classmethod
    def from_kept(cls, kept: dict[str, Any]) -> "Content":
        """What was kept before something more was asked says nothing of it."""
        known = {name: kept[name] for name in cls.__dataclass_fields__ if name in kept}
        return cls(**{**known, "treated": tuple(kept["treated"])})


def signing_refusals(
    content: Content, *, begun: bool, cancelled: bool, consent: str = "", unsafe: Sequence[Refusal] = ()
) -> list[Refusal]:
    """Why this note may not be signed now. `consent`: how that to a release stands; empty where none was given.
    `unsafe`: what else stands against a release.
    """
    if cancelled:
        return [Refusal("note_of_cancelled")]
    if not begun:
        return [Refusal("note_too_early")]
    if not any(getattr(content, part) for part in PARTS):
        return [Refusal("note_empty")]
    return [*unsafe, *(_unagreed(content, consent) if consent else [])]


def _unagreed(content: Content, consent: str) -> list[Refusal]:
    """A release is done with a consent that holds, and asked for aloud once more before it begins."""
    if consent != "valid":
        return [Refusal("consent_lacking")]
    return [] if content.asked_again else [Refusal("consent_not_asked_again")]


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
