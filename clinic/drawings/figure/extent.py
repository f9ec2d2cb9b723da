"""How much of the world a picture shows, and where in it there is room for words and signs."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from clinic.drawings.figure import arrows, body, feels, props
from clinic.drawings.figure.pose import Picture
from clinic.drawings.figure.room import Box, room_near
from clinic.drawings.geometry import Outline, Point

MARGIN = 14
SIGN = 46
"""How wide the sign of a mistake is."""


class Room(NamedTuple):
    """What is written into a picture, each where it covers nothing; None where it has none."""

    words: Box | None
    sign: Box | None


@lru_cache(maxsize=400)
def room(picture: Picture, felt: str) -> Room:
    """For the words where it is felt, and for the sign of a mistake."""
    taken = _uncovered(picture)
    words = sign = None
    if felt and picture.feels:
        first = body.place(picture.feels[0], picture.pose)
        words = room_near(first, feels.size_of(felt), taken, apart=30)
    if picture.wrong:
        sign = room_near(body.before_face(picture.pose), (SIGN, SIGN), taken, apart=0)
    return Room(words, sign)


def view(pictures: Iterable[Picture], felt: str) -> Box:
    """Everything drawn in any of them, with a margin around it; below, the floor is the edge."""
    shown = [point for picture in pictures for point in _points(picture, felt)]
    left, right = min(point.x for point in shown), max(point.x for point in shown)
    return Box(left - MARGIN, -MARGIN, right + MARGIN, max(point.y for point in shown) + MARGIN)


def across(picture: Picture) -> tuple[float, float]:
    """From the left end of all that is drawn, but for words and signs, to its right end."""
    xs = [point.x for outline in _drawn(picture) for point in outline]
    return min(xs), max(xs)


def _points(picture: Picture, felt: str) -> list[Point]:
    signs = [
        Point(x, y) for box in room(picture, felt) if box for x in (box.left, box.right) for y in (box.bottom, box.top)
    ]
    return [*signs, *(point for outline in _drawn(picture) for point in outline)]


def _drawn(picture: Picture) -> list[Outline]:
    """The person, the things, the arrows."""
    return [*map(props.around, body.things(picture)), *_uncovered(picture)]


def _uncovered(picture: Picture) -> list[Outline]:
    """What words and signs may not cover. A mat seen from above gives them room."""
    things = [thing for thing in body.things(picture) if picture.view == "side" or thing.kind != "mat"]
    return [
        *body.silhouette(picture.pose),
        *(body.silhouette(picture.behind.pose) if picture.behind else ()),
        *map(arrows.points, picture.arrows),
        *(tuple(ringed.toward(way, feels.RING) for way in (0, 90, 180, 270)) for ringed in body.mistaken(picture)),
        *map(props.around, things),
    ]
