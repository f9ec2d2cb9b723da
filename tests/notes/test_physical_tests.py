"""Tests of each side on a note: typed, kept, compared with last time, and signed with the words they were asked in."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from clinic.booking.models import Appointment
from clinic.core.db import db, writing
from clinic.notes.catalogue.physical_tests import shipped
from clinic.notes.forms.results import ResultsPart, kept, said
from clinic.notes.models import NoteDraft, OwnTest, Signature
from clinic.notes.queries import content_of
from clinic.notes.rules import Content, Result
from tests.conftest import NOW
from tests.notes.conftest import WORDS
from tests.steps import book

THOMAS = {
    "results-thomas-left-pelvis": "yes",
    "results-thomas-left-hip": "8",
    "results-thomas-left-method": "goniometer",
}


def in_draft():
    return content_of(db.session.scalar(select(NoteDraft))).results


def test_what_a_test_showed_is_kept_by_side_and_stands_there_again(ana, path):
    typed = {**THOMAS, "results-thomas-right-hip": "−3,0", "results-lumbar-whole-flexion": "12.5"}
    ana.send(f"{path}/draft", **typed)
    assert in_draft() == (
        Result("thomas", "left", 1, {"pelvis": "yes", "hip": 8, "method": "goniometer"}),
        Result("thomas", "right", 1, {"hip": -3}),
        Result("lumbar", "", 1, {"flexion": 12.5}),
    )
    ana.send(f"{path}/draft")
    assert len(in_draft()) == 3


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("results-thomas-left-hip", "far"),
        ("results-thomas-left-hip", "99"),
        ("results-thomas-left-hip", "7.5"),
        ("results-thomas-left-hip", "1e1"),
        ("results-hip_flexion-right-grade", "6"),
        ("results-gait-left-stride", "moon"),
        ("results-palpation-left-where", "x" * 301),
    ],
)
def test_what_cannot_be_read_is_told_at_its_field_and_everything_else_is_kept(ana, path, name, typed):
    page = ana.send(f"{path}/draft", **WORDS, **{"results-thomas-right-hip": "4", name: typed})
    assert page.status_code == 422
    assert f'href="#{name}"' in page.text
    assert f'value="{typed}"' in page.text or typed == "moon"
    assert in_draft() == (Result("thomas", "right", 1, {"hip": 4}),)


def test_a_thomas_test_without_a_word_about_the_pelvis_is_kept_but_not_signed(ana, path):
    page = ana.send(f"{path}/signature", **WORDS, **{"results-thomas-right-hip": "8"})
    assert page.status_code == 409
    assert "Modified Thomas test, right: say “Pelvis controlled?” before you sign." in ana.text
    assert in_draft() == (Result("thomas", "right", 1, {"hip": 8}),)
    assert ana.send(f"{path}/signature", **WORDS, **{"results-thomas-right-pelvis": "no"}).status_code == 200
    assert "Modified Thomas test, right" in ana.text


def test_a_signed_note_says_each_value_with_its_unit_by_the_words_it_was_asked_in(ana, path, monkeypatch):
    ana.send(
        f"{path}/signature",
        **WORDS,
        **THOMAS,
        **{"results-hip_flexion-left-able": "able", "results-hip_flexion-left-grade": "4"},
    )
    assert "Modified Thomas test, left" in ana.text
    assert "Pelvis controlled? yes; Hip angle 8° (usual: 0° or less); Measured with goniometer" in ana.text
    assert "Grade 4/5" in ana.text
    monkeypatch.setattr("clinic.notes.queries.physical_tests.shipped", tuple)
    ana.get(path)
    assert "Hip angle 8°" in ana.text


def test_a_pulse_that_was_felt_says_at_once_and_when_signed_that_deep_work_ends_there(ana, path):
    words = "A pulse was felt: move off it, and no more deep work there today."
    ana.send(f"{path}/draft", **{"results-palpation-right-pulse": "yes"})
    assert words in ana.text
    assert 'value="yes" checked data-acts' in ana.page.text  # what has the page say it, without a script
    ana.send(f"{path}/signature", **WORDS)
    assert f"Palpation, right. {words}" in ana.text


def test_who_cannot_lift_the_thigh_has_no_release_today(ana, path):
    ana.send(f"{path}/signature", **WORDS, **{"results-hip_flexion-right-able": "unable"})
    assert "Resisted hip flexion, right. No release today." in ana.text


def test_a_side_that_differs_by_more_than_the_error_of_measurement_is_pointed_out(ana, path):
    movement = {f"results-hip_movement-{side}-how": "passive" for side in ("left", "right")}
    degrees = {"left-flexion": "95", "right-flexion": "110", "left-extension": "10", "right-extension": "12"}
    typed = {f"results-hip_movement-{name}": typed for name, typed in degrees.items()}
    ana.send(f"{path}/signature", **WORDS, **movement, **typed)
    assert "Hip movement, left against right Flexion 15° less" in ana.text
    assert "Extension 2° less" not in ana.text


def test_beside_each_value_stands_what_it_was_last_time_and_what_became_of_it(
    ana, path, appointment, later, new_visitor
):
    ana.send(f"{path}/signature", **WORDS, **{**THOMAS, "results-thomas-left-hip": "18"})
    later.move_to(NOW + timedelta(days=7))
    book(new_visitor(), at="20260319T1000Z", name="Clara Teacup", email="clara@client.test")
    with writing():
        newest = db.session.scalar(select(Appointment).order_by(Appointment.starts_at.desc()))
        newest.client_id = appointment.client_id
        db.session.commit()
    ana.get(f"/notes/{newest.id}")
    assert "12 Mar: 18°" in ana.text
    ana.send(f"/notes/{newest.id}/draft", **{**THOMAS, "results-thomas-left-hip": "2"})
    assert "12 Mar: 18° · 16° less: better" in ana.text
    ana.send(f"/notes/{newest.id}/draft", **{"results-thomas-left-pelvis": "no"})
    assert "12 Mar: 18° · not comparable" in ana.text


def test_a_draft_goes_on_with_the_version_of_a_test_it_was_begun_with(ana, path, cast):
    own_test(cast, number=1, label="Reach")
    ana.get(path)
    before = ana.page
    own_test(cast, number=2, label="Stretch", offered=False)
    ana.page = before
    ana.send(f"{path}/draft", **{"results-own_1-whole-v1": "7"})
    assert in_draft() == (Result("own_1", "", 1, {"v1": 7}),)
    ana.send(f"{path}/signature", **WORDS)
    assert "Reach 7 cm" in ana.text
    assert db.session.scalar(select(Signature))


def own_test(cast, *, number, label, offered=True):
    value = {"id": "v1", "label": label, "unit": "cm", "least": 0, "most": 50, "each_side": False}
    content = {"code": "own_1", "name": "Sit and reach", "chip": "Reach", "values": [value]}
    with writing():
        db.session.add(
            OwnTest(code="own_1", number=number, content=content, offered=offered, made_at=NOW, made_by_id=cast.olu.id)
        )
        db.session.commit()


def values_of(value):
    if value.kind == "number":
        steps = int((value.most - value.least) / value.step)
        return (
            st.integers(0, steps)
            .map(lambda n: value.least + n * value.step)
            .map(lambda n: int(n) if n == int(n) else n)
        )
    if value.kind == "words":
        return st.text("ab1é<&'ß", min_size=1, max_size=20)
    return st.sampled_from(value.answers)


def result_of(test, side):
    fields = st.fixed_dictionaries({}, optional={value.id: values_of(value) for value in test.of_side(side)})
    return fields.map(lambda values: Result(test.code, side, test.number, values))


@given(st.data())
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_whatever_is_kept_is_shown_and_read_again_as_the_same(app, data):
    drawn = [data.draw(result_of(test, side)) for test in shipped() for side in test.sides]
    content = Content(results=tuple(result for result in drawn if result.values))
    with app.test_request_context():
        page = ResultsPart(formdata=None, data=kept(content))
        sent = {one.name: str(one.test.number) for one in page.results.shown} | {
            cell.name: cell.typed for one in page.results.shown for cells in one.cells.values() for cell in cells
        }
    with app.test_request_context(method="POST", data=sent):
        form = ResultsPart()
        assert form.validate()
        assert said(form) == {"results": content.results}
