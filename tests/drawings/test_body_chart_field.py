"""The body chart in a form: what is ticked is told, and asked about where something is missing."""

import pytest
from werkzeug.datastructures import MultiDict

from clinic.core.forms import Form
from clinic.drawings.forms import BodyChartField
from clinic.drawings.marks import MOST_MARKS, PLACES

KNEE = {"region": "knee", "side": "left", "kind": "sharp", "strength": 7}


class Where(Form):
    hurts = BodyChartField("Where does it hurt?")


@pytest.fixture(autouse=True)
def request_of_a_page(app):
    with app.test_request_context():
        yield


def sent(*ticked, **how):
    return Where(formdata=MultiDict([*(("hurts", place) for place in ticked), *how.items()]))


def how(place, kind, strength):
    return {f"hurts-{place}-kind": kind, f"hurts-{place}-strength": strength}


def test_what_is_ticked_is_told():
    form = sent("knee/left", **how("knee/left", "sharp", "7"), **how("knee/right", "dull", "2"))
    assert form.validate()
    assert form.hurts.data == [KNEE]


def test_nothing_ticked_is_nothing_told():
    form = sent(**how("knee/left", "sharp", "7"))
    assert form.validate()
    assert form.hurts.data == []


@pytest.mark.parametrize(
    ("kind", "strength", "sentence"),
    [
        ("", "7", "Knee, left: choose what it feels like."),
        ("cosmic", "7", "Knee, left: choose what it feels like."),
        ("sharp", "", "Knee, left: choose how strong it is, from 0 to 10."),
        ("sharp", "11", "Knee, left: choose how strong it is, from 0 to 10."),
        ("sharp", "٣", "Knee, left: choose how strong it is, from 0 to 10."),
    ],
)
def test_what_is_missing_is_asked_for_by_name_and_the_rest_is_kept(kind, strength, sentence):
    form = sent("knee/left", **how("knee/left", kind, strength))
    assert not form.validate()
    assert form.hurts.errors == [sentence]
    knee = next(place for _, regions in form.hurts.groups for _, sides in regions for place in sides if place.ticked)
    assert (knee.name, knee.kind, knee.strength) == ("knee/left", kind, strength)


def test_a_place_that_is_not_on_the_chart_is_nobodys():
    assert sent("tail/left", "knee/both", "<svg>").hurts.data == []


def test_more_places_than_the_chart_takes_are_too_many():
    ticked = PLACES[: MOST_MARKS + 1]
    form = sent(*ticked, **{name: value for place in ticked for name, value in how(place, "dull", "1").items()})
    assert not form.validate()
    assert form.hurts.errors == ["Tick 24 places or fewer: those that hurt most."]


def test_what_was_told_before_is_ticked():
    form = Where(formdata=None, data={"hurts": [KNEE]})
    ticked = [place for _, regions in form.hurts.groups for _, sides in regions for place in sides if place.ticked]
    assert [(place.name, place.kind, place.strength) for place in ticked] == [("knee/left", "sharp", "7")]
