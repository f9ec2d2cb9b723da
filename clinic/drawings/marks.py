"""Where it hurts, as told on the body chart: a region and a side, what kind of pain, and how strong. Pure."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

REGIONS = {
    "front": ("chest", "abdomen", "hip_flexors", "groin", "front_of_thigh", "inner_thigh", "shin"),
    "back": ("upper_back", "mid_back", "low_back", "sacrum", "buttock", "back_of_thigh", "calf"),
    "either": ("head", "neck", "shoulder", "upper_arm", "forearm", "hand", "outer_thigh", "knee", "foot"),
}
"""Every region of the chart, by the view it is seen in. The ids are final: they stand in what clients told."""

SIDES = ("left", "right")
KINDS = ("dull", "sharp", "burning", "tingling", "numb", "stiff")
STRONGEST = 10
MOST_MARKS = 24
PLACES = tuple(f"{region}/{side}" for regions in REGIONS.values() for region in regions for side in SIDES)


@dataclass(frozen=True)
class Mark:
    """One place that hurts. Left and right are the person's own. Strength is 0 to 10."""

    region: str
    side: str
    kind: str
    strength: int

    def __post_init__(self) -> None:
        if self.place not in PLACES or self.kind not in KINDS:
            raise ValueError("no such place, or no such kind of pain")
        if type(self.strength) is not int or not 0 <= self.strength <= STRONGEST:
            raise ValueError("a strength is 0 to 10")

    @property
    def place(self) -> str:
        return f"{self.region}/{self.side}"


def read_marks(kept: Any) -> tuple[Mark, ...]:
    """The marks of a kept answer, which is a list of objects. Raises ValueError for anything that is not one: a place
    told twice, more marks than the chart takes, or fields of any other kind.
    """
    if not isinstance(kept, list) or len(kept) > MOST_MARKS:
        raise ValueError("not the marks of a body chart")
    try:
        marks = tuple(Mark(**one) for one in kept)
    except TypeError as error:
        raise ValueError("not the marks of a body chart") from error
    if len({mark.place for mark in marks}) < len(marks):
        raise ValueError("a place is told once")
    return marks


def as_kept(marks: Iterable[Mark]) -> list[dict[str, Any]]:
    """The marks as JSON keeps them."""
    return [asdict(mark) for mark in marks]
