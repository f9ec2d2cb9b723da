"""What a client comes for. Pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

EPISODE_SIDES = ("left", "right", "both", "middle")
CLOSINGS = ("reason", "status", "advice")


@dataclass(frozen=True)
class Trouble:
    """One trouble, in the client's words: what, on which side, since when, and how it began. `closing`: once it is
    closed, why, how they are, and what they were advised.
    """

    complaint: str = ""
    side: str = ""
    onset: str = ""
    mechanism: str = ""
    closing: Mapping[str, str] = field(default_factory=dict)

    def as_kept(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_kept(cls, kept: Mapping[str, Any]) -> "Trouble":
        """What `as_kept` made."""
        return cls(**{one.name: kept[one.name] for one in fields(cls) if one.name in kept})
