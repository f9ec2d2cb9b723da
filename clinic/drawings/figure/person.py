"""The person as a stack of painted parts, the farthest first."""

from __future__ import annotations

from typing import NamedTuple

from clinic.drawings.figure import outlines, turned_head
from clinic.drawings.figure.hair import hair
from clinic.drawings.figure.looks import BUILDS, LOOKS, Look
from clinic.drawings.figure.skeleton import ArmBones, LegBones, Skeleton
from clinic.drawings.geometry import Bone, Outline


class Colours(NamedTuple):
    """The names of the colours of one side of the body: what they are, a look says."""

    skin: str = "skin"
    shirt: str = "shirt"
    leggings: str = "leggings"
    sleeve: str = "sleeve"


NEAR = Colours()
FAR = Colours(*(f"far {part}" for part in NEAR))
HAIR, FACE = "hair", "face"


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


def person(bones: Skeleton, look: Look = LOOKS[0]) -> list[Layer]:
    """The right side is near: see pose.py."""
    return [
        *_arm(bones.left_arm, FAR, look),
        Part(FAR.shirt, (outlines.sleeve(bones.left_arm.upper_arm),)),
        *_leg(bones.left_leg, FAR),
        *_leg(bones.right_leg, NEAR, *_seat(bones)),
        Part(NEAR.skin, outlines.head_and_neck(bones)),
        *_face(bones, look),
        *_shirt_hair_and_arm(bones, look),
    ]


def silhouette(bones: Skeleton, look: Look = LOOKS[0]) -> tuple[Outline, ...]:
    return tuple(outline for layer in person(bones, look) if isinstance(layer, Part) for outline in layer.outlines)


def _leg(leg: LegBones, colours: Colours, *seat: Outline) -> list[Layer]:
    return [
        Part(colours.skin, (outlines.foot(leg),)),
        Feature(FACE, outlines.toes(leg)),
        Part(colours.leggings, (*seat, *outlines.leg(leg))),
    ]


def _seat(bones: Skeleton) -> tuple[Outline, Outline]:
    return outlines.seat(bones.pelvis), outlines.below_seat(bones.pelvis, bones.right_leg.thigh)


def _arm(arm: ArmBones, colours: Colours, look: Look) -> list[Layer]:
    *sleeve, hand = outlines.arm(arm)
    lines = [Feature(FACE, line) for line in outlines.grip(arm)]
    if look.long_sleeves:
        return [Part(colours.skin, (hand,)), Part(colours.sleeve, tuple(sleeve)), *lines]
    return [Part(colours.skin, (*sleeve, hand)), *lines]


def _face(bones: Skeleton, look: Look) -> list[Layer]:
    if bones.turned:
        return []
    beard = [Part(HAIR, (outlines.beard(bones.head),))] if look.beard else []
    return [*beard, *(Feature(FACE, line) for line in outlines.face(bones.head))]


def _hair(bones: Skeleton, look: Look) -> list[Layer]:
    """With a turned head, the face too: a scarf is around it."""
    if bones.turned:
        return _turned_head(bones.head, look)
    ear = [] if look.style == "headscarf" else [Part(NEAR.skin, (outlines.ear(bones.head),))]
    return [Part(HAIR, hair(look.style, bones)), *ear]


def _turned_head(head: Bone, look: Look) -> list[Layer]:
    features = [Feature(FACE, line) for line in turned_head.face(head, chin=not look.beard)]
    hair_over = Part(HAIR, turned_head.hair(look.style, head))
    if look.style == "headscarf":
        return [hair_over, Part(NEAR.skin, (turned_head.face_in_scarf(head),)), *features]
    beard, lips = turned_head.beard_and_lips(head)
    bearded = [Part(HAIR, (beard,)), Part(NEAR.skin, (lips,))] if look.beard else []
    return [Part(NEAR.skin, (turned_head.ear(head),)), *bearded, hair_over, *features]


def _shirt_hair_and_arm(bones: Skeleton, look: Look) -> list[Layer]:
    """Shirt and sleeve are one silhouette; the arm lies over the shirt and under the edge of the sleeve."""
    upper_arm = bones.right_arm.upper_arm
    return [
        Part(NEAR.shirt, (outlines.shirt(bones, BUILDS[look.build]), outlines.sleeve(upper_arm))),
        *_hair(bones, look),
        *_arm(bones.right_arm, NEAR, look),
        Edge(NEAR.shirt, outlines.sleeve_edge(upper_arm)),
    ]
