"""What leaves the engine: small, well-formed, allowed by the strictest page, and put into words."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from clinic.drawings import draw, poses
from clinic.drawings.figure import silhouette
from clinic.drawings.skeleton import skeleton

SVG = "{http://www.w3.org/2000/svg}"
ALLOWED = {
    "svg": {"viewBox", "role", "aria-labelledby", "aria-describedby"},
    "title": {"id"},
    "desc": {"id"},
    "g": {"stroke", "stroke-width", "stroke-linejoin", "stroke-linecap", "paint-order"},
    "path": {"d", "fill", "fill-opacity", "stroke", "stroke-width", "stroke-linejoin", "stroke-linecap"},
    "rect": {"x", "y", "width", "height", "rx", "fill", "stroke", "stroke-opacity", "stroke-width"},
}


def drawn(title="Hip-flexor stretch", description="Kneel on the right knee.", pose=poses.HALF_KNEELING):
    return draw(pose, title=title, description=description)


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
    pages = drawn() + drawn(pose=poses.HALF_KNEELING_START) + drawn(title="Other words")
    ids = re.findall(r' id="([^"]+)"', pages)
    assert len(ids) == len(set(ids)) == 6


def test_the_same_drawing_is_the_same_bytes():
    assert drawn() == drawn()


def test_the_whole_picture_is_inside_its_view():
    left, top, width, height = (float(tenth) / 10 for tenth in ET.fromstring(drawn()).get("viewBox").split())
    hold, start = poses.HALF_KNEELING, poses.HALF_KNEELING_START
    points = [point for pose in (hold, start) for outline in silhouette(skeleton(pose)) for point in outline]
    points += [hold.arrows[0].tail, (hold.mat.left, 0), (hold.mat.right, 0)]
    assert all(left < x < left + width and top < -y < top + height for x, y in points)


def test_the_start_is_drawn_faintly_behind_the_person():
    paths = list(ET.fromstring(drawn()).iter(f"{SVG}path"))
    assert float(paths[0].get("fill-opacity")) < 0.25
    alone = ET.fromstring(drawn(pose=replace(poses.HALF_KNEELING, start=None)))
    assert not any(path.get("fill-opacity") for path in alone.iter(f"{SVG}path"))
