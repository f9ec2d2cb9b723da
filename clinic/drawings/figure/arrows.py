"""Arrows: the way something moves."""

from __future__ import annotations

from clinic.drawings.figure.pose import Arrow
from clinic.drawings.geometry import Bend, Bone, Outline, Point
from clinic.drawings.paths import straight, swing

BARB = 11


def arrow(one: Arrow) -> str:
    """A line from tail to tip with its two barbs, in the colour of the text around the picture."""
    pull = _pull(one)
    back = Bone(one.tip, pull)
    barbs = straight(back.at(BARB, BARB * 0.75), one.tip, back.at(BARB, -BARB * 0.75))
    return (
        '<path fill="none" stroke="currentColor" stroke-width="40" stroke-linecap="round" stroke-linejoin="round"'
        f' d="{swing(Bend(one.tail, pull, one.tip))}{barbs}"/>'
    )


def points(one: Arrow) -> Outline:
    """Where it goes: its ends and the middle of its swing."""
    straight_middle = _between(one.tail, one.tip)
    return one.tail, _between(straight_middle, _pull(one)), one.tip


def _pull(one: Arrow) -> Point:
    """What draws it out of the straight: twice as far as the line itself goes."""
    way = Bone(one.tail, one.tip)
    return way.at(way.length / 2, 2 * one.bend)


def _between(a: Point, b: Point) -> Point:
    return Point((a.x + b.x) / 2, (a.y + b.y) / 2)
