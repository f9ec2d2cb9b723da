"""Round limbs in space as outlines on the drawing plane: a ball looks the same from everywhere, so a limb that tapers
from one ball to the next keeps its thickness however short it looks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import acos, atan2, cos, degrees, radians
from typing import NamedTuple

from clinic.drawings.figure.front.skeleton import SpaceBone
from clinic.drawings.figure.front.space import Place, seen
from clinic.drawings.geometry import Bone, Outline, Point

STEP = 60.0
"""Degrees of a circle drawn by one bend, at most."""


class Ball(NamedTuple):
    middle: Place
    radius: float


class Disc(NamedTuple):
    """A ball as it is seen."""

    middle: Point
    radius: float


def limb(bone: SpaceBone, *radii: tuple[float, float]) -> tuple[Outline, ...]:
    """Along a bone: balls of a radius at each share of its length."""
    return skin_over([Ball(bone.start.toward(bone.end, share), radius) for share, radius in radii])


def skin_over(balls: Sequence[Ball]) -> tuple[Outline, ...]:
    """One shape around each ball and the next. Those that share a ball meet without a notch."""
    discs = [Disc(seen(ball.middle), ball.radius) for ball in balls]
    return tuple(around(one, other) for one, other in pairwise(discs))


def around(one: Disc, other: Disc) -> Outline:
    """The line drawn tight round two discs; round the larger where the other does not stick out."""
    step = other.middle.minus(one.middle)
    if step.length <= abs(one.radius - other.radius) + 0.1:
        return tuple(_arc(max(one, other, key=lambda disc: disc.radius), 0, 360))
    heading = degrees(atan2(step.y, step.x))
    half = degrees(acos((one.radius - other.radius) / step.length))
    return (*_arc(one, heading + half, heading + 360 - half), *_arc(other, heading - half, heading + half))


def _arc(disc: Disc, start: float, end: float) -> Iterator[Point]:
    """Pulls of the arc from one direction to another, and one more at either end that makes what follows straight."""
    steps = max(1, -int(-(end - start) // STEP))
    each = (end - start) / steps
    pulled = disc.radius / cos(radians(each / 2))
    pulls = [disc.middle.toward(start + each * (number + 0.5), pulled) for number in range(steps)]
    if end - start == 360:  # a whole circle has no ends
        return (pull.on_grid() for pull in pulls)
    first, last = (disc.middle.toward(way, disc.radius) for way in (start, end))
    return (pull.on_grid() for pull in (_beyond(pulls[0], first), *pulls, _beyond(pulls[-1], last)))


def _beyond(pull: Point, touched: Point) -> Point:
    """As far on the other side of where a line touches the circle."""
    return touched.plus(touched.minus(pull))


def tube(bone: SpaceBone, *radii: tuple[float, float]) -> Outline:
    """The same between two shares of a bone, cut straight at both: a sleeve, the leg of leggings."""
    line = Bone(seen(bone.start), seen(bone.end))
    (upper, wide), (lower, narrow) = ((share * line.length, radius) for share, radius in radii)
    front = [(upper, wide)] * 2 + [(lower, narrow)] * 2
    return line.outline([*front, *((along, -across) for along, across in reversed(front))])
