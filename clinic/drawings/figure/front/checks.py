"""What cannot be in a picture of somebody on their back: the like of checks.py for what is seen from beyond the feet.

Feet stand on the mat, arms and head lie on it and bones keep their lengths because skeleton.py beside it lays them so.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import acos, degrees
from typing import NamedTuple

from clinic.drawings.figure.body import silhouette, things
from clinic.drawings.figure.front.pose import FrontPose
from clinic.drawings.figure.front.skeleton import BACK, MAT_TOP, FrontLegBones, SpaceBone, front_skeleton
from clinic.drawings.figure.front.space import Place
from clinic.drawings.figure.pose import Picture
from clinic.drawings.figure.reach import A_CM
from clinic.drawings.figure.rings import KNEE

GIVE = 1.0
"""Units, about 4 mm: what soft flesh gives."""

RANGES = {"hip": (0, 120), "knee": (0, 140), "out": (0, 110), "elbow": (0, 90)}
"""Degrees. Hip and knee as in checks.py; an arm lies on the mat."""

HELD_APART = 2 * KNEE + 2


class Claim(NamedTuple):
    """True from `least` to `most` of what is measured; `measured` says in words what that is."""

    measured: str
    least: float
    most: float


CLAIMS = {
    "shoulders down": Claim("the chest is rolled", -3, 3),
    "knees up": Claim("the knees are rolled", -5, 5),
    "knees rolled too far": Claim("the knees are rolled, whichever way,", 55, 90),
    "knees together": Claim("the knees are apart by units", 0, HELD_APART),
}
LIMB_CLAIMS = {
    "shoulder lifted": {"left": Claim("the chest is rolled", 15, 90), "right": Claim("the chest is rolled", -90, -15)},
    "knees rolled to side": {
        "right": Claim("the knees are rolled", 15, 45),
        "left": Claim("the knees are rolled", -45, -15),
    },
}
"""Each for either side, as in "left shoulder lifted" and "knees rolled to right side"."""

LYING = ("head", "back", "right shoulder", "left shoulder", "right hand", "left hand", "right foot", "left foot")
"""What may be said to touch the mat."""


def faults_seen_from_the_feet(picture: Picture, pose: FrontPose) -> Iterable[str]:
    """Each as half a sentence. Raises ValueError for a claim or a part that nobody knows."""
    yield from _bent_too_far(pose)
    yield from off_the_mat(picture)
    yield from _sunk(pose)
    for part, thing in picture.touches:
        if thing != "mat" or part not in LYING:
            raise ValueError(f"Seen from here, these can touch the mat: {', '.join(LYING)}.")
        if (off := _height(part, pose)) > GIVE:
            yield f"{part} is {off / A_CM:.1f} cm off the mat"
    for said in picture.says:
        if measured := _untrue(said, pose):
            yield f"it says “{said}”, but {measured}"


def bend(one: SpaceBone, other: SpaceBone) -> float:
    """Degrees between two bones: 0 where the second goes on the way of the first."""
    first, second = (bone.end.minus(bone.start).unit() for bone in (one, other))
    return degrees(acos(max(-1, min(1, first.dot(second)))))


def _bent_too_far(pose: FrontPose) -> Iterable[str]:
    bones = front_skeleton(pose)
    down = SpaceBone(Place(0, 0, 0), Place(0, -1, 0))
    for side, leg, arm in (("right", bones.right_leg, pose.right_arm), ("left", bones.left_leg, pose.left_arm)):
        angles = {"hip": bend(down, leg.thigh), "knee": bend(leg.thigh, leg.shin), "out": arm.out, "elbow": arm.elbow}
        for joint, angle in angles.items():
            least, most = RANGES[joint]
            if not least <= round(angle, 1) <= most:
                yield f"{side} {joint} is at {angle:.1f}°, outside {least}° to {most}°"


def off_the_mat(picture: Picture) -> Iterable[str]:
    """What of the body is beside a mat that is seen from above."""
    points = [point for outline in silhouette(picture.pose) for point in outline]
    for mat in (thing for thing in things(picture) if thing.kind == "mat"):
        ends = (
            (mat.left - min(point.x for point in points), "the left of"),
            (max(point.x for point in points) - mat.right, "the right of"),
            (mat.bottom - min(point.y for point in points), "below"),
            (max(point.y for point in points) - mat.top, "above"),
        )
        yield from (f"the body is {off / A_CM:.1f} cm to {where} the mat" for off, where in ends if off > GIVE)


def _sunk(pose: FrontPose) -> Iterable[str]:
    bones = front_skeleton(pose)
    for side, leg in (("right", bones.right_leg), ("left", bones.left_leg)):
        if (deep := MAT_TOP + KNEE - leg.thigh.end.z) > GIVE:
            yield f"{side} knee is {deep / A_CM:.1f} cm inside the mat"


def _height(part: str, pose: FrontPose) -> float:
    """Above where it lies. A back lies on the mat where neither shoulder lifts."""
    bones = front_skeleton(pose)
    shoulders = {"right shoulder": bones.right_arm.upper_arm.start.z, "left shoulder": bones.left_arm.upper_arm.start.z}
    if part == "back":
        return max(shoulders.values()) - MAT_TOP - BACK
    return max(0, shoulders.get(part, 0) - MAT_TOP - BACK)


def _untrue(said: str, pose: FrontPose) -> str:
    sided = {
        **{f"{side} shoulder lifted": claim for side, claim in LIMB_CLAIMS["shoulder lifted"].items()},
        **{f"knees rolled to {side} side": claim for side, claim in LIMB_CLAIMS["knees rolled to side"].items()},
    }
    known = CLAIMS | sided
    if said not in known:
        raise ValueError(f"Nobody knows “{said}”. What may be said: {', '.join(known)}.")
    claim = known[said]
    found = _measures(pose)[claim.measured]
    if all(claim.least <= one <= claim.most for one in found):
        return ""
    return f"{claim.measured} {max(found, key=abs):.0f}, not {claim.least:.0f} to {claim.most:.0f}"


def _measures(pose: FrontPose) -> dict[str, tuple[float, ...]]:
    knees: tuple[FrontLegBones, FrontLegBones] = front_skeleton(pose)[4:6]
    apart = knees[0].thigh.end.minus(knees[1].thigh.end).length
    rolls = (pose.right_leg.roll, pose.left_leg.roll)
    return {
        "the chest is rolled": (pose.chest,),
        "the knees are rolled": rolls,
        "the knees are rolled, whichever way,": tuple(map(abs, rolls)),
        "the knees are apart by units": (apart,),
    }
