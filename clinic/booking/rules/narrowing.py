"""Which times suit somebody. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

PARTS = {"morning": range(12), "afternoon": range(12, 17), "evening": range(17, 24)}  # the hours treatments start in


@dataclass(frozen=True)
class Narrowing:
    """What somebody asks of a time; where they ask nothing, any suits. `weekdays` count from 0, a Monday."""

    therapist_ids: Collection[int] = ()
    weekdays: Collection[int] = ()
    parts: Collection[str] = ()
    gender: str | None = None
    chaperone: bool = False  # somebody of the clinic in the room all the while; the search itself looks to that

    def fits_whom(self, therapist_id: int, gender: str | None) -> bool:
        """`gender` is the therapist's as the clinic has told it."""
        return therapist_id in (self.therapist_ids or (therapist_id,)) and self.gender in {None, gender}

    def fits_when(self, at: datetime) -> bool:
        """`at` is the start on the location's clock."""
        if self.weekdays and at.weekday() not in self.weekdays:
            return False
        return not self.parts or any(at.hour in PARTS[part] for part in self.parts)


ANY_TIME = Narrowing()
