"""Each part of somebody on their back in its place on the drawing, seen from beyond their feet."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, radians, sin, sqrt
from typing import NamedTuple

from clinic.drawings.figure.front.hair import Ring
from clinic.drawings.figure.front.pose import FrontPose
from clinic.drawings.figure.front.shapes import Ball, limb, skin_over, tube
from clinic.drawings.figure.front.skeleton import BACK, MAT_TOP, FrontArmBones, FrontLegBones, FrontSkeleton, SpaceBone
from clinic.drawings.figure.front.space import Place, seen
from clinic.drawings.geometry import Bone, Outline, Point


class Girth(NamedTuple):
    """Half the width and half the depth of the trunk, so many units from the hips towards the head."""

    along: float
    wide: float
    deep: float


_HEM = Girth(6, 37.5, 28)
_COLLAR = Girth(124, 13, 9)
SHIRT = (
    _HEM,
    _HEM,
    Girth(20, 36.5, 28),
    Girth(42, 31.5, 24),
    Girth(64, 35, 26),
    Girth(84, 38.5, 28),
    Girth(98, 41, 27),
    Girth(106, 46, 22),
    Girth(114, 46, 14),
    Girth(119, 34, 12),
    Girth(122, 20, 10),
    _COLLAR,
    _COLLAR,
)
SEAT = (Girth(-14, 26, 20), Girth(-8, 36, 28), Girth(6, 38.5, 29), Girth(22, 33, 26), Girth(30, 27, 20))
NECKLINE = 115.0
WAIST, ARMPITS = 42.0, 98.0
PELVIS_TOP, CHEST_BOTTOM = 12.0, 80.0
"""Between them the trunk turns from the roll of the pelvis to that of the chest."""

BUN = 9.5


class Sole(NamedTuple):
    """A ball of the foot: so far from the ankle towards the toes, so far to the side of the big toe."""

    away: float
    inward: float
    radius: float


HEEL = Sole(-6, 0, 8)
FOREFOOT = (Sole(25, -5.5, 6.5), Sole(27, 4.5, 7.5))
TOES = (Sole(41, 6.2, 4.4), Sole(40.5, -0.8, 3), Sole(38.5, -5, 2.8), Sole(35.5, -8.6, 2.7), Sole(32, -11.2, 2.5))
"""The big one first."""


def trunk(pose: FrontPose, girths: Sequence[Girth], broader: float = 0) -> Outline:
    """Up the person's left side and down the right one; so many units broader at the waist."""
    girths = [_of_build(girth, broader) for girth in girths]
    left = [_rim(pose, girth, 1) for girth in girths]
    right = [_rim(pose, girth, -1) for girth in reversed(girths)]
    return (*left, *right)


def shirt(pose: FrontPose, broader: float) -> Outline:
    """With a round neckline."""
    dip = [_rim(pose, Girth(NECKLINE, 5, 4), side) for side in (1, -1)]
    half = len(SHIRT)
    edge = trunk(pose, SHIRT, broader)
    return (*edge[:half], *dip, *edge[half:])


def sleeve(arm: FrontArmBones) -> tuple[Outline, ...]:
    return (*limb(arm.upper_arm, (0, 12.4), (0.3, 12.8)), tube(arm.upper_arm, (0.1, 12.8), (0.56, 13)))


def arm(bones: FrontArmBones) -> tuple[Outline, ...]:
    upper = limb(bones.upper_arm, (0.3, 10), (1, 9))
    return (*upper, *limb(bones.forearm, (0, 9), (0.28, 9.8), (1, 6.2)))


def hand(bone: SpaceBone) -> tuple[Outline, ...]:
    """Palm down, fingers together, the thumb on the side of the feet."""
    fingers = limb(bone, (0, 6.2), (0.35, 8.6), (0.75, 7), (0.94, 4))
    step = bone.end.minus(bone.start).unit()
    inward = Place(step.y, -step.x, 0) if step.x > 0 else Place(-step.y, step.x, 0)
    root, tip = bone.start.toward(bone.end, 0.2), bone.start.toward(bone.end, 0.58)
    thumb = skin_over([Ball(root.plus(inward, 3), 3.6), Ball(tip.plus(inward, 9.5), 2.9)])
    return (*fingers, *thumb)


def fingers(bone: SpaceBone) -> tuple[Outline, ...]:
    """The lines between them."""
    line = Bone(seen(bone.start), seen(bone.end))
    rows = ((-2.9, 0.9), (0, 0.96), (2.9, 0.9))
    return tuple(
        line.outline([(line.length * 0.58, across), (line.length * end, across * 0.8)]) for across, end in rows
    )


def thigh(bones: FrontLegBones) -> tuple[Outline, ...]:
    return limb(bones.thigh, (0, 20.5), (0.45, 19), (1, 15.2))


def lower_leg(bones: FrontLegBones) -> tuple[Outline, ...]:
    """In leggings that end above the ankle."""
    calf = limb(bones.shin, (0, 15.2), (0.3, 14.6), (0.78, 10.4))
    return (*calf, tube(bones.shin, (0.7, 11.2), (0.94, 9.6)))


def foot(bones: FrontLegBones, inner: int, roll: float) -> tuple[Outline, ...]:
    """`inner`: 1 where the big toe is to the person's left, -1 for the other foot. `roll`: onto its edge."""
    ankle = Ball(bones.foot.start, 8)
    shin = Ball(bones.shin.start.toward(bones.shin.end, 0.9), 7.6)
    heel, *balls = (_on_sole(ankle.middle, one, inner, roll) for one in (HEEL, *FOREFOOT))
    toes = (_on_sole(ankle.middle, one, inner, roll) for one in TOES)
    roots = (balls[1], *([balls[0]] * 4))
    sole = (shin, ankle, heel, balls[1], ankle, balls[0], balls[1])
    return (*skin_over(sole), *(outline for pair in zip(roots, toes, strict=True) for outline in skin_over(pair)))


def on_head(bones: FrontSkeleton, *rings: Ring) -> tuple[Outline, ...]:
    """Rings about the middle of the head. Seen half from below, a head looks about as tall as it is."""
    middle = seen(bones.head.start.toward(bones.head.end, 0.58))
    return tuple(tuple(middle.plus(Point(*point)).on_grid() for point in ring) for ring in rings)


def neck(bones: FrontSkeleton) -> tuple[Outline, ...]:
    return limb(bones.neck, (-0.2, 10), (0.5, 10.5), (1.1, 13))


def bun(bones: FrontSkeleton) -> tuple[Outline, ...]:
    crown = bones.head.start
    return skin_over([Ball(crown, BUN), Ball(crown.plus(Place(0, 7, 0)), BUN)])


def _of_build(girth: Girth, broader: float) -> Girth:
    """All of it at the waist, none from the armpits on."""
    share = max(0.0, 1 - abs(girth.along - WAIST) / (ARMPITS - WAIST))
    return girth._replace(wide=girth.wide + broader * share)


def _rim(pose: FrontPose, girth: Girth, side: int) -> Point:
    """Where the rolled trunk ends to one side: it is an oval there."""
    share = min(1, max(0, (girth.along - PELVIS_TOP) / (CHEST_BOTTOM - PELVIS_TOP)))
    roll = radians(pose.pelvis + (pose.chest - pose.pelvis) * share)
    out = sqrt((girth.wide * cos(roll)) ** 2 + (girth.deep * sin(roll)) ** 2)
    lifted = (girth.wide**2 - girth.deep**2) * sin(roll) * cos(roll) / out
    place = Place(pose.hips.x + side * out, pose.hips.y + girth.along, MAT_TOP + BACK + side * lifted)
    return seen(place).on_grid()


def _on_sole(ankle: Place, part: Sole, inner: int, roll: float) -> Ball:
    """A ball of the foot, which turns about the line under the ankle."""
    across, turn = part.inward * inner, radians(roll)
    place = Place(ankle.x + across * cos(turn), ankle.y - part.away, MAT_TOP + part.radius + 2 + across * sin(turn))
    return Ball(place, part.radius)
