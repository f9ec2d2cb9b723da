"""How different people look who do the exercises. A look never changes where a body touches something."""

from __future__ import annotations

from hashlib import sha256
from typing import NamedTuple

BUILDS = {"slim": -3.0, "medium": 0.0, "broad": 8.0}
"""Units that the front of the trunk is in front of the usual one. Where people lie or kneel nothing changes."""

FAR = {"skin": 0.84, "shirt": 0.78, "leggings": 0.66, "sleeve": 0.78}
"""The share of their light that far parts keep: legs, which cross most, are told apart even in a grey print."""

FACE_LINES = 0.32


class Look(NamedTuple):
    skin: str
    hair: str
    """The colour of the hair, or of the scarf over it."""
    style: str
    """bun, short, crop, balding, curly or headscarf: see hair.py."""
    shirt: str
    leggings: str
    build: str = "medium"
    beard: bool = False
    long_sleeves: bool = False
    """Under the shirt."""

    @property
    def colours(self) -> dict[str, str]:
        """The colour of each part that person.py names."""
        near = {"skin": self.skin, "shirt": self.shirt, "leggings": self.leggings, "sleeve": darker(self.shirt, 0.82)}
        far = {f"far {part}": darker(near[part], share) for part, share in FAR.items()}
        return {**near, **far, "hair": self.hair, "face": darker(self.skin, FACE_LINES)}


LOOKS = (
    Look("#d9a07c", "#3b2a24", "bun", "#43a09f", "#4d629a"),
    Look("#83563b", "#231a17", "crop", "#d8a63f", "#587a68"),
    Look("#f0c6a8", "#bdb9b3", "short", "#a583b5", "#5f6b86", build="broad"),
    Look("#c08a60", "#b8554a", "headscarf", "#86aad2", "#6a5f8c", long_sleeves=True),
    Look("#eab892", "#96512d", "curly", "#84b272", "#56608f", build="slim"),
    Look("#cf976d", "#2b211d", "short", "#d98562", "#56708f", build="broad", beard=True),
    Look("#6f4731", "#d9d5ce", "balding", "#86aecd", "#7c6f62", beard=True),
    Look("#f2cdb2", "#d6cdbf", "bun", "#57a98f", "#6a5570", build="broad"),
    Look("#94613f", "#1f1817", "curly", "#d77c94", "#4f6f96"),
)
"""People of the product: no two are alike, and none stands for anything."""


def look_of(exercise: str) -> Look:
    """Whoever does this exercise, always the same."""
    return LOOKS[sha256(exercise.encode()).digest()[0] % len(LOOKS)]


def darker(colour: str, share: float) -> str:
    """The colour with this share of its light."""
    light = (round(int(colour[at : at + 2], 16) * share) for at in (1, 3, 5))
    return "#" + "".join(f"{part:02x}" for part in light)
