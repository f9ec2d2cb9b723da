"""Somebody on their back, seen from beyond their feet and from above: what a view from the side cannot show is how far
both knees roll to one side, and whether the shoulders stay down.

Points are places on the floor: x to the right of the picture, which is the person's left; y towards the head. Degrees
of rolling are positive to the person's right.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from clinic.drawings.geometry import Point


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontLeg:
    stands: Point
    """Under the ankle of the flat foot; its toes point away from the head."""
    roll: float = 0
    """Of the bent knee, about the line from the hip to the ankle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontArm:
    """It lies on the mat."""

    out: float
    """Of the side of the body: 0 alongside it, 90 straight out."""
    elbow: float = 0
    """Bend, which brings the hand nearer to the head."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontPose:
    hips: Point
    pelvis: float = 0
    """Roll of the pelvis; what is between it and the chest turns from the one to the other."""
    chest: float = 0
    """Roll of the chest: a shoulder lifts."""
    right_leg: FrontLeg
    left_leg: FrontLeg
    right_arm: FrontArm
    left_arm: FrontArm


def front_pose(told: Mapping[str, Any]) -> FrontPose:
    """The pose of a picture with `view: front` in a file. Raises KeyError or TypeError for what is missing."""
    body = dict(told["body"])
    return FrontPose(
        hips=Point(*body.pop("hips")),
        right_leg=_leg(**told["right_leg"]),
        left_leg=_leg(**told["left_leg"]),
        right_arm=FrontArm(**told["right_arm"]),
        left_arm=FrontArm(**told["left_arm"]),
        **body,
    )


def _leg(stands: tuple[float, float], roll: float = 0) -> FrontLeg:
    return FrontLeg(stands=Point(*stands), roll=roll)
