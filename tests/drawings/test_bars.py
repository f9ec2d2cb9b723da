"""The picture of hours: told in words, allowed by the strictest page, and as tall as the numbers say."""

import re
from xml.etree import ElementTree as ET

from clinic.drawings.bars import Bar, Bars, draw_bars

SVG = "{http://www.w3.org/2000/svg}"
WEEKS = Bars([Bar(40, 10), Bar(20, 20), Bar(0, 0), Bar(0, 40)], 40, "40 hours", "2 Mar 2026", "29 Mar 2026")


def drawn(bars=WEEKS, title="Hours: Ana & Ben", description="70 of 60 hours <filled>"):
    return ET.fromstring(draw_bars(bars, title=title, description=description))


def test_it_is_named_and_told_in_words():
    picture = drawn()
    title, description = picture.find(f"{SVG}title"), picture.find(f"{SVG}desc")
    assert (picture.get("role"), title.text, description.text) == (
        "img",
        "Hours: Ana & Ben",
        "70 of 60 hours <filled>",
    )
    assert (picture.get("aria-labelledby"), picture.get("aria-describedby")) == (title.get("id"), description.get("id"))
    assert [one.text for one in picture.iter(f"{SVG}text")] == ["40 hours", "2 Mar 2026", "29 Mar 2026"]


def test_it_has_no_colour_and_no_style_of_its_own():
    text = draw_bars(WEEKS, title="Hours", description="Told")
    assert set(re.findall(r'(?:fill|stroke)="([^"]*)"', text)) == {"currentColor", "none"}
    assert "style" not in text


def test_bars_are_as_tall_as_what_they_stand_for():
    boxes = [(float(one.get("height")), one.get("fill") == "none") for one in drawn().iter(f"{SVG}rect")]
    full = max(height for height, _ in boxes)
    assert [(height / full, outline) for height, outline in boxes] == [
        (1, True),
        (0.25, False),
        (0.5, True),
        (0.5, False),
        (1, False),
    ]


def test_many_bars_stay_within_the_picture_and_none_is_an_empty_one():
    many = drawn(Bars([Bar(1, 1)] * 157, 1, "", "", ""))
    assert max(float(one.get("x")) + float(one.get("width")) for one in many.iter(f"{SVG}rect")) <= 320
    assert list(drawn(Bars([Bar(0, 0)], 0, "", "", "")).iter(f"{SVG}rect")) == []
