"""From where a hand or a foot is to the angles that bring it there, so that a pose file can say either."""

from __future__ import annotations

from math import acos, atan2, degrees

from clinic.drawings.figure.pose import Arm, Leg
from clinic.drawings.figure.skeleton import FOREARM, SHIN, THIGH, UPPER_ARM
from clinic.drawings.geometry import Point

A_CM = 400 / 170
"""Units in a centimetre of somebody of 170 cm."""


def leg_to(ankle: Point, sole: float, *, hips: Point, pelvis: float) -> Leg:
    """The leg whose ankle is at this point, knee to the front, with the sole in this direction (0: flat, toes to the
    right). `pelvis`: the direction from the hips to the waist. Raises ValueError where the leg is too short for it.
    """
    line, apart, knee = _two_bones(hips, ankle, THIGH, SHIN)
    thigh = line + apart
    return Leg(hip=_turn(thigh - pelvis - 180), knee=knee, ankle=_turn(sole - (thigh - knee) - 90))


def arm_to(wrist: Point, hand: float | None, *, shoulders: Point, thorax: float) -> Arm:
    """The arm whose wrist is at this point, elbow to the back, with the hand in this direction; None: as the forearm.
    `thorax`: the direction from the waist to the shoulders. Raises ValueError where the arm is too short for it.
    """
    line, apart, elbow = _two_bones(shoulders, wrist, UPPER_ARM, FOREARM)
    upper_arm = line - apart
    bent = 0 if hand is None else _turn(hand - upper_arm - elbow)
    return Arm(shoulder=_turn(upper_arm - thorax - 180, least=-90), elbow=elbow, wrist=bent)


def _two_bones(start: Point, end: Point, upper: float, lower: float) -> tuple[float, float, float]:
    """The direction from start to end, how far the upper bone is turned out of it, and how the lower one is bent."""
    step = end.minus(start)
    if (short := step.length - upper - lower) > 0:
        raise ValueError(f"{short / A_CM:.1f} cm out of reach")
    if (near := abs(upper - lower) - step.length) > 0:
        raise ValueError(f"{near / A_CM:.1f} cm too near")
    apart = acos((upper**2 + step.length**2 - lower**2) / (2 * upper * step.length))
    inner = acos((upper**2 + lower**2 - step.length**2) / (2 * upper * lower))
    return degrees(atan2(step.y, step.x)), degrees(apart), 180 - degrees(inner)


def _turn(angle: float, least: float = -180) -> float:
    """The same turn between `least` and a whole one more."""
    return (angle - least) % 360 + least
