"""Each part of the body in its place on the drawing: its ring, laid along its bone."""

from __future__ import annotations

from clinic.drawings.figure import rings, turned_head
from clinic.drawings.figure.skeleton import ArmBones, LegBones, Skeleton
from clinic.drawings.geometry import Bone, Outline, Point, hull, turn

ON_CHEST = 70
"""Units from the shoulder to a wrist that is no farther than that from the chest: the elbow is bent by 117° or more."""

FOLDED = 10
"""Degrees at the waist from which cloth lies in a fold."""


def leg(bones: LegBones) -> tuple[Outline, ...]:
    return bones.thigh.outline(rings.THIGH_RING), bones.shin.outline(rings.SHIN_RING)


def foot(bones: LegBones) -> Outline:
    return bones.foot.outline(rings.FOOT_RING)


def toes(bones: LegBones) -> Outline:
    """A line, not a shape."""
    return bones.foot.outline(rings.TOES)


def seat(pelvis: Bone) -> Outline:
    return pelvis.outline(rings.SEAT_RING)


def below_seat(pelvis: Bone, thigh: Bone) -> Outline:
    """From the seat to the back of the thigh: straight, since cloth spans what is between."""
    corners = hull([*pelvis.outline(rings.SEAT_FOLD), *thigh.outline(rings.THIGH_FOLD)])
    return tuple(corner for corner in corners for _ in range(2))


def arm(bones: ArmBones) -> tuple[Outline, ...]:
    return (
        bones.upper_arm.outline(rings.UPPER_ARM_RING),
        bones.forearm.outline(rings.FOREARM_RING),
        bones.hand.outline(_palm_down(bones, rings.HAND_RING)),
    )


def grip(bones: ArmBones) -> tuple[Outline, ...]:
    """The thumb and the fingers: lines, not shapes."""
    return tuple(bones.hand.outline(_palm_down(bones, line)) for line in (rings.THUMB, rings.FINGERS))


def _palm_down(bones: ArmBones, ring: rings.Ring) -> rings.Ring:
    """Brought back to one's own chest the hand is turned over, so that the palm lies on it."""
    reach = bones.forearm.end.minus(bones.upper_arm.start).length
    return ring if reach > ON_CHEST else tuple((along, -front) for along, front in ring)


def sleeve(upper_arm: Bone) -> Outline:
    return upper_arm.outline(rings.SLEEVE_RING)


def sleeve_edge(upper_arm: Bone) -> Outline:
    """What shows of the sleeve against the chest: its front, its hem and its back."""
    return upper_arm.outline(rings.SLEEVE_EDGE)


def shirt(bones: Skeleton, fuller: float = 0) -> Outline:
    """Over thorax and pelvis, so many units fuller in front than usual; its back follows the seat, so that the two
    share one silhouette.
    """
    *front, above_belly = bones.thorax.outline(rings.SHIRT_COLLAR + rings.shirt_chest(fuller))
    above_waist, *back = bones.thorax.outline(rings.SHIRT_BACK)
    bent = turn(bones.pelvis, bones.right_leg.thigh)
    below_belly, *hem, below_waist = bones.pelvis.outline(rings.shirt_hem(bent, fuller))
    arched = turn(bones.thorax, bones.pelvis)
    in_front = _over_fold(above_belly, below_belly, -arched)
    behind = _over_fold(below_waist, above_waist, arched)
    return *front, *in_front, *hem, *behind, *back


def _over_fold(one: Point, other: Point, folded: float) -> Outline:
    """Two points on either side of a fold. One takes their place where it closes: cloth makes a bow there, no notch."""
    return (one, other) if folded < FOLDED else (one.plus(other.minus(one), 0.5).on_grid(),)


def head_and_neck(bones: Skeleton) -> tuple[Outline, ...]:
    head = turned_head.head(bones.head) if bones.turned else bones.head.outline(rings.HEAD_RING)
    return bones.neck.outline(rings.NECK_RING), head


def hair(bones: Skeleton) -> tuple[Outline, ...]:
    if bones.turned:
        return turned_head.hair("bun", bones.head)
    return bones.head.outline(rings.HAIR_RING), bones.head.outline(rings.BUN_RING)


def beard(head: Bone) -> Outline:
    return head.outline(rings.BEARD_RING)


def ear(head: Bone) -> Outline:
    return head.outline(rings.EAR_RING)


def face(head: Bone) -> tuple[Outline, ...]:
    """Lines, not shapes."""
    return tuple(head.outline(line) for line in (rings.CLOSED_EYE, rings.BROW, rings.MOUTH, rings.JAW))
