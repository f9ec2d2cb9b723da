"""The person as a stack of painted parts, the farthest first."""

from __future__ import annotations

from typing import NamedTuple

from clinic.drawings.figure import outlines
from clinic.drawings.figure.skeleton import ArmBones, LegBones, Skeleton
from clinic.drawings.geometry import Outline


class Colours(NamedTuple):
    skin: str
    shirt: str
    leggings: str


NEAR = Colours(skin="#d9a07c", shirt="#2f7f86", leggings="#37486f")
FAR = Colours(skin="#b98262", shirt="#24666c", leggings="#28355a")
HAIR = "#3b2a24"


class Part(NamedTuple):
    """Outlines of one colour with one silhouette: no line is drawn where they overlap."""

    fill: str
    outlines: tuple[Outline, ...]


class Edge(NamedTuple):
    """An open line that hides what is behind it on its inner side."""

    fill: str
    outline: Outline


class Feature(NamedTuple):
    """A line of the face."""

    colour: str
    outline: Outline


Layer = Part | Edge | Feature


def person(bones: Skeleton) -> list[Layer]:
    """The right side is near: see pose.py."""
    return [
        *_arm(bones.left_arm, FAR),
        Part(FAR.shirt, (outlines.sleeve(bones.left_arm.upper_arm),)),
        *_leg(bones.left_leg, FAR),
        *_leg(bones.right_leg, NEAR, *_seat(bones)),
        Part(NEAR.skin, outlines.head_and_neck(bones)),
        *_head(bones),
        *_shirt_and_arm(bones),
    ]


def silhouette(bones: Skeleton) -> tuple[Outline, ...]:
    return tuple(outline for layer in person(bones) if isinstance(layer, Part) for outline in layer.outlines)


def _leg(leg: LegBones, colours: Colours, *seat: Outline) -> list[Layer]:
    return [Part(colours.skin, (outlines.foot(leg),)), Part(colours.leggings, (*seat, *outlines.leg(leg)))]


def _seat(bones: Skeleton) -> tuple[Outline, Outline]:
    return outlines.seat(bones.pelvis), outlines.below_seat(bones.pelvis, bones.right_leg.thigh)


def _arm(arm: ArmBones, colours: Colours) -> list[Layer]:
    return [Part(colours.skin, outlines.arm(arm)), *(Feature(HAIR, line) for line in outlines.grip(arm.hand))]


def _head(bones: Skeleton) -> list[Layer]:
    features = [Feature(HAIR, line) for line in outlines.face(bones.head)]
    return [*features, Part(HAIR, outlines.hair(bones.head)), Part(NEAR.skin, (outlines.ear(bones.head),))]


def _shirt_and_arm(bones: Skeleton) -> list[Layer]:
    """Shirt and sleeve are one silhouette; the arm lies over the shirt and under the edge of the sleeve."""
    upper_arm = bones.right_arm.upper_arm
    return [
        Part(NEAR.shirt, (outlines.shirt(bones), outlines.sleeve(upper_arm))),
        *_arm(bones.right_arm, NEAR),
        Edge(NEAR.shirt, outlines.sleeve_edge(upper_arm)),
    ]
