"""Where an exercise is felt, what is a mistake, and the other side of the body."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from clinic.drawings import draw, pictures_of
from clinic.drawings.figure import body, feels
from clinic.drawings.figure.person import silhouette
from clinic.drawings.figure.pose import Prop
from clinic.drawings.figure.room import Box, room_near
from clinic.drawings.figure.skeleton import skeleton
from clinic.drawings.geometry import Point

HOLD = pictures_of("half_kneeling_hip_flexor")["hold"]
BONES = skeleton(HOLD.pose)
SVG = "{http://www.w3.org/2000/svg}"
PLACES = [
    "front of right hip", "front of left hip", "front of right thigh", "front of left thigh", "low back", "seat",
    "right seat", "left seat", "belly", "back of right thigh", "back of left thigh", "right calf", "left calf",
]  # fmt: skip


def root(picture=HOLD, **wishes):
    return ET.fromstring(draw(picture, title="A stretch", description="Kneel.", **wishes))


def box_of(words):
    """The room that words take, as a reader's letters fill it."""
    middle, bottom = float(words.get("x")) / 10, -float(words.get("y")) / 10
    wide, size = len(words.text) * feels.FONT * 0.5, feels.FONT
    return Box(middle - wide / 2, bottom, middle + wide / 2, bottom + size * 0.7)


@pytest.mark.parametrize("place", PLACES)
def test_each_place_a_client_may_feel_is_near_the_hips_or_legs(place):
    assert feels.place(place, BONES).minus(BONES.pelvis.end).length < 180


def test_a_place_nobody_can_find_is_refused_in_words():
    with pytest.raises(ValueError, match="Nobody knows where on the body left antenna is"):
        root(replace(HOLD, feels=("left antenna",)))


def test_the_words_where_it_is_felt_cover_nobody():
    box = box_of(root(felt="Feel it here").find(f".//{SVG}text"))
    assert not any(box.holds(point) for outline in silhouette(BONES) for point in outline)


def test_the_words_where_it_is_felt_are_inside_the_picture():
    drawn = root(felt="Feel it here")
    left, top, width, height = (float(tenth) / 10 for tenth in drawn.get("viewBox").split())
    box = box_of(drawn.find(f".//{SVG}text"))
    assert left < box.left < box.right < left + width
    assert top < -box.top < -box.bottom < top + height


def test_without_words_the_place_is_still_hatched():
    assert root().find(f".//{SVG}text") is None
    assert len(list(root().iter())) > len(list(root(replace(HOLD, feels=())).iter()))


def test_the_words_where_it_is_felt_stay_words():
    assert root(felt="<b>").findtext(f".//{SVG}text") == "<b>"


def test_the_hatch_stays_inside_its_round_place():
    numbers = re.findall(r"M(-?\d+) (-?\d+)L(-?\d+) (-?\d+)", feels.hatch(Point(0, 0)))
    ends = [(int(x) / 10, int(y) / 10) for line in numbers for x, y in (line[:2], line[2:])]
    assert ends
    assert all((x**2 + y**2) ** 0.5 <= feels.RADIUS + 0.2 for x, y in ends)


def test_a_mistake_bears_a_cross_beside_the_person():
    wrong = replace(HOLD, wrong=True)
    box = room_near(BONES.head.at(20, 60), (46, 46), silhouette(BONES), apart=0)
    assert not any(box.holds(point) for outline in silhouette(BONES) for point in outline)
    assert draw(wrong, title="", description="").count(feels.RED) > draw(HOLD, title="", description="").count(
        feels.RED
    )


def test_the_ring_round_a_knee_held_wrongly_is_inside_the_picture():
    wrong = pictures_of("knee_to_chest")["not_this"]
    (knee,) = body.mistaken(wrong)
    _left, top, _wide, _high = (float(number) / 10 for number in root(wrong).get("viewBox").split())
    assert knee.y + feels.RING + 10 < -top


def test_the_place_of_a_mistake_is_ringed():
    wrong = replace(HOLD, wrong=True, says=())
    arched = replace(wrong, says=("back arched",))
    assert len(list(root(arched).iter())) == len(list(root(wrong).iter())) + 2


def test_the_other_side_is_the_same_picture_from_right_to_left():
    one, other = root(felt="Feel it here"), root(felt="Feel it here", mirrored=True)
    left, top, width, height = map(int, one.get("viewBox").split())
    assert [int(n) for n in other.get("viewBox").split()] == [-left - width, top, width, height]
    assert other.find(f"{SVG}g").get("transform") == "scale(-1 1)"


def test_the_words_of_the_other_side_can_still_be_read():
    other = root(felt="Feel it here", mirrored=True)
    assert other.find(f"{SVG}text") is not None
    one = root(felt="Feel it here").find(f"{SVG}text")
    assert int(other.find(f"{SVG}text").get("x")) == -int(one.get("x"))


def test_pictures_beside_each_other_show_the_same_piece_of_the_world():
    start = pictures_of("half_kneeling_hip_flexor")["start"]
    wide = replace(start, props=(*start.props, Prop(kind="wall", left=300, right=320, top=400)))
    views = {root(one, among=(start, wide)).get("viewBox") for one in (start, wide)}
    assert views == {root(wide).get("viewBox")}
