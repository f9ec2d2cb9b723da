"""Where on a picture there is room for words or a sign, so that they cover neither the person nor a thing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple

from clinic.drawings.geometry import Outline, Point

STEP = 10
"""Units between the points at which outlines are looked at: much less than any sign is high."""

FARTHEST = 3000
"""Beyond all that may be drawn."""

ABOVE_FLOOR = 2


class Box(NamedTuple):
    left: float
    bottom: float
    right: float
    top: float

    def holds(self, point: Point) -> bool:
        return self.left <= point.x <= self.right and self.bottom <= point.y <= self.top

    def nearest(self, point: Point) -> Point:
        return Point(min(max(point.x, self.left), self.right), min(max(point.y, self.bottom), self.top))

    @property
    def middle(self) -> Point:
        return Point((self.left + self.right) / 2, (self.bottom + self.top) / 2)


def room_near(point: Point, size: tuple[float, float], taken: Sequence[Outline], *, apart: float) -> Box:
    """A box of this width and height near the point, at least so far apart from it, that overlaps nothing taken.

    Of several, the one from which a line to the point runs shortest and least over what is taken.
    """
    edges = [edge for outline in taken for edge in _along(outline)]
    found: list[Box] = []
    for direction in range(0, 360, 20):
        ways = (_around(point.toward(direction, apart + STEP * more), size) for more in range(FARTHEST // STEP))
        found += islice((box for box in ways if _is_free(box, edges, taken)), 1)
    return min(found, key=lambda box: _cost(box, point, taken))


def _is_free(box: Box, edges: list[Point], taken: Sequence[Outline]) -> bool:
    return box.bottom > ABOVE_FLOOR and not any(map(box.holds, edges)) and not _inside(box.middle, taken)


def _cost(box: Box, point: Point, taken: Sequence[Outline]) -> float:
    end = box.nearest(point)
    line = _between(point, end)
    return end.minus(point).length + 2 * STEP * sum(_inside(one, taken) for one in line)


def _around(middle: Point, size: tuple[float, float]) -> Box:
    width, height = size
    return Box(middle.x - width / 2, middle.y - height / 2, middle.x + width / 2, middle.y + height / 2)


def _along(outline: Outline) -> Iterable[Point]:
    for start, end in zip(outline, (*outline[1:], outline[0]), strict=True):
        yield from _between(start, end)


def _between(start: Point, end: Point) -> list[Point]:
    way = end.minus(start)
    count = int(way.length // STEP) + 1
    return [start.plus(way, step / count) for step in range(count)]


def _inside(point: Point, outlines: Iterable[Outline]) -> bool:
    return any(_surrounds(outline, point) for outline in outlines)


def _surrounds(outline: Outline, point: Point) -> bool:
    """Whether a line from the point to the right crosses the outline an odd number of times."""
    inside = False
    for a, b in zip(outline, (*outline[1:], outline[0]), strict=True):
        if (a.y > point.y) != (b.y > point.y) and point.x < a.x + (point.y - a.y) / (b.y - a.y) * (b.x - a.x):
            inside = not inside
    return inside
