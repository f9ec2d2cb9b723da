"""What a note is made of: one value for all that a therapist writes about one appointment. Pure.

It is kept as JSON, in a draft and then in the signed document, so whatever is part of it is saved, compared and frozen
with the rest. What was kept before something more was asked says nothing of it.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

SOAP = ("subjective", "objective", "assessment", "plan")


@dataclass(frozen=True)
class NoteMark:
    """Where it hurts: a place of drawings.marks (`low_back/left`), a kind of pain there, and 0 to 10 on arrival and at
    the end; None where it was not asked.
    """

    place: str
    kind: str = ""
    before: int | None = None
    after: int | None = None


@dataclass(frozen=True)
class Treated:
    """What was treated: a place, how, how long, and how firmly from 0 to 10. Empty or None: not said."""

    place: str
    technique: str = ""
    minutes: int | None = None
    pressure: int | None = None


@dataclass(frozen=True)
class Result:
    """What a test showed on one side; side is empty where it has none. `number`: the version of the test."""

    test: str
    side: str = ""
    number: int = 1
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Injury:
    """How sound a muscle is on one side: none, acute, healing or unsure."""

    muscle: str
    side: str
    state: str


@dataclass(frozen=True)
class Stop:
    """Something that made the therapist stop or change: what, when (on the clock on the wall, 14:05), what was done."""

    kind: str
    at: str = ""
    done: str = ""


@dataclass(frozen=True)
class Activity:
    """One thing of their own that is hard for them, and how well it goes: 0 cannot, 10 as before. Source: PSFS."""

    words: str
    score: int | None = None


@dataclass(frozen=True)
class Content:
    """What a therapist writes about one appointment.

    `words` by the id of a part of the note's format; `copied`: parts that still are as they were copied from the note
    before. Pain is 0 to 10, None where it was not asked. `scores` by the id of a measure. `asked_again`: before a
    release they were asked aloud and agreed, at `asked_again_at` (14:05 on the wall).
    `episode` is the id of what they come for; where it is empty, `complaint` and what follows it begin another.
    """

    words: Mapping[str, str] = field(default_factory=dict)
    format: str = "soap"
    format_number: int = 1
    copied: tuple[str, ...] = ()
    private: str = ""
    episode: str = ""
    complaint: str = ""
    complaint_side: str = ""
    onset: str = ""
    mechanism: str = ""
    pain_on_arrival: int | None = None
    pain_at_end: int | None = None
    pain_worst: int | None = None
    pain_average: int | None = None
    marks: tuple[NoteMark, ...] = ()
    treated: tuple[Treated, ...] = ()
    results: tuple[Result, ...] = ()
    injuries: tuple[Injury, ...] = ()
    activities: tuple[Activity, ...] = ()
    scores: Mapping[str, float] = field(default_factory=dict)
    stops: tuple[Stop, ...] = ()
    asked_again: bool = False
    asked_again_at: str = ""

    @property
    def is_empty(self) -> bool:
        """True where not a word was written."""
        return not any(self.words.values())

    @property
    def places_treated(self) -> tuple[str, ...]:
        return tuple(one.place for one in self.treated)

    def as_kept(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return asdict(self)

    @classmethod
    def from_kept(cls, kept: Mapping[str, Any]) -> "Content":
        """What `as_kept` made, also that of earlier versions."""
        known = {one.name: kept[one.name] for one in fields(cls) if one.name in kept}
        rows = {name: tuple(_row(kind, one) for one in known.get(name, ())) for name, kind in ROWS.items()}
        return cls(**{**_of_version_1(kept), **known, **rows, "copied": tuple(known.get("copied", ()))})


ROWS: Mapping[str, type[Any]] = {
    "marks": NoteMark,
    "treated": Treated,
    "results": Result,
    "injuries": Injury,
    "activities": Activity,
    "stops": Stop,
}


def _row(kind: type[Any], kept: Any) -> Any:
    """In version 1 what was treated was a place alone."""
    return kind(kept) if isinstance(kept, str) else kind(**kept)


def _of_version_1(kept: Mapping[str, Any]) -> dict[str, Any]:
    """The four parts stood beside the rest."""
    return {"words": {part: kept[part] for part in SOAP if kept.get(part)}} if "subjective" in kept else {}
