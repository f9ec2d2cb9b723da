"""The things around the person: plain blocks with just enough to know them by, so that the person stays the picture."""

from __future__ import annotations

from itertools import chain

from clinic.drawings.figure.pose import Prop
from clinic.drawings.figure.skeleton import Skeleton
from clinic.drawings.geometry import Bone, Outline, Point, hull
from clinic.drawings.paths import straight, tenths

INK = "currentColor"
SOFT = {"mat": "#a9cbc8", "cushion": "#e2b98f", "pillow": "#efe7da", "towel": "#e8cfc0"}
WOOD, MATTRESS, WALL, CUPBOARD, BAND = "#d8bf9c", "#e6e1d6", "#d9d4ca", "#e3dccf", "#e0a33c"

SLAB = 9
"""Units: how thick a seat, a worktop or the leg of a chair is."""

BACKREST = 112
"""From the seat to the upper end of the back of a chair."""

ROUND = {"mat": 5, "cushion": 12, "pillow": 14, "towel": 8}
BAND_PLACES = {"foot": (28, -1, -17), "thigh": (82, 19, -19), "hand": (16, 8, -8)}
"""Where a band lies: along the bone, and its front and its back."""


def thing(prop: Prop) -> str:
    """One thing as SVG. Raises ValueError for a kind nobody knows how to draw."""
    drawers = {"chair": _chair, "bed": _bed, "wall": _wall, "worktop": _worktop}
    if prop.kind in SOFT:
        return _lines(_soft(prop))
    if prop.kind not in drawers:
        raise ValueError(f"Nobody knows how to draw a {prop.kind}.")
    return _lines(drawers[prop.kind](prop))


def around(prop: Prop) -> Outline:
    """The block that holds all that is drawn of it."""
    top = prop.top + (BACKREST if prop.kind == "chair" else 0)
    low, high = prop.bottom, top
    return Point(prop.left, low), Point(prop.left, high), Point(prop.right, high), Point(prop.right, low)


def floor(left: float, right: float) -> str:
    line = straight(Point(left, 0), Point(right, 0))
    return f'<path fill="none" stroke="{INK}" stroke-opacity=".45" stroke-width="15" d="{line}"/>'


def band(parts: tuple[str, ...], bones: Skeleton) -> str:
    """A loop that lies tight round two parts of the body, as "right foot" and "left foot"."""
    ends = chain.from_iterable(_across(part, bones) for part in parts)
    loop = straight(*hull(list(ends))) + "z"
    shared = f'fill="none" stroke-linejoin="round" d="{loop}"'
    return f'<path stroke="{INK}" stroke-width="70" {shared}/><path stroke="{BAND}" stroke-width="40" {shared}/>'


def _lines(inside: str) -> str:
    return f'<g stroke="{INK}" stroke-opacity=".45" stroke-width="15">{inside}</g>'


def _block(left: float, right: float, bottom: float, top: float, fill: str, corner: float = 3) -> str:
    width, height = tenths(right - left), tenths(top - bottom)
    place = f'x="{tenths(left)}" y="{-tenths(top)}" width="{width}" height="{height}"'
    return f'<rect {place} rx="{min(tenths(corner), height // 2, width // 2)}" fill="{fill}"/>'


def _seam(*points: Point) -> str:
    return f'<path fill="none" d="{straight(*points)}"/>'


def _soft(prop: Prop) -> str:
    block = _block(prop.left, prop.right, prop.bottom, prop.top, SOFT[prop.kind], ROUND[prop.kind])
    if prop.kind == "mat":
        return block
    middle = (prop.bottom + prop.top) / 2
    return block + _seam(Point(prop.left + 6, middle), Point(prop.left + 16, middle))


def _chair(prop: Prop) -> str:
    """The back is behind the person who sits on it: on the left, or on the right of a chair that `faces` left."""
    seat = _block(prop.left, prop.right, prop.top - SLAB, prop.top, WOOD)
    legs = [
        _block(left, left + SLAB, prop.bottom, prop.top - SLAB, WOOD) for left in (prop.left + 3, prop.right - SLAB - 3)
    ]
    left = prop.left if prop.faces == "right" else prop.right - SLAB
    return "".join(legs) + _block(left, left + SLAB, prop.top - SLAB, prop.top + BACKREST, WOOD) + seat


def _bed(prop: Prop) -> str:
    """A mattress on a frame with two feet."""
    frame = prop.bottom + (prop.top - prop.bottom) * 0.5
    foot = prop.bottom + (prop.top - prop.bottom) * 0.22
    feet = [_block(x, x + 14, prop.bottom, frame, WOOD) for x in (prop.left + 12, prop.right - 26)]
    base = _block(prop.left + 4, prop.right - 4, foot, frame, WOOD)
    return "".join(feet) + base + _block(prop.left, prop.right, frame, prop.top, MATTRESS, 10)


def _wall(prop: Prop) -> str:
    return _block(prop.left, prop.right, prop.bottom, prop.top, WALL, 0)


def _worktop(prop: Prop) -> str:
    """A slab on a cupboard that stands back from its edge."""
    under = prop.top - SLAB
    doors = _block(prop.left + 8, prop.right - 2, prop.bottom + 14, under, CUPBOARD)
    plinth = _block(prop.left + 16, prop.right - 4, prop.bottom, prop.bottom + 14, WOOD, 0)
    knob = _seam(Point(prop.left + 16, under - 14), Point(prop.left + 16, under - 34))
    return plinth + doors + knob + _block(prop.left, prop.right, under, prop.top, WOOD)


def _across(part: str, bones: Skeleton) -> tuple[Point, Point]:
    side, _, limb = part.partition(" ")
    if side not in {"right", "left"} or limb not in BAND_PLACES:
        raise ValueError(f"A band cannot go round {part}.")
    leg, arm = getattr(bones, f"{side}_leg"), getattr(bones, f"{side}_arm")
    bone: Bone = getattr(arm if limb == "hand" else leg, limb)
    along, front, back = BAND_PLACES[limb]
    return bone.at(along, front), bone.at(along, back)
