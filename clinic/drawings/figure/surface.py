"""The body's surface by the names that pose files use: what is `back`, `right heel`, `left thigh`."""

from __future__ import annotations

from collections.abc import Iterable
from math import inf
from typing import NamedTuple

from clinic.drawings.figure import outlines
from clinic.drawings.figure.rings import ELBOW, KNEE
from clinic.drawings.figure.skeleton import SHIN, THIGH, UPPER_ARM, ArmBones, LegBones, Skeleton
from clinic.drawings.geometry import Bend, Bone, Outline, Point, bends

STEPS = 20
"""Points on each bend of an outline: bends are up to 40 units long, so neighbours are at most 2 apart."""

SIDES = ("right", "left")


class Region(NamedTuple):
    """A stretch of the body: its outlines, as far as they lie between these units along a bone and in front of it."""

    outlines: tuple[Outline, ...]
    bone: Bone
    along: tuple[float, float] = (-inf, inf)
    front: tuple[float, float] = (-inf, inf)

    def has(self, point: Point) -> bool:
        along, front = along_and_front(self.bone, point)
        return self.along[0] <= along <= self.along[1] and self.front[0] <= front <= self.front[1]

    def surface(self) -> list[Point]:
        return [point for outline in self.outlines for point in sampled(outline) if self.has(point)]


def sampled(outline: Outline) -> list[Point]:
    """Points of the drawn line itself, in order, close to each other."""
    return [_on(bend, step / STEPS) for bend in bends(outline) for step in range(STEPS)]


def _on(bend: Bend, t: float) -> Point:
    start, pull, end = bend
    once, twice, thrice = (1 - t) ** 2, 2 * t * (1 - t), t**2
    return Point(
        once * start.x + twice * pull.x + thrice * end.x,
        once * start.y + twice * pull.y + thrice * end.y,
    )


def along_and_front(bone: Bone, point: Point) -> tuple[float, float]:
    """The units down the bone and in front of it: what Bone.at turns into a point."""
    down, step = bone.end.minus(bone.start), point.minus(bone.start)
    along = (step.x * down.x + step.y * down.y) / bone.length
    return along, (step.y * down.x - step.x * down.y) / bone.length


def whole(bones: Skeleton) -> dict[str, Outline]:
    """All of the body by name but the knot of hair, which gives way."""
    neck, head = outlines.head_and_neck(bones)
    parts = {"head": head, "hair": outlines.hair(bones)[0], "neck": neck}
    parts |= {"trunk": outlines.shirt(bones), "seat": outlines.seat(bones.pelvis)}
    parts["fold of the seat"] = outlines.below_seat(bones.pelvis, bones.right_leg.thigh)
    for side, leg, arm in limbs(bones):
        names = ("thigh", "lower leg", "foot", "upper arm", "forearm", "hand", "sleeve")
        shapes = (*outlines.leg(leg), outlines.foot(leg), *outlines.arm(arm), outlines.sleeve(arm.upper_arm))
        parts |= {f"{side} {name}": shape for name, shape in zip(names, shapes, strict=True)}
    return parts


def limbs(bones: Skeleton) -> Iterable[tuple[str, LegBones, ArmBones]]:
    return (("right", bones.right_leg, bones.right_arm), ("left", bones.left_leg, bones.left_arm))


def regions(bones: Skeleton) -> dict[str, Region]:
    """Every part that a file may say touches something."""
    parts, shirt = whole(bones), (outlines.shirt(bones),)
    found = {
        "head": Region((parts["head"], parts["hair"]), bones.head),
        "back": Region(shirt, bones.thorax, (-10, 75), (-inf, 0)),
        "low back": Region(shirt, bones.pelvis, (-20, 20), (-inf, 0)),
        "chest": Region(shirt, bones.thorax, (-5, 55), (0, inf)),
        "belly": Region(shirt, bones.thorax, (50, 110), (0, inf)),
        "seat": Region((parts["seat"], parts["fold of the seat"], *shirt), bones.pelvis, (15, inf), (-inf, 12)),
    }
    for side, leg, arm in limbs(bones):
        of_side = {name.removeprefix(f"{side} "): part for name, part in parts.items() if name.startswith(side)}
        limb = {**_leg_regions(leg, of_side), **_arm_regions(arm, of_side)}
        found |= {f"{side} {name}": region for name, region in limb.items()}
        found[f"back of {side} thigh"] = Region((of_side["thigh"],), leg.thigh, front=(-inf, 0))
    return found


def _leg_regions(leg: LegBones, parts: dict[str, Outline]) -> dict[str, Region]:
    thigh, lower, foot = ((parts[name],) for name in ("thigh", "lower leg", "foot"))
    return {
        "thigh": Region(thigh, leg.thigh),
        "knee": Region(thigh + lower, leg.thigh, (THIGH - KNEE - 1, THIGH + KNEE + 1), (-KNEE - 1, KNEE + 1)),
        "shin": Region(lower, leg.shin, (KNEE, SHIN), (0, inf)),
        "calf": Region(lower, leg.shin, (KNEE, SHIN), (-inf, 0)),
        "ankle": Region(lower + foot, leg.shin, (SHIN - 16, SHIN + 10)),
        "foot": Region(foot, leg.foot),
        "heel": Region(foot, leg.foot, (-inf, 6)),
        "ball of the foot": Region(foot, leg.foot, (26, 42)),
        "toes": Region(foot, leg.foot, (30, inf)),
    }


def _arm_regions(arm: ArmBones, parts: dict[str, Outline]) -> dict[str, Region]:
    upper, lower, hand = ((parts[name],) for name in ("upper arm", "forearm", "hand"))
    around = ((UPPER_ARM - ELBOW - 1, UPPER_ARM + ELBOW + 1), (-ELBOW - 1, ELBOW + 1))
    return {
        "upper arm": Region((*upper, parts["sleeve"]), arm.upper_arm),
        "elbow": Region(upper + lower, arm.upper_arm, *around),
        "forearm": Region(lower, arm.forearm),
        "hand": Region(hand, arm.hand),
    }
