"""Arrows: the way something moves."""

from __future__ import annotations

from clinic.drawings.figure.pose import Arrow
from clinic.drawings.geometry import Bend, Bone, Outline, Point
from clinic.drawings.paths import straight, swing

BARB = 11
DARK, LIGHT = "#25302f", "#fdf3e4"
"""Of its own colours, since it may lie on a mat, which stays light on a dark page."""


def arrow(one: Arrow) -> str:
    """A dark line from tail to tip with its two barbs, and a light rim."""
    near, far = _barbs(one)
    way = swing(Bend(one.tail, _pull(one), one.tip)) + straight(near, one.tip, far)
    shape = f'fill="none" stroke-linecap="round" stroke-linejoin="round" d="{way}"'
    return f'<path stroke="{LIGHT}" stroke-width="95" {shape}/><path stroke="{DARK}" stroke-width="40" {shape}/>'


def points(one: Arrow) -> Outline:
    """Round where it goes: its ends, the middle of its swing and its barbs."""
    straight_middle = _between(one.tail, one.tip)
    near, far = _barbs(one)
    return one.tail, _between(straight_middle, _pull(one)), near, one.tip, far


def _barbs(one: Arrow) -> tuple[Point, Point]:
    back = Bone(one.tip, _pull(one))
    return back.at(BARB, BARB * 0.75), back.at(BARB, -BARB * 0.75)


def _pull(one: Arrow) -> Point:
    """What draws it out of the straight: twice as far as the line itself goes."""
    way = Bone(one.tail, one.tip)
    return way.at(way.length / 2, 2 * one.bend)


def _between(a: Point, b: Point) -> Point:
    return Point((a.x + b.x) / 2, (a.y + b.y) / 2)
