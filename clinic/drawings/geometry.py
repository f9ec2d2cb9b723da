"""Points, bones and smooth outlines on the drawing plane.

One unit is 1/400 of the body's height; x points the way the person faces, y points up, the floor is y = 0.
Directions are degrees, counter-clockwise from straight ahead: 90 is up, 270 is down.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import atan2, cos, degrees, hypot, radians, sin
from typing import NamedTuple


class Point(NamedTuple):
    x: float
    y: float

    def plus(self, other: Point, times: float = 1) -> Point:
        return Point(self.x + other.x * times, self.y + other.y * times)

    def minus(self, other: Point) -> Point:
        return self.plus(other, -1)

    def toward(self, direction: float, length: float) -> Point:
        angle = radians(direction)
        return Point(self.x + length * cos(angle), self.y + length * sin(angle))

    def on_grid(self) -> Point:
        """The nearest multiple of a fifth of a unit, so that the middle of two points is a whole tenth."""
        return Point(round(self.x * 5) / 5, round(self.y * 5) / 5)

    @property
    def length(self) -> float:
        """How far from the origin, when the point stands for a step."""
        return hypot(self.x, self.y)


Outline = tuple[Point, ...]
"""Points that pull a line, as in a quadratic B-spline: it touches the middle of every side and bends between.

It never leaves the polygon of its points and needs only two numbers a bend. A point given twice is a corner.
"""


class Bone(NamedTuple):
    """From the upper joint to the lower one, in a person standing; a foot runs from the ankle to the toes."""

    start: Point
    end: Point

    @property
    def length(self) -> float:
        return self.end.minus(self.start).length

    def at(self, along: float, front: float) -> Point:
        """The point so many units down the bone and so many in front of it (behind, if negative)."""
        step = self.end.minus(self.start)
        down = Point(step.x / self.length, step.y / self.length)
        return self.start.plus(down, along).plus(Point(-down.y, down.x), front).on_grid()

    def outline(self, ring: Sequence[tuple[float, float]]) -> Outline:
        return tuple(self.at(along, front) for along, front in ring)


def turn(one: Bone, other: Bone) -> float:
    """Degrees, counter-clockwise from one bone to the other, between -180 and 180."""
    a, b = one.end.minus(one.start), other.end.minus(other.start)
    return degrees(atan2(a.x * b.y - a.y * b.x, a.x * b.x + a.y * b.y))


class Bend(NamedTuple):
    """One quadratic Bézier."""

    start: Point
    pull: Point
    end: Point


def bends(outline: Outline) -> list[Bend]:
    """The smooth line an outline stands for, closed."""
    before, after = (outline[-1], *outline[:-1]), (*outline[1:], outline[0])
    return [Bend(_middle(a, p), p, _middle(p, b)) for a, p, b in zip(before, outline, after, strict=True)]


def open_bends(outline: Outline) -> list[Bend]:
    """The same from the first point to the last."""
    inner = bends((outline[0], *outline, outline[-1]))
    return inner[1:-1]


def _middle(a: Point, b: Point) -> Point:
    return Point((a.x + b.x) / 2, (a.y + b.y) / 2)


def counter_clockwise(outline: Outline) -> Outline:
    """The outline with its inside on the left: parts that all turn the same way join without holes."""
    area = sum(a.x * b.y - b.x * a.y for a, b in zip(outline, (*outline[1:], outline[0]), strict=True))
    return outline if area > 0 else outline[::-1]


def hull(points: Iterable[Point]) -> list[Point]:
    """Counter-clockwise, the corners of the line drawn tight round the points."""
    upward = sorted(points)
    return _half(upward) + _half(upward[::-1])


def _half(points: list[Point]) -> list[Point]:
    kept: list[Point] = []
    for point in points:
        while len(kept) > 1 and _turns_right(kept[-2], kept[-1], point):
            kept.pop()
        kept.append(point)
    return kept[:-1]


def _turns_right(a: Point, b: Point, c: Point) -> bool:
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x) <= 0
