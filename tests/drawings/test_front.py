"""Somebody on their back, seen from beyond the feet: bones keep their lengths however short they look."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.drawings import draw, pictures_of
from clinic.drawings.figure import hair
from clinic.drawings.figure.body import silhouette
from clinic.drawings.figure.checks import faults
from clinic.drawings.figure.front import checks as front_checks
from clinic.drawings.figure.front import hair as front_hair
from clinic.drawings.figure.front.outlines import on_head
from clinic.drawings.figure.front.pose import FrontLeg
from clinic.drawings.figure.front.shapes import Disc, around
from clinic.drawings.figure.front.skeleton import front_skeleton
from clinic.drawings.figure.front.space import seen
from clinic.drawings.figure.looks import LOOKS
from clinic.drawings.figure.pose_files import read_pictures
from clinic.drawings.geometry import Point, bends

PICTURES = pictures_of("knee_rocks")
START, HOLD, WRONG = (PICTURES[name] for name in ("start", "hold", "not_this"))
BONES = {
    "head": 45, "neck": 28, "thorax": 75, "pelvis": 40,
    "thigh": 98, "shin": 98.4, "foot": 46, "upper_arm": 74.4, "forearm": 58.4, "hand": 43.2,
}  # fmt: skip


def with_knees(roll, **body):
    legs = {side: replace(getattr(START.pose, side), roll=roll) for side in ("right_leg", "left_leg")}
    return replace(START, pose=replace(START.pose, **legs, **body))


def told(picture):
    return faults("Ana", replace(picture, says=(), touches=()))


def same_line(one, other, *, apart=0.3):
    """Whether two outlines go through the same points, wherever they begin."""
    return all(min(a.minus(b).length for b in other) <= apart for a in one)


@pytest.mark.parametrize("name", PICTURES)
def test_every_bone_keeps_its_length(name):
    bones = front_skeleton(PICTURES[name].pose)
    trunk = {part: getattr(bones, part) for part in ("head", "neck", "thorax", "pelvis")}
    for named in (trunk, *(limb._asdict() for limb in bones[4:8])):
        assert {part: bone.length for part, bone in named.items()} == pytest.approx(
            {part: BONES[part] for part in named}
        )


@given(roll=st.floats(-90, 90), pelvis=st.floats(-60, 60), chest=st.floats(-40, 40))
def test_bones_keep_their_lengths_whichever_way_the_knees_roll(roll, pelvis, chest):
    bones = front_skeleton(with_knees(roll, pelvis=pelvis, chest=chest).pose)
    for limb in (bones.right_leg, bones.left_leg, bones.right_arm, bones.left_arm):
        for part, bone in limb._asdict().items():
            assert bone.length == pytest.approx(BONES[part])
        assert all(one.end == other.start for one, other in pairwise(limb))


def test_in_the_middle_left_mirrors_right():
    """But for the hair, which has a parting."""
    outlines = silhouette(START.pose)
    (parted,) = on_head(front_skeleton(START.pose), *front_hair.STYLES["bun"])
    for outline in (one for one in outlines if one != parted):
        turned = tuple(Point(-point.x, point.y) for point in outline)
        assert any(same_line(turned, other) for other in outlines)


def test_feet_and_shoulders_stay_where_they_are_while_both_knees_roll_to_the_right():
    start, hold = front_skeleton(START.pose), front_skeleton(HOLD.pose)
    for before, after in ((start.right_leg, hold.right_leg), (start.left_leg, hold.left_leg)):
        assert before.foot == after.foot
        assert after.thigh.end.x < before.thigh.end.x - 30
        assert after.thigh.end.z < before.thigh.end.z
    assert (start.right_arm, start.left_arm, start.thorax) == (hold.right_arm, hold.left_arm, hold.thorax)


def test_knees_that_roll_too_far_take_a_shoulder_off_the_mat():
    right, left = (getattr(front_skeleton(WRONG.pose), f"{side}_arm").upper_arm.start for side in ("right", "left"))
    assert left.z > right.z + 20
    assert seen(left).y > seen(right).y


def test_what_is_nearer_to_the_ceiling_is_higher_in_the_picture_and_nothing_grows_smaller():
    hips, knee = (getattr(front_skeleton(START.pose).right_leg.thigh, end) for end in ("start", "end"))
    assert seen(knee).y - seen(knee._replace(z=hips.z)).y == pytest.approx(0.47 * (knee.z - hips.z), rel=0.01)


@pytest.mark.parametrize(
    ("picture", "wrong"),
    [
        (with_knees(110), "inside the mat"),
        (replace(START, pose=replace(START.pose, hips=Point(40, 170))), "to the right of the mat"),
        (replace(START, pose=replace(START.pose, hips=Point(0, 200))), "to above the mat"),
        (
            replace(START, pose=replace(START.pose, right_leg=FrontLeg(stands=Point(-14, 150)))),
            "right knee is at",
        ),
    ],
)
def test_what_cannot_be_is_told(picture, wrong):
    assert any(wrong in fault for fault in told(picture))


@pytest.mark.parametrize(("hips", "wrong"), [((150, 128), "right of"), ((10, 40), "below"), ((10, 200), "above")])
def test_somebody_on_their_side_who_lies_beside_the_mat_is_told(hips, wrong):
    above = pictures_of("side_lying_thigh")["hold"]
    beside = replace(above, pose=replace(above.pose, hips=Point(*hips)))
    assert any(f"{wrong} the mat" in fault for fault in told(beside))
    assert told(above) == []


def test_a_shoulder_that_is_said_to_lie_down_and_does_not_is_told():
    lifted = replace(WRONG, says=("shoulders down",), touches=(("left shoulder", "mat"),))
    assert faults("Ana", lifted) == [
        "Ana: left shoulder is 8.1 cm off the mat.",
        "Ana: it says “shoulders down”, but the chest is rolled 30, not -3 to 3.",
    ]


def test_what_nobody_knows_is_refused():
    with pytest.raises(ValueError, match="Nobody knows “knees crossed”"):
        faults("Ana", replace(START, says=("knees crossed",)))
    with pytest.raises(ValueError, match="these can touch the mat"):
        faults("Ana", replace(START, touches=(("right knee", "wall"),)))
    with pytest.raises(ValueError, match="only be drawn from the side"):
        draw(replace(START, band=("right foot", "left foot")), title="", description="")


def test_a_foot_that_is_out_of_reach_is_told_in_centimetres():
    far = {"view": "front", "body": {"hips": [0, 170]}, "right_leg": {"stands": [-14, -60]}}
    far |= {"left_leg": {"stands": [14, 66]}, "right_arm": {"out": 30}, "left_arm": {"out": 30}}
    with pytest.raises(ValueError, match=r"right leg: \d+\.\d cm out of reach"):
        draw(read_pictures({"start": far})["start"], title="", description="")


@given(x=st.floats(-60, 60), y=st.floats(-60, 60), radius=st.floats(2, 30))
def test_a_limb_is_never_thinner_nor_thicker_than_its_balls(x, y, radius):
    """No drawn point is inside either ball by more than the line is wide, or further out than both."""
    one, other = Disc(Point(0, 0), 12), Disc(Point(x, y), radius)
    for bend in bends(around(one, other)):
        for disc in (one, other):
            assert bend.start.minus(disc.middle).length >= disc.radius - 0.8
        assert min(bend.start.minus(disc.middle).length - disc.radius for disc in (one, other)) <= 70


@pytest.mark.parametrize("name", PICTURES)
def test_the_picture_is_well_formed_light_and_has_nothing_a_page_forbids(name):
    markup = draw(PICTURES[name], title="Knee rocks", description="Both knees & feet")
    root = ET.fromstring(markup)
    assert {element.tag.split("}")[1] for element in root.iter()} <= {
        "svg", "title", "desc", "g", "path", "rect", "circle", "text",
    }  # fmt: skip
    assert not any(name in {"style", "href", "class"} for element in root.iter() for name in element.attrib)
    assert "url(" not in markup
    assert len(markup.encode()) < 12 * 1024


def test_everybody_can_be_drawn_from_here_and_no_two_look_alike():
    assert set(front_hair.STYLES) == set(hair.STYLES)
    drawn = {draw(START, title="Knee rocks", description="", look=look) for look in LOOKS}
    assert len(drawn) == len(LOOKS)
    assert max(len(one.encode()) for one in drawn) < 8 * 1024


def test_whatever_may_be_said_from_here_is_found_true_somewhere():
    said = {one for picture in PICTURES.values() for one in picture.says}
    assert {"shoulders down", "knees rolled to right side", "left shoulder lifted"} <= said
    assert set(front_checks.CLAIMS) <= said
