"""The picture on the home page could happen: nothing sinks, touches, stretches or bends that cannot."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clinic.drawings import pictures_of
from clinic.drawings.figure.outlines import foot, leg
from clinic.drawings.figure.person import silhouette
from clinic.drawings.figure.pose import Arm, Leg, Pose
from clinic.drawings.figure.skeleton import skeleton
from clinic.drawings.geometry import Outline, Point, bends

TOUCH = 0.5
"""Units, about 2 mm on a person of 170 cm: less than half the width of a drawn line."""

BONES = {
    "head": 45, "neck": 28, "thorax": 75, "pelvis": 40,
    "thigh": 98, "shin": 98.4, "foot": 46, "upper_arm": 74.4, "forearm": 58.4, "hand": 43.2,
}  # fmt: skip

RANGES = {
    "pelvis": (-15, 15),
    "spine": (-25, 60),
    "neck": (-45, 45),
    "head": (-30, 30),
    "hip": (-30, 120),
    "knee": (0, 140),
    "ankle": (-65, 20),
    "shoulder": (-60, 180),
    "elbow": (0, 150),
    "wrist": (-80, 70),
}
"""Degrees. Limbs: American Academy of Orthopaedic Surgeons, Joint Motion (1965), as tabulated in Norkin and White,
Measurement of Joint Motion, appendix A. Two differ. Knee: 140, as usually quoted, where the AAOS has 135. Ankle: the AAOS
has 50 for pointing the toes actively; kneeling on the instep takes it passively to its end, quoted as 50 to 65.
Trunk, neck and head: our own cautious limits for one bone each, since the tables give whole regions; a therapist may correct them."""

PICTURES = pictures_of("half_kneeling_hip_flexor")
START, HOLD = (PICTURES[name].pose for name in ("start", "hold"))
MAT_THICKNESS = 10
BOTH = pytest.mark.parametrize("pose", [HOLD, START], ids=["hold", "start"])


def lowest(*outlines: Outline) -> float:
    """The lowest point of the drawn line itself, every quadratic sampled finely."""
    return min(y_at(bend, step / 50) for outline in outlines for bend in bends(outline) for step in range(51))


def y_at(bend, t: float) -> float:
    return (1 - t) ** 2 * bend.start.y + 2 * t * (1 - t) * bend.pull.y + t**2 * bend.end.y


def joints(pose: Pose) -> list[tuple[str, float]]:
    trunk = [(name, getattr(pose, name)) for name in ("pelvis", "spine", "neck", "head")]
    legs = [(n, getattr(leg, n)) for leg in (pose.right_leg, pose.left_leg) for n in ("hip", "knee", "ankle")]
    arms = [(n, getattr(arm, n)) for arm in (pose.right_arm, pose.left_arm) for n in ("shoulder", "elbow", "wrist")]
    return trunk + legs + arms


@BOTH
def test_nothing_is_below_the_mat(pose):
    assert lowest(*silhouette(skeleton(pose))) >= MAT_THICKNESS - TOUCH


@BOTH
def test_the_right_knee_rests_on_the_mat(pose):
    assert lowest(*leg(skeleton(pose).right_leg)) == pytest.approx(MAT_THICKNESS, abs=TOUCH)


@BOTH
def test_the_toes_of_the_right_foot_rest_on_the_mat(pose):
    assert lowest(foot(skeleton(pose).right_leg)) == pytest.approx(MAT_THICKNESS, abs=TOUCH)


@BOTH
def test_the_left_foot_stands_flat_on_the_mat(pose):
    bones = skeleton(pose).left_leg
    assert lowest(foot(bones)) == pytest.approx(MAT_THICKNESS, abs=TOUCH)
    assert bones.foot.start.y == pytest.approx(bones.foot.end.y, abs=TOUCH)


@BOTH
def test_knee_and_feet_are_over_the_mat(pose):
    touching = [bone.end.x for limb in (skeleton(pose).right_leg, skeleton(pose).left_leg) for bone in limb[1:]]
    (mat,) = PICTURES["start"].props
    assert mat.left <= min(touching)
    assert max(touching) <= mat.right


@BOTH
def test_every_bone_keeps_its_length(pose):
    bones = skeleton(pose)
    limbs = [bones.right_leg, bones.left_leg, bones.right_arm, bones.left_arm]
    trunk = {name: getattr(bones, name) for name in ("head", "neck", "thorax", "pelvis")}
    for named in (trunk, *(limb._asdict() for limb in limbs)):
        assert {name: bone.length for name, bone in named.items()} == pytest.approx(
            {name: BONES[name] for name in named}
        )


def test_a_standing_body_is_400_units_high():
    straight_leg, hanging_arm = Leg(hip=0, knee=0, ankle=0), Arm(shoulder=0, elbow=0, wrist=0)
    standing = replace(
        START, hips=Point(0, 212), neck=0, head=0,
        right_leg=straight_leg, left_leg=straight_leg, right_arm=hanging_arm, left_arm=hanging_arm,
    )  # fmt: skip
    assert skeleton(standing).head.start.y == pytest.approx(400, abs=TOUCH)
    assert lowest(foot(skeleton(standing).right_leg)) == pytest.approx(0, abs=TOUCH)


@BOTH
def test_every_joint_stays_inside_human_range(pose):
    outside = [(name, angle) for name, angle in joints(pose) if not RANGES[name][0] <= angle <= RANGES[name][1]]
    assert outside == []


def test_feet_and_knee_stay_where_they_are_while_the_hips_move_forward():
    start, hold = skeleton(START), skeleton(HOLD)
    for before, after in (
        (start.right_leg.shin, hold.right_leg.shin),
        (start.left_leg.foot, hold.left_leg.foot),
    ):
        assert distance(before.start, after.start) <= TOUCH
        assert distance(before.end, after.end) <= TOUCH
    assert hold.pelvis.end.x > start.pelvis.end.x + 20


def test_the_hold_stretches_the_hip_with_the_tail_tucked_and_the_trunk_upright():
    thorax = skeleton(HOLD).thorax
    assert HOLD.right_leg.hip <= -15
    assert HOLD.pelvis > 0
    assert thorax.start.x == pytest.approx(thorax.end.x, abs=TOUCH)


@pytest.mark.parametrize("side", ["right_arm", "left_arm"])
def test_both_hands_lie_on_the_front_thigh(side):
    bones = skeleton(HOLD)
    hand, thigh = getattr(bones, side).hand, bones.left_leg.thigh
    middle = hand.at(hand.length / 2, 0)
    assert thigh.start.x + thigh.length / 2 <= middle.x <= thigh.end.x + 17
    assert 20 <= middle.y - thigh.end.y <= 30


def distance(a: Point, b: Point) -> float:
    return a.minus(b).length
