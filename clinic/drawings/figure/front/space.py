"""Places in space, and how they look from beyond the feet of somebody who lies on their back.

x and y are those of the floor, z is the height above it. Nothing looks smaller for being farther away.
"""

from __future__ import annotations

from math import cos, radians, sin, sqrt
from typing import NamedTuple

from clinic.drawings.geometry import Point

DOWNWARD = 62.0
"""Degrees by which the eye looks down: 90 is from the ceiling, where bent knees look like short legs."""


class Place(NamedTuple):
    x: float
    y: float
    z: float

    def plus(self, other: Place, times: float = 1) -> Place:
        return Place(self.x + other.x * times, self.y + other.y * times, self.z + other.z * times)

    def minus(self, other: Place) -> Place:
        return self.plus(other, -1)

    def dot(self, other: Place) -> float:
        return self.x * other.x + self.y * other.y + self.z * other.z

    def cross(self, other: Place) -> Place:
        return Place(
            self.y * other.z - self.z * other.y,
            self.z * other.x - self.x * other.z,
            self.x * other.y - self.y * other.x,
        )

    @property
    def length(self) -> float:
        return sqrt(self.dot(self))

    def unit(self) -> Place:
        return Place(self.x / self.length, self.y / self.length, self.z / self.length)

    def toward(self, other: Place, share: float) -> Place:
        """The place so far on the way to the other one: 0 is here, 1 there."""
        return self.plus(other.minus(self), share)


def seen(place: Place) -> Point:
    """Where a place is on the drawing plane."""
    angle = radians(DOWNWARD)
    return Point(place.x, place.y * sin(angle) + place.z * cos(angle))
