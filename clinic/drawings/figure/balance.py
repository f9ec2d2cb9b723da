"""Where the weight of the body is, and whether what carries it is below.

Masses of the segments and where their centres are: Winter, Biomechanics and Motor Control of Human Movement, table 4.1
(after Dempster), the book our bone lengths are from.
"""

from __future__ import annotations

from collections.abc import Iterable

from clinic.drawings.figure.skeleton import ArmBones, LegBones, Skeleton
from clinic.drawings.geometry import Bone, Point

HEAD_AND_NECK, THORAX_AND_ABDOMEN, PELVIS = (0.081, 0.67), (0.355, 0.63), (0.142, 0.105)
THIGH, SHANK, FOOT = (0.100, 0.433), (0.0465, 0.433), (0.0145, 0.5)
UPPER_ARM, FOREARM, HAND = (0.028, 0.436), (0.016, 0.430), (0.006, 0.506)
"""The share of the body's mass, and how far down the bone its centre is. Winter has the head's at the ear, 0.67 of
our bone from the crown down; our thorax stands for his segment from C7 to L4, our pelvis for that from L4 to the hips.
"""


def centre_of_mass(bones: Skeleton) -> Point:
    shares = [
        (bones.head, HEAD_AND_NECK),
        (bones.thorax, THORAX_AND_ABDOMEN),
        (bones.pelvis, PELVIS),
        *_of_leg(bones.right_leg),
        *_of_leg(bones.left_leg),
        *_of_arm(bones.right_arm),
        *_of_arm(bones.left_arm),
    ]
    centre = Point(0, 0)
    for bone, (mass, down) in shares:
        centre = centre.plus(bone.start, mass * (1 - down)).plus(bone.end, mass * down)
    return centre


def off_balance(centre: Point, carried: Iterable[Point]) -> float:
    """How far the centre of mass is in front of all that carries the body (behind it: negative), in units; 0 above it.
    Infinite where nothing carries it.
    """
    along = [point.x for point in carried]
    if not along:
        return float("inf")
    return max(centre.x - max(along), 0) + min(centre.x - min(along), 0)


def _of_leg(leg: LegBones) -> Iterable[tuple[Bone, tuple[float, float]]]:
    return zip(leg, (THIGH, SHANK, FOOT), strict=True)


def _of_arm(arm: ArmBones) -> Iterable[tuple[Bone, tuple[float, float]]]:
    return zip(arm, (UPPER_ARM, FOREARM, HAND), strict=True)
