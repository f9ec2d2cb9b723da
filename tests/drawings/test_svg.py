"""What leaves the engine: small, well-formed, allowed by the strictest page, and put into words."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import yaml

from clinic.drawings import draw, pictures_of
from clinic.drawings.figure import arrows, props
from clinic.drawings.figure.checks import faults
from clinic.drawings.figure.person import silhouette
from clinic.drawings.figure.pose import Arrow, Prop
from clinic.drawings.figure.pose_files import FOLDER, read_pictures
from clinic.drawings.figure.skeleton import skeleton
from clinic.drawings.geometry import Point

PICTURES = pictures_of("half_kneeling_hip_flexor")
START, HOLD = PICTURES["start"], PICTURES["hold"]
ROOT = Path(__file__).parents[2]
SVG = "{http://www.w3.org/2000/svg}"
ALLOWED = {
    "svg": {"viewBox", "role", "aria-labelledby", "aria-describedby"},
    "title": {"id"},
    "desc": {"id"},
    "g": {"stroke", "stroke-opacity", "stroke-width", "stroke-linejoin", "paint-order", "transform"},
    "path": {
        "d", "fill", "fill-opacity",
        "stroke", "stroke-opacity", "stroke-width", "stroke-linejoin", "stroke-linecap", "stroke-dasharray",
    },
    "rect": {"x", "y", "width", "height", "rx", "fill"},
    "text": {"x", "y", "fill", "font-size", "text-anchor"},
}  # fmt: skip
EVERY_PICTURE = [
    pytest.param(picture, id=f"{file.stem} {name}")
    for file in sorted(FOLDER.glob("*.yaml"))
    for name, picture in pictures_of(file.stem).items()
]
THINGS = ["mat", "cushion", "pillow", "towel", "chair", "bed", "wall", "worktop"]


def drawn(title="Hip-flexor stretch", description="Kneel on the right knee.", picture=HOLD, behind=START):
    return draw(replace(picture, behind=behind), title=title, description=description)


@pytest.mark.parametrize("picture", EVERY_PICTURE)
def test_it_is_one_svg_of_at_most_8_kilobytes(picture):
    svg = drawn(picture=picture, behind=None)
    assert ET.fromstring(svg).tag == f"{SVG}svg"
    assert len(svg.encode()) <= 8 * 1024


@pytest.mark.parametrize("picture", EVERY_PICTURE)
def test_it_has_only_elements_and_attributes_the_policy_allows(picture):
    for element in ET.fromstring(drawn(picture=picture)).iter():
        name = element.tag.removeprefix(SVG)
        assert set(element.attrib) <= ALLOWED.get(name, set()), name
        assert name in ALLOWED


@pytest.mark.parametrize("picture", EVERY_PICTURE)
def test_it_refers_to_nothing_outside_itself(picture):
    outside = r"url\(|href|src=|@import|data:|://"
    assert not re.search(outside, drawn(picture=picture).replace("http://www.w3.org/2000/svg", ""))


@pytest.mark.parametrize("kind", THINGS)
def test_the_things_of_an_exercise_can_be_drawn(kind):
    alone = ET.fromstring(drawn(picture=replace(START, props=()), behind=None))
    beside = replace(START, props=(Prop(kind=kind, left=150, right=250, top=60),))
    assert len(list(ET.fromstring(drawn(picture=beside, behind=None)).iter())) > len(list(alone.iter()))


def test_a_thing_nobody_can_draw_is_refused_in_words():
    with pytest.raises(ValueError, match="Nobody knows how to draw a trampoline"):
        drawn(picture=replace(START, props=(Prop(kind="trampoline", left=0, right=9, top=9),)))


def test_the_back_of_a_chair_is_behind_whoever_sits_on_it():
    sat_on = Prop(kind="chair", left=-50, right=50, top=100)
    turned = replace(sat_on, faces="left")
    assert 'x="-500"' in props.thing(sat_on).split("<rect")[3]
    assert 'x="410"' in props.thing(turned).split("<rect")[3]


def test_a_band_reaches_round_both_feet():
    loop = props.band(("right foot", "left foot"), skeleton(START.pose))
    xs = [int(x) / 10 for x in re.findall(r"[ML](-?\d+) ", loop)]
    feet = [getattr(skeleton(START.pose), f"{side}_leg").foot for side in ("right", "left")]
    assert min(xs) <= min(foot.at(28, -9).x for foot in feet)
    assert max(xs) >= max(foot.at(28, -9).x for foot in feet)


def test_a_band_round_what_is_no_part_of_the_body_is_refused_in_words():
    with pytest.raises(ValueError, match="A band cannot go round right ear"):
        props.band(("right ear", "left foot"), skeleton(START.pose))


def test_a_band_is_read_from_a_pose_file():
    limb = {"hip": 0, "knee": 0, "ankle": 0}
    arm = {"shoulder": 0, "elbow": 0, "wrist": 0}
    limbs = {"right_leg": limb, "left_leg": limb, "right_arm": arm, "left_arm": arm}
    kept = {"body": {"hips": [0, 212]}, **limbs, "props": [{"band": {"around": ["right foot", "left foot"]}}]}
    picture = read_pictures({"start": kept})["start"]
    assert (picture.props, picture.band) == ((), ("right foot", "left foot"))


def test_a_bent_arrow_swings_out_to_the_left_of_its_way():
    up = Arrow(tail=Point(0, 0), tip=Point(0, 40), bend=10)
    assert arrows.points(up)[1] == Point(-10, 20)


def test_its_title_and_description_can_be_read_aloud():
    root = ET.fromstring(drawn("A stretch", "Kneel."))
    words = {element.get("id"): element.text for element in root.iter() if element.get("id")}
    assert root.get("role") == "img"
    assert words[root.get("aria-labelledby")] == "A stretch"
    assert words[root.get("aria-describedby")] == "Kneel."


@pytest.mark.parametrize("nasty", ["<script>alert(1)</script>", "</title></svg><b>", "a \"quoted\" & 'other' <"])
def test_words_stay_words(nasty):
    root = ET.fromstring(drawn(nasty, nasty))
    assert [root.findtext(f"{SVG}title"), root.findtext(f"{SVG}desc")] == [nasty, nasty]
    assert "<script" not in drawn(nasty, nasty)


def test_two_drawings_on_one_page_share_no_ids():
    pages = drawn() + drawn(picture=START) + drawn(title="Other words")
    ids = re.findall(r' id="([^"]+)"', pages)
    assert len(ids) == len(set(ids)) == 6


def test_the_same_drawing_is_the_same_bytes():
    assert drawn() == drawn()


def test_the_whole_picture_is_inside_its_view():
    left, top, width, height = (float(tenth) / 10 for tenth in ET.fromstring(drawn()).get("viewBox").split())
    points = [point for one in (HOLD, START) for outline in silhouette(skeleton(one.pose)) for point in outline]
    points += [HOLD.arrows[0].tail, (HOLD.props[0].left, 0), (HOLD.props[0].right, 0)]
    assert all(left < x < left + width and top < -y < top + height for x, y in points)


def test_the_start_is_drawn_faintly_behind_the_person():
    (faint,) = (path for path in ET.fromstring(drawn()).iter(f"{SVG}path") if path.get("fill-opacity"))
    assert float(faint.get("fill-opacity")) < 0.25
    alone = ET.fromstring(drawn(behind=None))
    assert not any(path.get("fill-opacity") for path in alone.iter(f"{SVG}path"))


def test_the_example_of_the_documentation_is_a_picture_that_could_happen():
    text = (ROOT / "docs/drawings.md").read_text()
    pictures = read_pictures(yaml.safe_load(text.split("```yaml")[1].split("```")[0]))
    assert [fault for name, picture in pictures.items() for fault in faults(name, picture)] == []
    assert all(drawn(picture=picture, behind=None) for picture in pictures.values())


@pytest.mark.parametrize(("beside", "floors"), [("cushion", 0), ("chair", 1)])
def test_a_floor_is_drawn_where_something_stands_on_it(beside, floors):
    mat, thing = Prop(kind="mat", left=-150, right=150, top=10), Prop(kind=beside, left=0, right=50, bottom=10, top=50)
    svg = drawn(picture=replace(START, props=(mat, thing)), behind=None)
    flat = re.findall(r'd="M-?\d+ 0L-?\d+ 0"', svg)
    assert len(flat) == floors
