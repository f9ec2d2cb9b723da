"""What leaves the engine: small, well-formed, allowed by the strictest page, and put into words."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest

from clinic.drawings import draw, pictures_of
from clinic.drawings.figure.person import silhouette
from clinic.drawings.figure.skeleton import skeleton

PICTURES = pictures_of("half_kneeling_hip_flexor")
START, HOLD = PICTURES["start"], PICTURES["hold"]
SVG = "{http://www.w3.org/2000/svg}"
ALLOWED = {
    "svg": {"viewBox", "role", "aria-labelledby", "aria-describedby"},
    "title": {"id"},
    "desc": {"id"},
    "g": {"stroke", "stroke-width", "stroke-linejoin", "stroke-linecap", "paint-order"},
    "path": {"d", "fill", "fill-opacity", "stroke", "stroke-width", "stroke-linejoin", "stroke-linecap"},
    "rect": {"x", "y", "width", "height", "rx", "fill", "stroke", "stroke-opacity", "stroke-width"},
}


def drawn(title="Hip-flexor stretch", description="Kneel on the right knee.", picture=HOLD, behind=START):
    return draw(picture, behind=behind, title=title, description=description)


def test_it_is_one_svg_of_at_most_8_kilobytes():
    assert ET.fromstring(drawn()).tag == f"{SVG}svg"
    assert len(drawn().encode()) <= 8 * 1024


def test_it_has_only_elements_and_attributes_the_policy_allows():
    for element in ET.fromstring(drawn()).iter():
        name = element.tag.removeprefix(SVG)
        assert set(element.attrib) <= ALLOWED.get(name, set()), name
        assert name in ALLOWED


def test_it_refers_to_nothing_outside_itself():
    assert not re.search(r"url\(|href|src=|@import|data:|://", drawn().replace("http://www.w3.org/2000/svg", ""))


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
    paths = list(ET.fromstring(drawn()).iter(f"{SVG}path"))
    assert float(paths[0].get("fill-opacity")) < 0.25
    alone = ET.fromstring(drawn(behind=None))
    assert not any(path.get("fill-opacity") for path in alone.iter(f"{SVG}path"))
