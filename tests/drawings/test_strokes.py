"""A signature is strokes and nothing else, and what is drawn of it is ours."""

import json
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as some
from werkzeug.datastructures import MultiDict

from clinic.core.forms import Form
from clinic.drawings.forms import SignatureField
from clinic.drawings.strokes import MOST_POINTS, MOST_STROKES, draw_strokes, is_signature, read_strokes, strokes_of

SVG = "{http://www.w3.org/2000/svg}"
NAME = [[[10, 150], [60.5, 20], [110, 150]], [[30, 100], [90, 100]], [[150, 140]]]

points = some.tuples(some.floats(0, 600), some.floats(0, 200)).map(list)


@given(some.lists(some.lists(points, min_size=1, max_size=20), max_size=10))
def test_what_was_drawn_comes_back_to_a_tenth(drawn):
    read = read_strokes(json.dumps(drawn))
    assert [[list(point) for point in stroke] for stroke in read] == [
        [[round(x, 1), round(y, 1)] for x, y in stroke] for stroke in drawn
    ]
    assert strokes_of(json.loads(json.dumps(read))) == read


def test_nothing_drawn_is_no_signature():
    assert [is_signature(read_strokes(sent)) for sent in ("", "[]", "[[]]", "[[[5,5]]]", "[[[5,5],[6,6]]]")] == [
        False
    ] * 5
    assert is_signature(strokes_of(NAME))


@pytest.mark.parametrize(
    "sent",
    [
        "<svg onload='alert(1)'/>",
        "null",
        "{}",
        '"M0 0"',
        "[[1, 2]]",
        "[[[1]]]",
        "[[[1, 2, 3]]]",
        '[[["1", "2"]]]',
        "[[[true, false]]]",
        "[[[NaN, 1]]]",
        "[[[1, Infinity]]]",
        "[[[601, 1]]]",
        "[[[1, -1]]]",
        "[[[-1, 1]]]",
        "[[[1, 201]]]",
        "[[[1e400, 1]]]",
        '[[{"x": 1, "y": 2}]]',
        pytest.param(json.dumps([[[1, 1]]] * (MOST_STROKES + 1)), id="too many strokes"),
        pytest.param(json.dumps([[[1, 1]] * (MOST_POINTS + 1)]), id="too many points"),
        pytest.param("[" * 60_000, id="too deep"),
        pytest.param("[[[1" + "0" * 5000 + ",1]]]", id="a number without end"),
        pytest.param(" " * 200_000, id="too long"),
    ],
)
def test_anything_but_strokes_within_bounds_is_refused(sent):
    with pytest.raises(ValueError):
        read_strokes(sent)


def test_it_is_drawn_as_lines_of_ours_with_a_title():
    picture = ET.fromstring(draw_strokes(strokes_of(NAME), title="Signed by <Maria>"))
    assert [element.tag.removeprefix(SVG) for element in picture.iter()] == ["svg", "title", "g", *["polyline"] * 3]
    assert picture.findtext(f"{SVG}title") == "Signed by <Maria>"
    lines = [line.get("points") for line in picture.iter(f"{SVG}polyline")]
    assert lines == ["10,150 60.5,20 110,150", "30,100 90,100", "150,140 150,140"]


class Signing(Form):
    drawn = SignatureField("Draw your name")


@pytest.mark.parametrize(("sent", "data"), [(json.dumps(NAME), NAME), ("", []), ("[[[5,5]]]", [])])
def test_a_form_gets_the_strokes(app, sent, data):
    with app.test_request_context():
        form = Signing(formdata=MultiDict({"drawn": sent}))
        assert form.validate()
        assert form.drawn.data == data
        assert json.loads(form.drawn._value()) == data


def test_a_form_says_kindly_what_it_cannot_read(app):
    with app.test_request_context():
        form = Signing(formdata=MultiDict({"drawn": "<svg>"}))
        assert not form.validate()
        assert form.drawn.errors == ["We could not read the drawing. Draw your name again, or type it."]
        assert form.drawn.data == []
