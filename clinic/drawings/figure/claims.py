"""What a pose file may say of a picture: each claim is a measure of the body and the range in which it is true.

The words for it are in terms.py. To add one: a line here, a line there.
"""

from __future__ import annotations

from collections.abc import Callable
from math import asin, atan2, degrees, inf
from typing import NamedTuple

from clinic.drawings.figure.pose import Arm, Leg, Pose
from clinic.drawings.figure.skeleton import ArmBones, LegBones, Skeleton, skeleton
from clinic.drawings.geometry import Bone, Point


class Claim(NamedTuple):
    """True from `least` to `most` degrees of what is measured; `measured` says in words what that is."""

    measured: str
    of: Callable[[Pose, Skeleton], float]
    least: float
    most: float


class LimbClaim(NamedTuple):
    """The same for one side, whose limbs are looked at."""

    measured: str
    of: Callable[[Leg, LegBones, Arm, ArmBones], float]
    least: float
    most: float


def direction(bone: Bone) -> float:
    """From its upper end to its lower one: 0 to the right, 90 up, from -180 to 180."""
    step = bone.end.minus(bone.start)
    return degrees(atan2(step.y, step.x))


def turned(angle: float) -> float:
    """The same turn between -180 and 180."""
    return (angle + 180) % 360 - 180


def _from(bone: Bone, wanted: float) -> float:
    return turned(direction(bone) - wanted)


def _off_level(bone: Bone) -> float:
    """Degrees out of the horizontal, whichever way it points."""
    return (direction(bone) + 90) % 180 - 90


def _rise(start: Point, end: Point) -> float:
    """Degrees from level up to the line from one point to the other."""
    step = end.minus(start)
    return degrees(asin(step.y / step.length))


def _line(start: Point, end: Point) -> Bone:
    return Bone(start, end)


def _before_thigh(leg: LegBones, arm: ArmBones) -> float:
    """Degrees from the thigh forward to the middle of the hand, both seen from the hip."""
    hand = _line(leg.thigh.start, arm.hand.at(arm.hand.length / 2, 0))
    return turned(direction(hand) - direction(leg.thigh))


def _bend_at_hips(bones: Skeleton) -> float:
    """Of the line from the shoulders over the hips to the knees; positive where the hips hang below it, on the back."""
    knee = bones.right_leg.thigh.end
    return (
        turned(direction(_line(bones.thorax.start, bones.pelvis.end)) - direction(_line(bones.pelvis.end, knee))) * -1
    )


CLAIMS: dict[str, Claim] = {
    "trunk upright": Claim("the trunk leans", lambda _, b: _from(b.thorax, -90), -5, 5),
    "trunk leaning back": Claim("the trunk leans back", lambda _, b: _from(b.thorax, -90), 8, 60),
    "trunk leaning forward": Claim("the trunk leans forward", lambda _, b: -_from(b.thorax, -90), 8, 80),
    "trunk level": Claim("the trunk is out of level", lambda _, b: _off_level(b.thorax), -10, 10),
    "tail tucked": Claim("the pelvis is tucked", lambda p, _: p.pelvis, 3, 20),
    "pelvis level": Claim("the pelvis is tucked", lambda p, _: p.pelvis, -3, 3),
    "pelvis tipped forward": Claim("the pelvis is tucked", lambda p, _: p.pelvis, -20, -3),
    "back flat": Claim("the back is rounded", lambda p, _: p.spine, -5, 10),
    "back rounded": Claim("the back is rounded", lambda p, _: p.spine, 15, 60),
    "back arched": Claim("the back is rounded", lambda p, _: p.spine, -inf, -8),
    "back sagging": Claim("the back is rounded", lambda p, _: p.spine, -inf, -8),
    "ribs flared": Claim("the back is rounded", lambda p, _: p.spine, -inf, -6),
    "chin in": Claim("the head is nodded", lambda p, _: p.neck + p.head, 0, 40),
    "head in line": Claim("the head is nodded", lambda p, _: p.neck + p.head, -15, 15),
    "head hanging": Claim("the head is nodded", lambda p, _: p.neck + p.head, 15, 75),
    "head up": Claim("the head is nodded", lambda p, _: p.neck + p.head, -75, -15),
    "head turned": Claim("the head is turned", lambda p, _: 90 if p.turned else 0, 60, 90),
    "shoulders, hips and knees in line": Claim("the line bends at the hips", lambda _, b: _bend_at_hips(b), -8, 8),
    "hips sagging": Claim("the line bends at the hips", lambda _, b: _bend_at_hips(b), 8, 90),
    "seat lifted": Claim(
        "from the shoulders to the hips the body rises",
        lambda _, b: direction(_line(b.thorax.start, b.pelvis.end)),
        8,
        90,
    ),
    "hips pushed up": Claim("the line bends at the hips", lambda _, b: _bend_at_hips(b), -90, -8),
}

LIMB_CLAIMS: dict[str, LimbClaim] = {
    "knee straight": LimbClaim("the {side} knee is bent", lambda g, _b, _a, _c: g.knee, 0, 6),
    "knee slightly bent": LimbClaim("the {side} knee is bent", lambda g, _b, _a, _c: g.knee, 6, 50),
    "knee bent": LimbClaim("the {side} knee is bent", lambda g, _b, _a, _c: g.knee, 30, 150),
    "knee at a right angle": LimbClaim("the {side} knee is bent", lambda g, _b, _a, _c: g.knee, 80, 100),
    "knee above the hip": LimbClaim(
        "the {side} thigh is out of upright", lambda _g, b, _a, _c: _from(b.thigh, 90), -8, 8
    ),
    "knee higher than the hip": LimbClaim(
        "the {side} thigh rises", lambda _g, b, _a, _c: _rise(b.thigh.start, b.thigh.end), 2, 88
    ),
    "knee under the hip": LimbClaim(
        "the {side} thigh is out of upright", lambda _g, b, _a, _c: _from(b.thigh, -90), -8, 8
    ),
    "knee above the ankle": LimbClaim(
        "the {side} shin is out of upright", lambda _g, b, _a, _c: _from(b.shin, -90), -8, 8
    ),
    "thigh level": LimbClaim("the {side} thigh is out of level", lambda _g, b, _a, _c: _off_level(b.thigh), -8, 8),
    "shin level": LimbClaim("the {side} shin is out of level", lambda _g, b, _a, _c: _off_level(b.shin), -8, 8),
    "leg level": LimbClaim("the {side} leg rises", lambda _g, b, _a, _c: _rise(b.thigh.start, b.shin.end), -8, 8),
    "leg too high": LimbClaim("the {side} leg rises", lambda _g, b, _a, _c: _rise(b.thigh.start, b.shin.end), 8, 90),
    "hip open": LimbClaim("the {side} hip is flexed", lambda g, _b, _a, _c: g.hip, -30, -10),
    "hip straight": LimbClaim("the {side} hip is flexed", lambda g, _b, _a, _c: g.hip, -10, 10),
    "heel down": LimbClaim("the {side} heel is up", lambda _g, b, _a, _c: -_off_level(b.foot), -4, 4),
    "heel up": LimbClaim("the {side} heel is up", lambda _g, b, _a, _c: -_from(b.foot, 0), 8, 172),
    "arm straight": LimbClaim("the {side} elbow is bent", lambda _g, _b, a, _c: a.elbow, 0, 10),
    "elbow bent": LimbClaim("the {side} elbow is bent", lambda _g, _b, a, _c: a.elbow, 20, 150),
    "arm overhead": LimbClaim("the {side} shoulder is flexed", lambda _g, _b, a, _c: a.shoulder, 140, 180),
    "arm level": LimbClaim(
        "the {side} arm is out of level",
        lambda _g, _b, _a, c: _off_level(_line(c.upper_arm.start, c.forearm.end)),
        -8,
        8,
    ),
    "arm to the ceiling": LimbClaim(
        "the {side} arm is out of upright",
        lambda _g, _b, _a, c: _from(_line(c.upper_arm.start, c.forearm.end), 90),
        -8,
        8,
    ),
    "hand on the kneecap": LimbClaim(
        "the {side} hand is in front of the thigh", lambda _g, b, _a, c: _before_thigh(b, c), 5, 30
    ),
    "hand under the shoulder": LimbClaim(
        "the {side} arm is out of upright",
        lambda _g, _b, _a, c: _from(_line(c.upper_arm.start, c.forearm.end), -90),
        -8,
        8,
    ),
}


def vocabulary() -> list[str]:
    """Every claim a file may make."""
    return [*CLAIMS, *(f"{side} {name}" for side in ("right", "left") for name in LIMB_CLAIMS)]


def untrue(said: str, pose: Pose) -> str:
    """What is measured where the pose is not as said; "" where it is. Raises ValueError for what nobody knows."""
    bones = skeleton(pose)
    side, _, limb = said.partition(" ")
    if side in {"right", "left"} and limb in LIMB_CLAIMS:
        of_limb = LIMB_CLAIMS[limb]
        parts = (getattr(one, f"{side}_{kind}") for kind in ("leg", "arm") for one in (pose, bones))
        return _outside(of_limb, of_limb.of(*parts)).format(side=side)
    if said in CLAIMS:
        return _outside(CLAIMS[said], CLAIMS[said].of(pose, bones))
    raise ValueError(f"Nobody knows “{said}”. What may be said: {', '.join(vocabulary())}.")


def _outside(claim: Claim | LimbClaim, angle: float) -> str:
    if claim.least <= angle <= claim.most:
        return ""
    return f"{claim.measured} {angle:.0f}°, not {claim.least:.0f}° to {claim.most:.0f}°"
