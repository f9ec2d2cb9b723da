"""The trend: a picture that says by shapes and words what it says, on a true axis of time."""

import re
import xml.etree.ElementTree as ET

import pytest

from clinic.drawings.trend import HEIGHT, MARGIN, WIDTH, Phase, Point, Trend, draw_trend

SVG = "{http://www.w3.org/2000/svg}"


def drawn(*points, **more):
    known = {"least": 0, "most": 10, "first": "10 Oct", "last": "today", **more}
    return ET.fromstring(draw_trend(Trend(points=points, **known), title="Pain", description="From 6 to 2."))


def dots(picture):
    return [
        (float(one.get("cx")), float(one.get("cy")))
        for one in picture.iter(f"{SVG}circle")
        if "dot" in one.get("class")
    ]


def texts(picture):
    return [one.text for one in picture.iter(f"{SVG}text")]


def test_time_runs_as_it_ran():
    picture = drawn(Point(0, 6), Point(7, 5), Point(28, 2))
    (first, _), (second, _), (third, _) = dots(picture)
    assert (first, third) == (MARGIN, WIDTH - MARGIN)
    assert second == pytest.approx(MARGIN + (WIDTH - 2 * MARGIN) / 4, abs=0.1)


def test_values_stand_on_their_scale():
    picture = drawn(Point(0, 10), Point(7, 0), Point(8, 5))
    top, bottom, middle = (y for _, y in dots(picture))
    assert top == MARGIN
    assert middle == pytest.approx((top + bottom) / 2)
    assert bottom < HEIGHT


def test_the_band_reaches_from_what_is_meaningful_to_the_end_of_the_scale():
    picture = drawn(Point(0, 6), Point(7, 5), band=(0, 4))
    trend = Trend(points=(Point(0, 6), Point(7, 5)), least=0, most=10, first="", last="")
    rect = picture.find(f"{SVG}rect")
    assert float(rect.get("y")) == trend.y(4)
    assert float(rect.get("y")) + float(rect.get("height")) == pytest.approx(trend.y(0))


def test_there_is_no_band_where_there_is_no_room_for_one():
    assert drawn(Point(0, 1), Point(7, 1), band=(0, -1)).find(f"{SVG}rect") is None
    assert drawn(Point(0, 1), Point(7, 1)).find(f"{SVG}rect") is None


def test_what_the_picture_says_is_said_without_colour_and_without_seeing():
    picture = drawn(Point(0, 6, end=3), Point(7, 5), phases=[Phase(3, "1")])
    named = {one.get("id"): one.text for one in picture if one.tag in {f"{SVG}title", f"{SVG}desc"}}
    assert named[picture.get("aria-labelledby")] == "Pain"
    assert named[picture.get("aria-describedby")] == "From 6 to 2."
    classes = [one.get("class") for one in picture.iter() if one.get("class")]
    assert {"trend-dot", "trend-ring", "trend-base", "trend-phase", "trend-line"} <= set(classes)
    assert {"10 Oct", "today", "1"} <= set(texts(picture))
    assert not re.search(r"style=|fill=\"#", ET.tostring(picture, encoding="unicode"))


def test_a_plan_sent_after_the_last_visit_stands_at_the_end_of_the_time():
    picture = drawn(Point(0, 6), Point(7, 5), phases=[Phase(14, "2")])
    assert max(x for x, _ in dots(picture)) < WIDTH - MARGIN


def test_two_notes_of_one_moment_are_drawn():
    assert len(dots(drawn(Point(3, 6), Point(3, 5)))) == 2
