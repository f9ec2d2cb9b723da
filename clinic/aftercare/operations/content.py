"""What a therapist puts into a plan."""

import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from clinic.aftercare.rules import Step


@dataclass(frozen=True)
class PointsTo:
    """A page or video elsewhere that goes with a plan, as it was when it was chosen."""

    title: str
    url: str
    is_video: bool = False
    is_affiliate: bool = False


@dataclass(frozen=True)
class Content:
    """What a therapist puts into a plan: exercises with doses, a word to the client, and when to look at it again."""

    steps: tuple[Step, ...] = ()
    word: str = ""
    review_on: date | None = None
    expected: str = ""  # what to expect, without a promise
    links: tuple[PointsTo, ...] = ()

    def text(self) -> str:
        review_on = self.review_on.isoformat() if self.review_on else None
        return json.dumps({**asdict(self), "review_on": review_on})

    @classmethod
    def read(cls, text: str) -> "Content":
        kept = json.loads(text)
        review_on = date.fromisoformat(kept["review_on"]) if kept["review_on"] else None
        links = tuple(PointsTo(**one) for one in kept.get("links", ()))  # what was saved before has none
        return cls(tuple(map(_step, kept["steps"])), kept["word"], review_on, kept.get("expected", ""), links)


def _step(kept: dict[str, Any]) -> Step:
    lists = {name: tuple(kept.get(name, ())) for name in ("asked", "weekdays", "overridden")}
    return Step(**{**kept, **lists})
