"""The body chart: whole, mirrored, and the same in picture and words."""

from xml.etree import ElementTree as ET

import pytest

from clinic.drawings import wording
from clinic.drawings.body_chart import places, shown, to_be_marked, whole
from clinic.drawings.contours import corners, middle
from clinic.drawings.geometry import Point
from clinic.drawings.marks import KINDS, MOST_MARKS, PLACES, REGIONS, Mark, as_kept, read_marks

VIEWS = ("front", "back")
SVG = "{http://www.w3.org/2000/svg}"
HIP = Mark("hip_flexors", "left", "dull", 6)


RINGS = {view: {place: corners(line) for place, line in places(view).items()} for view in VIEWS}
BODIES = {view: corners(whole(view)) for view in VIEWS}
SAMPLES = [Point(x + 0.37, y + 0.71) for x in range(-80, 80, 4) for y in range(0, 400, 4)]


def inside(point, ring):
    """By how often a line to the right of the point crosses the ring."""
    crossed = [
        (a.y > point.y) != (b.y > point.y) and point.x < a.x + (point.y - a.y) / (b.y - a.y) * (b.x - a.x)
        for a, b in zip(ring, (*ring[1:], ring[0]), strict=True)
        if a.y > point.y or b.y > point.y
    ]
    return sum(crossed) % 2 == 1


def area(ring):
    return abs(sum(a.x * b.y - b.x * a.y for a, b in zip(ring, (*ring[1:], ring[0]), strict=True))) / 2


@pytest.mark.parametrize("view", VIEWS)
def test_whatever_of_the_body_is_touched_is_one_place_and_what_is_beside_it_is_none(view):
    counts = {point: sum(inside(point, ring) for ring in RINGS[view].values()) for point in SAMPLES}
    assert {point: count for point, count in counts.items() if count != inside(point, BODIES[view])} == {}


@pytest.mark.parametrize("view", VIEWS)
def test_every_place_is_large_enough_to_be_touched(view):
    """In units: a finger on a phone covers about 9 by 9 of them."""
    assert [place for place, ring in RINGS[view].items() if area(ring) < 80] == []


@pytest.mark.parametrize("view", VIEWS)
def test_left_mirrors_right(view):
    lines = places(view)
    for place, line in lines.items():
        region, side = place.split("/")
        other = middle(lines[f"{region}/{'right' if side == 'left' else 'left'}"])
        assert (-other.x, other.y) == pytest.approx(tuple(middle(line)))


def test_our_left_is_on_the_right_of_a_front_view_and_on_the_left_of_a_back_view():
    assert middle(places("front")["knee/left"]).x > 0
    assert middle(places("back")["knee/left"]).x < 0


def test_every_place_is_where_the_list_says():
    front, back = (set(places(view)) for view in VIEWS)
    seen = {"front": front - back, "back": back - front, "either": front & back}
    assert {
        view: {f"{region}/{side}" for region in regions for side in ("left", "right")}
        for view, regions in REGIONS.items()
    } == seen
    assert set(PLACES) == front | back


def test_every_place_and_every_kind_has_words(app):
    assert len({wording.place(place) for place in PLACES}) == len(PLACES)
    assert set(wording.KINDS) == set(KINDS)


def test_a_chart_to_look_at_says_in_words_what_it_shows(app):
    chart = shown([HIP], avoid={"knee/right"})
    assert list(chart.told) == ["Front of hip, left: dull or aching, 6 of 10"]
    assert list(chart.left_out) == ["Knee, right"]
    said = ET.fromstring(chart.front).findtext(f"{SVG}desc")
    assert said == "Front of hip, left: dull or aching, 6 of 10; leave out: Knee, right"


def test_a_mark_is_hatched_and_numbered_where_it_can_be_seen_and_nowhere_else(app):
    chart = shown([HIP])
    front, back = ET.fromstring(chart.front), ET.fromstring(chart.back)
    hatched = [path for path in front.iter(f"{SVG}path") if path.get("fill", "").startswith("url(#")]
    assert [path.get("fill") for path in hatched] == [f"url(#{front.find(f'.//{SVG}pattern').get('id')})"]
    assert "6" in {text.text for text in front.iter(f"{SVG}text")}
    assert "url(" not in ET.tostring(back, "unicode").replace("pattern", "")


def test_a_chart_to_be_marked_names_each_place_and_both_sides(app):
    picture = ET.fromstring(to_be_marked("back", []))
    named = {
        path.get("data-place"): path.findtext(f"{SVG}title")
        for path in picture.iter(f"{SVG}path")
        if path.get("data-place")
    }
    assert named == {place: wording.place(place) for place in places("back")}
    assert {"Left", "Right"} <= {text.text for text in picture.iter(f"{SVG}text")}


def test_a_slim_place_takes_the_taps_beside_the_body_but_none_of_another_place(app):
    """Strips lie beneath all places, and around slim ones alone."""
    picture = ET.fromstring(to_be_marked("front", []))
    strips = [path.get("data-near") for path in picture.iter(f"{SVG}path") if path.get("data-near")]
    assert {"outer_thigh/left", "neck/right"} <= set(strips) < set(places("front"))
    layers = [layer for layer in picture.findall(f"{SVG}g") if layer.find(f"{SVG}path") is not None]
    assert [len(layer.findall(f"{SVG}path[@data-near]")) for layer in layers] == [len(strips), 0, 0]
    assert not shown([]).front.count("data-near")


def test_a_foot_shows_toes_from_the_front_and_a_heel_from_behind(app):
    front, back = (places(view)["foot/left"] for view in VIEWS)
    assert len(front) > len(back)


def test_somebody_is_seven_and_a_half_heads_high():
    head = RINGS["front"]["head/left"]
    assert 400 / (max(point.y for point in head) - min(point.y for point in head)) == pytest.approx(7.5, abs=0.05)


def test_the_pictures_stay_light(app):
    assert max(len(to_be_marked(view, []).encode()) for view in VIEWS) < 20 * 1024


def test_marks_come_back_as_they_were_kept():
    marks = (HIP, Mark("low_back", "right", "burning", 0), Mark("head", "left", "tingling", 10))
    assert read_marks(as_kept(marks)) == marks


@pytest.mark.parametrize(
    "kept",
    [
        None,
        {},
        "low_back/left",
        [["low_back", "left", "dull", 3]],
        [{"region": "tail", "side": "left", "kind": "dull", "strength": 3}],
        [{"region": "knee", "side": "both", "kind": "dull", "strength": 3}],
        [{"region": "knee", "side": "left", "kind": "cosmic", "strength": 3}],
        [{"region": "knee", "side": "left", "kind": "dull", "strength": 11}],
        [{"region": "knee", "side": "left", "kind": "dull", "strength": -1}],
        [{"region": "knee", "side": "left", "kind": "dull", "strength": True}],
        [{"region": "knee", "side": "left", "kind": "dull", "strength": 2.5}],
        [{"region": "knee", "side": "left", "kind": "dull", "strength": "<svg>"}],
        [{"region": "knee", "side": "left", "kind": "dull"}],
        [{"region": "knee", "side": "left", "kind": "dull", "strength": 3, "colour": "red"}],
        as_kept([HIP, HIP]),
        as_kept([HIP]) * (MOST_MARKS + 1),
    ],
)
def test_what_is_no_mark_is_refused(kept):
    with pytest.raises(ValueError, match=r"chart|place|strength"):
        read_marks(kept)
