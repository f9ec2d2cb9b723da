"""Somebody on their back, as bones in space: each as long as in skeleton.py, however short it looks."""

from __future__ import annotations

from math import cos, radians, sin, sqrt
from typing import NamedTuple

from clinic.drawings.figure.front.pose import FrontArm, FrontLeg, FrontPose
from clinic.drawings.figure.front.space import Place
from clinic.drawings.figure.reach import A_CM
from clinic.drawings.figure.skeleton import (
    ANKLE_HEIGHT,
    FOREARM,
    FOREFOOT,
    HAND,
    HEAD,
    NECK,
    PELVIS,
    SHIN,
    THIGH,
    THORAX,
    UPPER_ARM,
)

MAT_TOP = 10.0
BACK, SKULL = 30.0, 26.0
"""Half a trunk and half a head above the mat."""

HIP, SHOULDER = 18.5, 38.0
"""From the middle of the body to either joint."""

BELOW_NECK = 10.0
"""How much nearer to the feet the shoulder joints are than the top of the chest."""

ELBOW_HEIGHT, WRIST_HEIGHT = 10.0, 8.0


class SpaceBone(NamedTuple):
    start: Place
    end: Place

    @property
    def length(self) -> float:
        return self.end.minus(self.start).length


class FrontLegBones(NamedTuple):
    thigh: SpaceBone
    shin: SpaceBone
    foot: SpaceBone


class FrontArmBones(NamedTuple):
    upper_arm: SpaceBone
    forearm: SpaceBone
    hand: SpaceBone


class FrontSkeleton(NamedTuple):
    head: SpaceBone
    neck: SpaceBone
    thorax: SpaceBone
    pelvis: SpaceBone
    right_leg: FrontLegBones
    left_leg: FrontLegBones
    right_arm: FrontArmBones
    left_arm: FrontArmBones


def front_skeleton(pose: FrontPose) -> FrontSkeleton:
    """Raises ValueError where a foot is out of reach."""
    hips = Place(pose.hips.x, pose.hips.y, MAT_TOP + BACK)
    waist, shoulders = hips.plus(Place(0, PELVIS, 0)), hips.plus(Place(0, PELVIS + THORAX, 0))
    fall = BACK - SKULL
    skull = shoulders.plus(Place(0, sqrt(NECK**2 - fall**2), -fall))
    joints = shoulders.plus(Place(0, -BELOW_NECK, 0))
    return FrontSkeleton(
        head=SpaceBone(skull.plus(Place(0, HEAD, 0)), skull),
        neck=SpaceBone(skull, shoulders),
        thorax=SpaceBone(shoulders, waist),
        pelvis=SpaceBone(waist, hips),
        right_leg=_leg("right", beside(hips, -HIP, pose.pelvis), pose.right_leg),
        left_leg=_leg("left", beside(hips, HIP, pose.pelvis), pose.left_leg),
        right_arm=_arm(beside(joints, -SHOULDER, pose.chest), pose.right_arm, -1),
        left_arm=_arm(beside(joints, SHOULDER, pose.chest), pose.left_arm, 1),
    )


def beside(middle: Place, across: float, roll: float) -> Place:
    """So far to the person's left of the body's middle, which is rolled to the right: the left side lifts."""
    return middle.plus(Place(across * cos(radians(roll)), 0, across * sin(radians(roll))))


def _leg(side: str, hip: Place, leg: FrontLeg) -> FrontLegBones:
    ankle = Place(leg.stands.x, leg.stands.y, MAT_TOP + ANKLE_HEIGHT)
    knee = _knee(side, hip, ankle, leg.roll)
    sole = Place(ankle.x, ankle.y - FOREFOOT, ankle.z)
    return FrontLegBones(SpaceBone(hip, knee), SpaceBone(knee, ankle), SpaceBone(ankle, sole))


def _knee(side: str, hip: Place, ankle: Place, roll: float) -> Place:
    """On the circle about the line from hip to ankle: highest where it is not rolled."""
    away = ankle.minus(hip).length
    if (short := away - THIGH - SHIN) > 0:
        raise ValueError(f"{side} leg: {short / A_CM:.1f} cm out of reach")
    line = ankle.minus(hip).unit()
    along = (THIGH**2 + away**2 - SHIN**2) / (2 * away)
    above = Place(0, 0, 1).plus(line, -line.z).unit()
    sideways = line.cross(above)
    turn = radians(roll)
    outward = Place(0, 0, 0).plus(above, cos(turn)).plus(sideways, sin(turn))
    return hip.plus(line, along).plus(outward, sqrt(THIGH**2 - along**2))


def _arm(shoulder: Place, arm: FrontArm, side: int) -> FrontArmBones:
    """`side`: -1 for the right arm, 1 for the left one. Elbow and wrist rest on the mat."""
    elbow = _lying(shoulder, UPPER_ARM, MAT_TOP + ELBOW_HEIGHT, side * arm.out)
    beyond = side * (arm.out + arm.elbow)
    wrist = _lying(elbow, FOREARM, MAT_TOP + WRIST_HEIGHT, beyond)
    fingertips = _lying(wrist, HAND, MAT_TOP + WRIST_HEIGHT, beyond)
    return FrontArmBones(SpaceBone(shoulder, elbow), SpaceBone(elbow, wrist), SpaceBone(wrist, fingertips))


def _lying(start: Place, length: float, height: float, out: float) -> Place:
    """The end of a bone that goes down to a height, turned out from the way to the feet."""
    level = sqrt(length**2 - (start.z - height) ** 2)
    return Place(start.x + level * sin(radians(out)), start.y - level * cos(radians(out)), height)
