"""Smooth lines through points, on the drawing plane of geometry.py. Two shapes that share a line share it exactly."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from clinic.drawings.geometry import Outline, Point
from clinic.drawings.paths import tenths


class Arc(NamedTuple):
    """One cubic Bézier."""

    start: Point
    leaving: Point
    arriving: Point
    end: Point

    def back(self) -> Arc:
        return Arc(self.end, self.arriving, self.leaving, self.start)

    def at(self, share: float) -> Point:
        """The point so far along: 0 is the start, 1 the end."""
        rest = 1 - share
        weights = (rest**3, 3 * rest * rest * share, 3 * rest * share * share, share**3)
        return Point(
            sum(w * p.x for w, p in zip(weights, self, strict=True)),
            sum(w * p.y for w, p in zip(weights, self, strict=True)),
        )


Contour = tuple[Arc, ...]


def through(*points: Point) -> Contour:
    """The smooth line through these points, from the first to the last."""
    before, after = (points[0], *points[:-1]), (*points[1:], points[-1])
    headings = [_unit(b.minus(a)) for a, b in zip(before, after, strict=True)]
    return tuple(_arc(points[i], headings[i], points[i + 1], headings[i + 1]) for i in range(len(points) - 1))


def stretch(contour: Contour, start: Point, end: Point) -> Contour:
    """What of a line lies between two of its points, in that direction. Raises ValueError for any other point."""
    points = [contour[0].start, *(arc.end for arc in contour)]
    first, last = points.index(start), points.index(end)
    if first < last:
        return contour[first:last]
    return tuple(arc.back() for arc in reversed(contour[last:first]))


def mirrored(contour: Contour) -> Contour:
    """The same on the other side of the body's middle."""
    return tuple(Arc(*(Point(-point.x, point.y) for point in arc)) for arc in contour)


def corners(contour: Contour, steps: int = 8) -> Outline:
    """Points along the line, close enough together to measure it by."""
    return tuple(arc.at(step / steps) for arc in contour for step in range(steps))


def middle(contour: Contour) -> Point:
    """The centre of gravity of what the line goes around."""
    points = corners(contour)
    pairs = [(a, b, a.x * b.y - b.x * a.y) for a, b in zip(points, (*points[1:], points[0]), strict=True)]
    whole = 3 * sum(cross for _, _, cross in pairs)
    return Point(
        sum((a.x + b.x) * cross for a, b, cross in pairs) / whole,
        sum((a.y + b.y) * cross for a, b, cross in pairs) / whole,
    )


def path(contour: Sequence[Arc], *, closed: bool = True) -> str:
    """The line as SVG path data, in tenths of a unit and with y pointing down."""
    parts = ["M" + _pair(contour[0].start), *(_bent(arc) for arc in contour)]
    return "".join(parts).replace(" -", "-") + ("z" if closed else "")


def _arc(start: Point, leaving: Point, end: Point, arriving: Point) -> Arc:
    third = end.minus(start).length / 3
    return Arc(start, start.plus(leaving, third), end.plus(arriving, -third), end)


def _unit(step: Point) -> Point:
    return Point(step.x / step.length, step.y / step.length)


def _bent(arc: Arc) -> str:
    x, y = tenths(arc.start.x), tenths(arc.start.y)
    return "c" + " ".join(f"{tenths(point.x) - x} {y - tenths(point.y)}" for point in arc[1:])


def _pair(point: Point) -> str:
    return f"{tenths(point.x)} {tenths(-point.y)}"
