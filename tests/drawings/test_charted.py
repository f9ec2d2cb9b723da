"""The chart a therapist keeps: three layers, each told from the others without colour, and light."""

from xml.etree import ElementTree as ET

import pytest

from clinic.drawings.body_chart import places
from clinic.drawings.charted import Hurt, Layers, charted
from clinic.drawings.marks import KINDS

SVG = "{http://www.w3.org/2000/svg}"
ALL = Layers({"groin/left": Hurt("dull", "6→2")}, ["low_back/right", "groin/left"], ["knee/left"])


def drawn(view, layers=ALL, **more):
    return ET.fromstring(charted(view, layers, said="in words", **more))


def texts(picture):
    return [text.text for text in picture.iter(f"{SVG}text")]


def test_each_layer_is_drawn_where_it_can_be_seen(app):
    front, back = drawn("front"), drawn("back")
    assert [sign for sign in texts(front) if sign in {"6→2", "T"}] == ["6→2", "T"]
    assert [sign for sign in texts(back) if sign in {"6→2", "T"}] == ["T"]
    dashed = [
        [path.get("d") for path in picture.iter(f"{SVG}path") if path.get("stroke-dasharray")]
        for picture in (front, back)
    ]
    assert [len(paths) for paths in dashed] == [1, 1]  # a knee is seen from either side


def test_layers_are_told_apart_without_colour(app):
    """A hatch and a number, a strong line and a T, a dashed line."""
    front = drawn("front")
    assert [path for path in front.iter(f"{SVG}path") if (path.get("fill") or "").startswith("url(#")]
    strong = [path for path in front.iter(f"{SVG}path") if path.get("stroke-width") == "34"]
    assert [path.get("stroke") for path in strong] == ["currentColor"]
    assert not any(path.get("stroke-dasharray") for path in strong)


def test_a_picture_says_in_words_what_it_shows_and_words_are_escaped(app):
    assert drawn("back").findtext(f"{SVG}desc") == "in words"
    assert "<b>" not in charted("front", Layers({"groin/left": Hurt("", "<b>")}), said="<b>")


def test_a_mark_of_no_kind_is_tinted_all_the_same(app):
    plain = drawn("front", Layers({"groin/left": Hurt("", "")}))
    assert [path for path in plain.iter(f"{SVG}path") if path.get("fill", "").startswith("#")]


@pytest.mark.parametrize("view", ["front", "back"])
def test_a_live_picture_names_each_place_has_every_hatch_and_stays_light(app, view):
    live = drawn(view, live=True)
    tapped = {path.get("data-place"): path for path in live.iter(f"{SVG}path") if path.get("data-place")}
    assert set(tapped) == set(places(view))
    assert all(path.findtext(f"{SVG}title") and path.get("data-at") for path in tapped.values())
    assert len(list(live.iter(f"{SVG}pattern"))) == len(KINDS)
    assert len(charted(view, Layers(), said="", live=True).encode()) < 21 * 1024
    assert len(charted(view, Layers(), said="").encode()) < 16 * 1024


def test_what_lies_above_the_places_is_in_no_taps_way(app):
    above = drawn("front", live=True).findall(f"{SVG}g[@pointer-events='none']")[-1]
    assert len(list(above.iter(f"{SVG}path"))) == 2
