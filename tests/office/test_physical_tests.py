"""Tests on a note: seen, added by the owner, changed as a next version, withdrawn and put back."""

import pytest
import sqlalchemy as sa

from clinic.core.audit import AuditLine
from clinic.core.db import db
from clinic.notes.models import OwnTest
from clinic.notes.queries.physical_tests import known_tests, latest
from tests.visitor import Visitor

PAGE = "/clinic/tests"
REACH = {
    "name": "Sit and reach",
    "chip": "Reach",
    "recorded-0-label": "Reach",
    "recorded-0-unit": "cm",
    "recorded-0-least": "-20",
    "recorded-0-most": "50",
    "recorded-0-step": "0,5",
    "recorded-0-direction": "higher_better",
}


@pytest.fixture
def olu(visitor):
    visitor.sign_in("olu")
    return visitor


@pytest.fixture
def with_reach(olu):
    olu.get(f"{PAGE}/new")
    olu.send(PAGE, **REACH)
    return olu


def own():
    return db.session.scalars(sa.select(OwnTest).order_by(OwnTest.number)).all()


def offered():
    return [test.code for test in latest(known_tests(db.session)) if test.offered]


def test_the_owner_sees_every_test_with_what_it_records_and_how_that_is_known(olu):
    olu.get("/clinic")
    olu.get(olu.link("Tests on a note"))
    assert "Modified Thomas test Pelvis controlled?, Hip angle" in olu.text
    olu.get(olu.link("Modified Thomas test"))
    assert "ICC .30 to .65, PMC4560013" in olu.text
    assert "Usual: 0° or less" in olu.text


def test_a_test_of_the_clinics_own_is_asked_for_in_notes(with_reach, app):
    (kept,) = own()
    (value,) = kept.content["values"]
    assert (kept.code, kept.number, kept.offered) == ("own_1", 1, True)
    assert (value["id"], value["least"], value["step"], value["each_side"]) == ("v1", -20, 0.5, True)
    assert offered()[-1] == "own_1"
    assert db.session.scalar(sa.select(AuditLine.subject).where(AuditLine.action == "physical_test.changed"))


def test_a_page_always_has_one_value_more_and_an_empty_one_is_not_kept(with_reach):
    assert 'name="recorded-1-label"' in with_reach.page.text
    with_reach.send(f"{PAGE}/own_1", **{"recorded-1-label": "Pain", "recorded-1-least": "0", "recorded-1-most": "10"})
    assert [value["label"] for value in own()[-1].content["values"]] == ["Reach", "Pain"]
    assert 'name="recorded-2-label"' in with_reach.page.text


def test_a_change_is_the_next_version_and_a_value_keeps_its_id(with_reach):
    with_reach.send(f"{PAGE}/own_1", **{"recorded-0-label": "Stretch"})
    assert [(one.number, one.content["values"][0]["id"], one.content["values"][0]["label"]) for one in own()] == [
        (1, "v1", "Reach"),
        (2, "v1", "Stretch"),
    ]


def test_a_value_that_was_left_out_leaves_its_id_to_no_other(with_reach):
    swapped = {"recorded-0-label": "", "recorded-0-unit": "", "recorded-0-least": "", "recorded-0-most": ""}
    more = {"recorded-1-label": "Pain", "recorded-1-least": "0", "recorded-1-most": "10"}
    with_reach.send(f"{PAGE}/own_1", **swapped, **more)
    assert [value["id"] for value in own()[-1].content["values"]] == ["v2"]


def test_who_saves_what_another_changed_meanwhile_is_told(with_reach, app):
    page = with_reach.page
    with_reach.send(f"{PAGE}/own_1", name="Sit, and reach")
    with_reach.page = page
    answer = with_reach.send(f"{PAGE}/own_1", name="Sit then reach")
    assert answer.status_code == 409
    assert "Somebody changed this test" in with_reach.text
    assert "Sit then reach" in answer.text
    assert len(own()) == 2


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "This cannot be empty."),
        ({"recorded-0-least": "low"}, "Enter a number, such as 12 or 4.5."),
        ({"recorded-0-most": "nan"}, "Enter a number, such as 12 or 4.5."),
        ({"recorded-0-most": ""}, "Reach: a number needs the least and the most that it can be."),
        ({"recorded-0-error": "4"}, "Reach: an error of measurement is more than nothing, and has a source."),
        ({"recorded-0-normal_least": "4"}, "Reach: a usual range begins before it ends, and has a source."),
        ({"recorded-0-kind": "choice"}, "Reach: a choice needs two answers or more"),
        ({"recorded-0-kind": "colour"}, "Choose one of these."),
        ({"recorded-0-label": ""}, "every value needs a label and an id"),
    ],
)
@pytest.mark.parametrize("where", [PAGE, f"{PAGE}/preview"])
def test_what_is_not_sound_is_refused_with_everything_typed_kept(olu, wrong, sentence, where):
    olu.get(f"{PAGE}/new")
    answer = olu.send(where, **{**REACH, **wrong})
    assert answer.status_code == 422
    assert sentence in olu.text
    assert 'value="cm"' in answer.text
    assert own() == []


def test_a_preview_shows_it_as_a_note_would_and_keeps_nothing(olu):
    olu.get(f"{PAGE}/new")
    answer = olu.send(
        f"{PAGE}/preview", **{**REACH, "recorded-0-error": "3", "recorded-0-error_source": "Our own trial"}
    )
    assert answer.status_code == 200
    assert 'name="results-preview-left-v1"' in answer.text
    assert "Error of measurement: 3 cm (Our own trial)" in olu.text
    assert own() == []
    assert olu.send(PAGE).status_code == 200
    assert len(own()) == 1


@pytest.mark.parametrize("code", ["thomas", "own_1"])
def test_what_is_withdrawn_is_not_asked_for_until_it_is_put_back(with_reach, code):
    with_reach.get(f"{PAGE}/{code}")
    with_reach.send(f"{PAGE}/{code}/withdrawal")
    with_reach.send(f"{PAGE}/{code}/withdrawal")
    assert "It is withdrawn: new notes do not ask for it." in with_reach.text
    assert code not in offered()
    with_reach.send(f"{PAGE}/{code}/offer")
    assert code in offered()


def test_a_test_of_the_product_is_not_the_clinics_to_change(with_reach):
    for page in ("thomas", "thomas/preview", "nothing"):
        assert with_reach.send(f"{PAGE}/{page}", **REACH).status_code == 404
    assert [one.code for one in own()] == ["own_1"]


def test_nobody_but_an_owner_changes_what_is_tested(with_reach, app):
    ana = Visitor(app)
    ana.sign_in("ana")
    assert ana.get(PAGE).status_code == 403
    assert ana.post(f"{PAGE}/own_1/withdrawal").status_code == 403
    assert "own_1" in offered()
