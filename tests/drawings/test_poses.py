"""Every picture of an exercise could happen: nothing sinks, touches, stretches, bends or falls that cannot."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.aftercare.catalogue import catalogue
from clinic.drawings import draw, look_of, pictures_of
from clinic.drawings.figure import outlines
from clinic.drawings.figure.balance import centre_of_mass
from clinic.drawings.figure.checks import SOFT_TOUCH, faults
from clinic.drawings.figure.claims import CLAIMS, LIMB_CLAIMS
from clinic.drawings.figure.contact import WRAPPED, depth
from clinic.drawings.figure.person import Part, person, silhouette
from clinic.drawings.figure.pose import Arm, Leg, Picture, Pose, Prop
from clinic.drawings.figure.pose_files import FOLDER
from clinic.drawings.figure.reach import A_CM, arm_to
from clinic.drawings.figure.skeleton import directions, shoulders_of, skeleton
from clinic.drawings.figure.surface import sampled, whole
from clinic.drawings.geometry import Point

EXERCISES = sorted(file.stem for file in FOLDER.glob("*.yaml"))
PICTURES = {f"{exercise} {name}": one for exercise in EXERCISES for name, one in pictures_of(exercise).items()}
EVERY = pytest.mark.parametrize("name", PICTURES)
BODIES = {name: one.pose for name, one in PICTURES.items() if isinstance(one.pose, Pose)}

BONES = {
    "head": 45, "neck": 28, "thorax": 75, "pelvis": 40,
    "thigh": 98, "shin": 98.4, "foot": 46, "upper_arm": 74.4, "forearm": 58.4, "hand": 43.2,
}  # fmt: skip


@EVERY
def test_it_could_happen(name):
    assert faults(name, PICTURES[name]) == []


@pytest.mark.parametrize("name", BODIES)
def test_every_bone_keeps_its_length(name):
    bones = skeleton(BODIES[name])
    trunk = {name: getattr(bones, name) for name in ("head", "neck", "thorax", "pelvis")}
    for named in (trunk, *(limb._asdict() for limb in bones[4:8])):
        assert {part: bone.length for part, bone in named.items()} == pytest.approx(
            {part: BONES[part] for part in named}
        )


@EVERY
def test_it_says_something_that_can_be_checked(name):
    assert PICTURES[name].touches
    assert PICTURES[name].says


def test_all_that_is_drawn_of_the_body_is_looked_at():
    """But for the knot of hair, which gives way, and the ears, which are within the head."""
    bones = skeleton(STANDING)
    gives_way = {outlines.hair(bones)[1], outlines.ear(bones.head)}
    assert set(silhouette(bones)) - gives_way == set(whole(bones).values())


@pytest.mark.parametrize("name", [name for name, one in PICTURES.items() if one.view == "side"])
def test_whoever_does_it_sinks_no_deeper_than_soft_things_give(name):
    """In their own hair and clothes."""
    layers = person(skeleton(BODIES[name]), look_of(name.split()[0]))
    drawn = [outline for layer in layers if isinstance(layer, Part) for outline in layer.outlines]
    firm = [prop for prop in PICTURES[name].props if prop.kind not in {*WRAPPED, "chair"}]
    lowest = min(point.y for outline in drawn for point in sampled(outline))
    sunk = [depth(point, prop) for prop in firm for outline in drawn for point in sampled(outline)]
    assert (lowest >= -SOFT_TOUCH, max(sunk, default=0) <= SOFT_TOUCH) == (True, True)


@EVERY
def test_it_is_light(name):
    drawn = draw(PICTURES[name], title="A" * 60, description="B" * 360, felt="Feel it here")
    assert len(drawn.encode()) <= 8 * 1024


def test_only_pictures_of_a_mistake_are_wrong():
    assert {name for name, one in PICTURES.items() if one.wrong} == {
        one for one in PICTURES if one.endswith("not_this")
    }


def test_feet_and_knee_stay_where_they_are_while_the_hips_glide_forward():
    start, hold = (skeleton(BODIES[f"half_kneeling_hip_flexor {name}"]) for name in ("start", "hold"))
    for before, after in ((start.right_leg.shin, hold.right_leg.shin), (start.left_leg.foot, hold.left_leg.foot)):
        assert max(before.start.minus(after.start).length, before.end.minus(after.end).length) <= 0.5
    assert hold.pelvis.end.x > start.pelvis.end.x + 20


STRAIGHT, HANGING = Leg(hip=0, knee=0, ankle=0), Arm(shoulder=0, elbow=0, wrist=0)
STANDING = Pose(hips=Point(0, 212.1), right_leg=STRAIGHT, left_leg=STRAIGHT, right_arm=HANGING, left_arm=HANGING)
STANDS = Picture(
    pose=STANDING, touches=(("right foot", "floor"), ("left foot", "floor")), says=("right knee straight",)
)
PALM = 10.6
"""Units from the bone of the hand to the palm."""

HALF_KNEELING = PICTURES["half_kneeling_hip_flexor hold"]


def at_a_wall(lean=0.0):
    """Standing with the right palm flat on a wall; leaning towards it, the feet stay."""
    hips = Point(0, 16).toward(90 + lean, 196)
    pelvis, thorax = directions(lean, 0, 0)
    shoulders = shoulders_of(hips, pelvis, thorax)
    arm = arm_to(Point(shoulders.x + 80, 290), 90, shoulders=shoulders, thorax=thorax)
    leg = Leg(hip=0, knee=0, ankle=-lean)
    pose = replace(STANDING, hips=hips, lean=lean, right_arm=arm, right_leg=leg, left_leg=leg)
    wall = Prop(kind="wall", left=shoulders.x + 80 + PALM, right=300, top=400)
    return Picture(pose=pose, props=(wall,), touches=(*STANDS.touches, ("right hand", "wall")), says=())


def moved(picture, *, x=0.0, y=0.0):
    return replace(picture, pose=replace(picture.pose, hips=picture.pose.hips.plus(Point(x, y))))


def told(picture, of=""):
    """The faults of a picture, without those that speak of something else."""
    return [fault for fault in faults("Ana", picture) if of in fault]


def test_who_stands_is_400_units_high_and_has_no_fault():
    assert skeleton(STANDING).head.start.y == pytest.approx(400, abs=0.5)
    assert told(STANDS) == []


def test_the_centre_of_mass_of_who_stands_is_at_the_height_every_textbook_has():
    """Between 53 and 58 per cent of body height (Winter; de Leva has 56 to 57)."""
    assert 0.53 * 400 <= centre_of_mass(skeleton(STANDING)).y <= 0.58 * 400


def test_a_foot_under_the_floor_is_told_in_centimetres():
    assert "Ana: right foot is 2.0 cm under the floor." in told(moved(STANDS, y=-2 * A_CM))


@settings(max_examples=20)
@given(cm=st.floats(0.4, 40))
def test_whatever_is_sunk_is_told_as_deep_as_it_is(cm):
    (fault,) = told(moved(STANDS, y=-cm * A_CM), "left foot is")
    assert float(fault.split()[4]) == pytest.approx(cm, abs=0.1)


@settings(max_examples=20)
@given(cm=st.floats(1.1, 60))
def test_whatever_is_off_what_it_touches_is_told(cm):
    (fault,) = told(moved(STANDS, y=cm * A_CM), "right foot is")
    assert fault.endswith("cm off the floor.")
    assert float(fault.split()[4]) == pytest.approx(cm, abs=0.2)


def test_a_knee_sunk_in_its_cushion_is_told():
    assert "Ana: right thigh is 1.0 cm inside the cushion." in told(moved(HALF_KNEELING, y=-1 * A_CM))


@settings(max_examples=20)
@given(knee=st.floats(6.5, 140))
def test_a_bent_knee_is_not_straight(knee):
    bent = replace(STANDING, right_leg=replace(STRAIGHT, knee=knee))
    assert f"the right knee is bent {knee:.0f}°" in told(replace(STANDS, pose=bent), "says")[0]


def test_a_knee_bent_backwards_and_one_past_its_end_are_told():
    for knee in (-5, 150):
        bent = replace(STANDING, left_leg=replace(STRAIGHT, knee=knee))
        assert told(replace(STANDS, pose=bent), "left knee") == [
            f"Ana: left knee is at {knee:.1f}°, outside 0° to 140°."
        ]


def test_a_hand_off_the_wall_is_told():
    assert told(at_a_wall()) == []
    (fault,) = told(moved(at_a_wall(), x=-3 * A_CM), "hand")
    assert fault == "Ana: right hand is 3.0 cm off the wall."


def test_a_hand_in_the_wall_is_told():
    assert "Ana: right hand is 3.0 cm inside the wall." in told(moved(at_a_wall(), x=3 * A_CM))


@settings(max_examples=20)
@given(lean=st.floats(12, 40))
def test_who_leans_back_too_far_falls_on_their_back(lean):
    leg = Leg(hip=0, knee=0, ankle=-lean)
    back = replace(STANDING, hips=Point(0, 16).toward(90 + lean, 196), lean=lean, right_leg=leg, left_leg=leg)
    (fault,) = told(replace(STANDS, pose=back), "mass")
    assert fault.endswith("behind what carries the body.")


def test_who_leans_on_a_wall_does_not_fall():
    leaning = at_a_wall(lean=-14)
    assert told(leaning, "mass") == []
    alone = replace(leaning, props=(), touches=STANDS.touches)
    assert "in front of what carries the body" in told(alone, "mass")[0]


def test_what_floats_is_carried_by_nothing():
    assert "Ana: nothing carries the body." in told(moved(STANDS, y=50))


def test_parts_that_lie_on_each_other_touch_and_others_do_not():
    assert told(HALF_KNEELING, "hand") == []
    apart = replace(HALF_KNEELING, touches=(("right hand", "head"),))
    assert told(apart, "right hand")[0].endswith("cm off the head.")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"says": ("right knee sore",)}, "Nobody knows “right knee sore”. What may be said: trunk upright"),
        ({"touches": (("tail", "floor"),)}, "Nobody knows the part “tail”. Parts: head"),
    ],
)
def test_what_nobody_knows_is_refused_with_what_is_known(wrong, sentence):
    with pytest.raises(ValueError, match=sentence.replace(".", r"\.")):
        faults("Ana", replace(STANDS, **wrong))


def test_a_thing_that_is_not_there_cannot_be_touched():
    there = replace(STANDS, touches=(("right foot", "mat"),))
    assert told(there, "mat") == ["Ana: right foot touches a mat that is not in the picture."]


def test_every_claim_is_false_of_somebody():
    """A claim that is always true would check nothing."""
    twisted = replace(
        STANDING, lean=40, pelvis=-30, spine=90, neck=80,
        right_leg=Leg(hip=60, knee=200, ankle=100), right_arm=Arm(shoulder=-50, elbow=-30, wrist=0),
    )  # fmt: skip
    poses = [STANDING, twisted, HALF_KNEELING.pose, replace(STANDING, pelvis=10, spine=-30, neck=-30)]
    claims = [*CLAIMS, *(f"right {limb}" for limb in LIMB_CLAIMS)]
    always = [one for one in claims if not any(told(replace(STANDS, pose=pose, says=(one,)), "says") for pose in poses)]
    assert always == []


def test_every_file_is_of_an_exercise():
    assert set(EXERCISES) <= set(catalogue().exercises)


STILL = {"constructive_rest", "breathing_90_90", "prone_rest"}
"""Exercises of one picture: nobody moves."""


def test_every_exercise_is_drawn_from_start_to_hold():
    drawn = {one: set(pictures_of(one)) for one in catalogue().exercises}
    assert [one for one, pictures in drawn.items() if "hold" not in pictures] == []
    assert {one for one, pictures in drawn.items() if "start" not in pictures} == STILL


def test_every_stretch_shows_its_mistake_and_where_it_is_felt():
    stretches = {one.id: pictures_of(one.id) for one in catalogue().exercises.values() if one.phase == "stretch"}
    assert len(stretches) >= 4
    assert [one for one, pictures in stretches.items() if not pictures["not_this"].wrong] == []
    assert [one for one, pictures in stretches.items() if not pictures["hold"].feels] == []


def test_every_stretch_of_the_hip_tucks_the_tail_and_its_mistake_arches_the_back():
    stretches = [pictures_of(one.id) for one in catalogue().exercises.values() if one.phase == "stretch"]
    assert ["tail tucked" in pictures["hold"].says for pictures in stretches] == [True] * len(stretches)
    assert ["back arched" in pictures["not_this"].says for pictures in stretches] == [True] * len(stretches)
