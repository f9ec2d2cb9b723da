"""Different people do the exercises, and none of them is drawn where a pose says they touch something."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from clinic.drawings import draw, look_of, pictures_of
from clinic.drawings.figure import rings, svg
from clinic.drawings.figure.hair import STYLES, hair
from clinic.drawings.figure.looks import BUILDS, LOOKS, darker
from clinic.drawings.figure.outlines import shirt
from clinic.drawings.figure.person import Feature, person, silhouette
from clinic.drawings.figure.pose_files import FOLDER
from clinic.drawings.figure.skeleton import skeleton
from clinic.drawings.figure.surface import along_and_front
from clinic.drawings.geometry import bends

HOLD = pictures_of("half_kneeling_hip_flexor")["hold"]
BONES = skeleton(HOLD.pose)
EXERCISES = sorted(file.stem for file in FOLDER.glob("*.yaml"))
EVERYBODY = pytest.mark.parametrize("look", LOOKS, ids=[f"{look.style} {look.skin}" for look in LOOKS])


def drawn(look, picture=HOLD):
    return draw(picture, title="A stretch", description="Kneel.", look=look)


def light(colour):
    """As a grey print has it: the usual weights of red, green and blue."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


@EVERYBODY
def test_each_look_is_drawn_in_its_own_colours(look):
    assert {look.skin, look.hair, look.shirt, look.leggings} <= set(re.findall(r"#[0-9a-f]{6}", drawn(look)))


@EVERYBODY
def test_far_legs_are_darker_than_near_ones_even_in_grey(look):
    assert light(look.colours["leggings"]) - light(look.colours["far leggings"]) > 25


@EVERYBODY
def test_a_face_can_be_read_on_any_skin(look):
    assert light(look.skin) - light(look.colours["face"]) > 45


def test_no_two_people_are_drawn_alike():
    assert len({drawn(look) for look in LOOKS}) == len(LOOKS)


def test_whoever_does_an_exercise_is_always_the_same():
    assert look_of("glute_bridge") == look_of("glute_bridge")


def test_the_exercises_are_done_by_many_people():
    assert len({look_of(exercise) for exercise in EXERCISES}) > len(EXERCISES) / 4


@pytest.mark.parametrize("style", STYLES)
def test_the_back_of_every_head_rests_equally_low(style):
    usual = -min(front for _, front in reach(hair("bun", BONES)[0]))
    drawn_lines = [point for outline in hair(style, BONES) for point in reach(outline)]
    behind = -min(front for along, front in drawn_lines if 5 < along < 36)
    assert behind == pytest.approx(usual, abs=1.6)


def reach(outline):
    """The drawn line, down the head and in front of it."""
    return [along_and_front(BONES.head, bend.end) for bend in bends(outline)]


@pytest.mark.parametrize("build", BUILDS)
def test_a_build_changes_nothing_at_the_back(build):
    def back(fuller):
        return {point for point in shirt(BONES, fuller) if point.x < BONES.thorax.start.x - 5}

    assert back(BUILDS[build]) == back(0)


def test_a_broad_person_is_broader_in_front():
    slim, broad = (max(p.x for p in shirt(BONES, BUILDS[build])) for build in ("slim", "broad"))
    assert broad > slim + 3


def test_a_belly_under_a_hand_is_the_one_the_pose_was_made_with():
    breathing = replace(HOLD, touches=(("right hand", "belly"),))
    broad = LOOKS[2]
    assert drawn(broad, breathing) == drawn(broad._replace(build="medium"), breathing)
    assert drawn(broad) != drawn(broad._replace(build="medium"))


def test_a_scarf_covers_the_ear():
    scarf = next(look for look in LOOKS if look.style == "headscarf")
    assert BONES.head.outline(rings.EAR_RING) not in silhouette(BONES, scarf)
    assert BONES.head.outline(rings.EAR_RING) in silhouette(BONES)


def test_darker_is_a_share_of_the_light():
    assert darker("#ff8000", 0.5) == "#804000"


SIDE_VIEWS = [
    pytest.param(picture, id=f"{exercise} {name}")
    for exercise in EXERCISES
    for name, picture in pictures_of(exercise).items()
    if picture.view == "side"
]


@pytest.mark.parametrize("picture", SIDE_VIEWS)
def test_nobody_sinks_deeper_than_whoever_the_pose_was_made_with(picture):
    bones = skeleton(picture.pose)
    usual = lowest(silhouette(bones))
    sunk = {look.style: lowest(silhouette(bones, svg._fitting(look, picture))) - usual for look in LOOKS}
    assert {style: deeper for style, deeper in sunk.items() if deeper < -1} == {}


def lowest(outlines):
    return min(bend.end.y for outline in outlines for bend in bends(outline))


@EVERYBODY
def test_a_turned_head_shows_both_eyes(look):
    resting = pictures_of("prone_rest")["hold"].pose
    turned, face_down = (person(skeleton(replace(resting, turned=one)), look) for one in (True, False))
    assert lines(turned) >= lines(face_down) + 2


def lines(layers):
    return sum(isinstance(layer, Feature) for layer in layers)
