"""How far a part of the body is from what it is said to touch, and how deep inside a thing."""

from __future__ import annotations

from math import hypot, inf

from clinic.drawings.figure.pose import Picture, Prop
from clinic.drawings.figure.surface import Region, sampled
from clinic.drawings.geometry import Point

WRAPPED = {"towel"}
"""It goes around a limb, and gives way to it; so does a band, which is no block at all."""


def gap(part: str, thing: str, *, parts: dict[str, Region], picture: Picture) -> float:
    """Units between a part and the floor, a thing or another part; infinite where there is no such thing.
    A foot is as far off as the farther of its heel and its ball.
    """
    if thing == "band":
        return 0 if part in picture.band else inf
    things = [prop for prop in picture.props if prop.kind == thing]
    if thing in WRAPPED:
        return 0 if things else inf
    if part in {"right foot", "left foot"} and thing not in parts:
        side = part.removesuffix(" foot")
        ends = (f"{side} heel", f"{side} ball of the foot")
        return max(gap(end, thing, parts=parts, picture=picture) for end in ends)
    if thing in parts:
        return apart(parts[part], parts[thing])
    points = parts[part].surface()
    if thing == "floor":
        return max(min(point.y for point in points), 0)
    return min((distance(point, prop) for prop in things for point in points), default=inf)


def depth(point: Point, prop: Prop) -> float:
    """How far inside a thing a point is, in units, by the nearest way out; below 0 where it is outside."""
    ways = [point.x - prop.left, prop.right - point.x, prop.top - point.y]
    return min([*ways, point.y - prop.bottom] if prop.bottom > 0 else ways)


def distance(point: Point, prop: Prop) -> float:
    """Units from a point to the nearest of a thing; 0 inside."""
    aside = max(prop.left - point.x, point.x - prop.right, 0)
    return hypot(aside, max(prop.bottom - point.y, point.y - prop.top, 0))


def apart(one: Region, other: Region) -> float:
    """Units between two parts of the body, 0 where they overlap: the picture is flat, and a hand may lie on the near
    side of a thigh as well as on top of it.
    """
    here, there = one.surface(), other.surface()
    rings = [sampled(outline) for outline in other.outlines]
    if any(inside(point, ring) for point in here if other.has(point) for ring in rings):
        return 0
    return min((a.minus(b).length for a in here for b in there), default=inf)


def inside(point: Point, ring: list[Point]) -> bool:
    """By how often a line from the point to the right crosses the ring."""
    crossed = [
        (a.y > point.y) != (b.y > point.y) and point.x < a.x + (point.y - a.y) / (b.y - a.y) * (b.x - a.x)
        for a, b in zip(ring, (*ring[1:], ring[0]), strict=True)
        if a.y > point.y or b.y > point.y
    ]
    return sum(crossed) % 2 == 1
