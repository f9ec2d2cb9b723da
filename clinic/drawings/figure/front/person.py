"""Somebody on their back, seen from beyond their feet, as a stack of painted parts, the farthest first."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from clinic.drawings.figure.front import hair, outlines
from clinic.drawings.figure.front.pose import FrontPose
from clinic.drawings.figure.front.skeleton import (
    MAT_TOP,
    FrontArmBones,
    FrontLegBones,
    FrontSkeleton,
    beside,
    front_skeleton,
)
from clinic.drawings.figure.front.space import Place, seen
from clinic.drawings.figure.looks import BUILDS, Look
from clinic.drawings.figure.person import FACE, HAIR, NEAR, Feature, Layer, Part
from clinic.drawings.figure.pose import Prop
from clinic.drawings.geometry import Outline, Point

ROLLED = 2 / 3
"""The part of a roll that takes the foot over onto its edge; the ankle gives the rest."""

SIDEWAYS = 0.6
"""How much broader a build is to each side for what it is to the front."""

POINTING = 40.0
"""Units: a thigh that looks shorter points at the eye."""


def front_person(pose: FrontPose, look: Look) -> list[Layer]:
    """What is nearer to the ceiling hides what is under it, and so the leg that comes out on top the other one."""
    bones = front_skeleton(pose)
    right = _leg(bones.right_leg, outlines.foot(bones.right_leg, 1, pose.right_leg.roll * ROLLED))
    left = _leg(bones.left_leg, outlines.foot(bones.left_leg, -1, pose.left_leg.roll * ROLLED))
    over = bones.left_leg.thigh.end.z >= bones.right_leg.thigh.end.z
    legs = (right, left) if over else (left, right)
    return [
        *_arm(bones.right_arm, look),
        *_arm(bones.left_arm, look),
        *_head(bones, look),
        Part(NEAR.leggings, (outlines.trunk(pose, outlines.SEAT),)),
        *(layer for leg in legs for layer in leg.under),
        _shirt(pose, bones, look),
        *(layer for leg in legs for layer in leg.over),
    ]


def place(name: str, pose: FrontPose) -> Point:
    """Where on the body that is. Raises ValueError for what nobody can find."""
    bones = front_skeleton(pose)
    found = {"belly": bones.pelvis.start, "low back": beside(bones.pelvis.start, 30, pose.pelvis)}
    for side, leg, arm in (
        ("right", bones.right_leg, bones.right_arm),
        ("left", bones.left_leg, bones.left_arm),
    ):
        found[f"{side} shoulder"] = arm.upper_arm.start.toward(arm.upper_arm.end, 0.15)
        found[f"front of {side} hip"] = leg.thigh.start
        found[f"front of {side} thigh"] = leg.thigh.start.toward(leg.thigh.end, 0.5)
    if name not in found:
        raise ValueError(f"Nobody knows where on the body {name} is, seen from here.")
    return seen(found[name])


def beside_head(pose: FrontPose) -> Point:
    return seen(front_skeleton(pose).head.start).plus(Point(60, 0))


def on_the_floor(prop: Prop) -> Prop:
    """A thing whose edges are places on the floor, as it is seen: its front is a little of its height."""
    height = MAT_TOP if prop.kind == "mat" else MAT_TOP * 2
    bottom, top = seen(Place(0, prop.bottom, 0)).y, seen(Place(0, prop.top, height)).y
    return replace(prop, bottom=bottom, top=top)


def _arm(arm: FrontArmBones, look: Look) -> list[Layer]:
    skin, sleeve = Part(NEAR.skin, outlines.hand(arm.hand)), outlines.arm(arm)
    fingers = [Feature(FACE, line) for line in outlines.fingers(arm.hand)]
    if look.long_sleeves:
        return [skin, *fingers, Part(NEAR.sleeve, sleeve)]
    return [Part(NEAR.skin, (*skin.outlines, *sleeve)), *fingers]


def _head(bones: FrontSkeleton, look: Look) -> list[Layer]:
    covered = look.style == "headscarf"
    bun = [Part(HAIR, outlines.bun(bones))] if look.style == "bun" else []
    skin = (hair.FACE_IN_SCARF,) if covered else (hair.HEAD, hair.EAR, hair.mirrored(hair.EAR))
    head = Part(NEAR.skin, outlines.on_head(bones, *skin))
    on_top = Part(HAIR, outlines.on_head(bones, *hair.STYLES[look.style]))
    over = [on_top, head] if covered else [head, *_beard(bones, look), on_top]
    return [*bun, Part(NEAR.skin, outlines.neck(bones)), *over, *_face(bones, look)]


def _beard(bones: FrontSkeleton, look: Look) -> list[Part]:
    if not look.beard:
        return []
    beard, lips = outlines.on_head(bones, hair.BEARD, hair.LIPS)
    return [Part(HAIR, (beard,)), Part(NEAR.skin, (lips,))]


def _face(bones: FrontSkeleton, look: Look) -> list[Feature]:
    lines = hair.FACE if look.beard else (*hair.FACE, hair.CHIN)
    return [Feature(FACE, line) for line in outlines.on_head(bones, *lines)]


def _shirt(pose: FrontPose, bones: FrontSkeleton, look: Look) -> Part:
    sleeves = (outline for arm in (bones.right_arm, bones.left_arm) for outline in outlines.sleeve(arm))
    return Part(NEAR.shirt, (outlines.shirt(pose, BUILDS[look.build] * SIDEWAYS), *sleeves))


class _Leg(NamedTuple):
    """What of a leg is under the shirt, and what is over it."""

    under: list[Layer]
    over: list[Layer]


def _leg(bones: FrontLegBones, foot: tuple[Outline, ...]) -> _Leg:
    """Thigh and lower leg are one silhouette, but for a knee that points at the eye: its own line is all that shows
    it is bent.
    """
    thigh, lower = outlines.thigh(bones), outlines.lower_leg(bones)
    skin = Part(NEAR.skin, foot)
    if seen(bones.thigh.end).minus(seen(bones.thigh.start)).length < POINTING:
        return _Leg([Part(NEAR.leggings, thigh)], [skin, Part(NEAR.leggings, lower)])
    return _Leg([skin, Part(NEAR.leggings, (*thigh, *lower))], [])
