"""What results mean, worked out by hand; each figure with its source. And definitions that are not sound."""

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from clinic.notes import wording
from clinic.notes.catalogue.physical_tests import FILE, as_kept, definition_of, faults, read, shipped
from clinic.notes.rules import Content, Result
from clinic.notes.rules.physical_tests import (
    cautions,
    changes,
    frozen,
    incomplete,
    is_normal,
    side_differences,
)

TESTS = {test.code: test for test in shipped()}
AS_BEFORE = {"pelvis": "yes", "method": "goniometer", "how": "passive", "position": "seated", "able": "able"}


def result(code, side="left", **values):
    asked = {value.id for value in TESTS[code].of_side(side)}
    return Result(code, side, 1, {**{name: kept for name, kept in AS_BEFORE.items() if name in asked}, **values})


def value(code, name):
    return next(one for one in TESTS[code].values if one.id == name)


@pytest.mark.parametrize(
    ("code", "side", "name", "before", "now", "meaning"),
    [
        # Ekedahl 2012, pubmed 22555005: the least change to be detected is 4.5 cm, fingertip to floor, and 5.7° of the leg.
        ("lumbar", "", "flexion", 20, 15.5, "better"),
        ("lumbar", "", "flexion", 20, 16, "within"),
        ("lumbar", "", "flexion", 20, 24.5, "worse"),
        ("straight_leg", "left", "angle", 60, 66, "better"),
        ("straight_leg", "left", "angle", 60, 65, "within"),
        # Childs 2005, pubmed 15928561: 2 points of 10.
        ("hip_flexion", "left", "pain", 6, 4, "better"),
        ("hip_flexion", "left", "pain", 6, 5, "within"),
        ("hip_flexion", "left", "pain", 4, 6, "worse"),
        # Pua 2008: SE 3.5° of flexion and 4.7° of extension; 2.77 × SE = 9.7° and 13.02°, in whole degrees 10 and 14.
        ("hip_movement", "left", "flexion", 100, 110, "better"),
        ("hip_movement", "left", "flexion", 100, 109, "within"),
        ("hip_movement", "left", "extension", 10, -4, "worse"),
        ("hip_movement", "left", "extension", 10, -3, "within"),
        ("thomas", "left", "hip", 14, 0, "better"),
        ("thomas", "left", "hip", 8, 2, "within"),
        # Peeler and Anderson 2008, PMC2547866: SE 7° of the knee; 2.77 × 7° = 19.4°, in whole degrees 20.
        ("thomas", "left", "knee", 50, 70, "better"),
        ("thomas", "left", "knee", 50, 69, "within"),
        # No figure was found for these.
        ("hip_flexion", "left", "grade", 3, 5, "unknown"),
        ("palpation", "left", "tenderness", 3, 0, "unknown"),
    ],
)
def test_a_change_is_judged_by_the_error_of_its_measurement(code, side, name, before, now, meaning):
    then, today = result(code, side, **{name: before}), result(code, side, **{name: now})
    change = changes(then, TESTS[code], today, TESTS[code])[name]
    assert (change.meaning, change.by) == (meaning, now - before)


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ({"pelvis": "no"}, {}),
        ({}, {"pelvis": "no"}),
        ({"pelvis": "no"}, {"pelvis": "no"}),
        ({"method": "eye"}, {}),
    ],
)
def test_a_thomas_test_is_compared_only_with_the_pelvis_controlled_and_measured_alike(before, now):
    then, today = result("thomas", hip=20, **before), result("thomas", hip=0, **now)
    assert changes(then, TESTS["thomas"], today, TESTS["thomas"])["hip"].meaning == "not_comparable"


def test_active_and_passive_movement_and_other_units_are_not_compared():
    test = TESTS["hip_movement"]
    then, today = result("hip_movement", flexion=90), result("hip_movement", flexion=120, how="active")
    assert changes(then, test, today, test)["flexion"].meaning == "not_comparable"
    before = replace(test, values=tuple(replace(one, unit="rad") for one in test.values))
    assert changes(then, before, result("hip_movement", flexion=120), test)["flexion"].meaning == "not_comparable"


def test_a_change_where_neither_way_is_better_is_a_change_and_no_more():
    test = replace(TESTS["lumbar"], values=(replace(value("lumbar", "flexion"), direction="neither"),))
    then, today = result("lumbar", "", flexion=30), result("lumbar", "", flexion=10)
    assert changes(then, test, today, test)["flexion"].meaning == "changed"


def test_a_side_differs_only_by_more_than_the_error_and_only_where_both_were_measured_alike():
    of = [
        result("hip_movement", "left", flexion=95, adduction=20),
        result("hip_movement", "right", flexion=110, adduction=25),
    ]
    assert side_differences(TESTS["hip_movement"], of) == {"flexion": (-15, True), "adduction": (-5, None)}
    of = [result("thomas", "left", hip=10), result("thomas", "right", hip=4)]
    assert side_differences(TESTS["thomas"], of) == {"hip": (6, False)}
    assert side_differences(TESTS["thomas"], [of[0], result("thomas", "right", hip=4, pelvis="no")]) == {}
    assert side_differences(TESTS["thomas"], of[:1]) == {}


@pytest.mark.parametrize(
    ("code", "name", "number", "usual"),
    [
        # doi 10.1186/s13102-021-00242-y, table 4: above 0° the one-joint, below 67° the two-joint hip flexors are short.
        ("thomas", "hip", 0, True),
        ("thomas", "hip", 1, False),
        ("thomas", "knee", 67, True),
        ("thomas", "knee", 66, False),
        # Wilson 2014, Am Fam Physician 89(1):27: flexion from 110°, extension from 10°, turning in from 30°.
        ("hip_movement", "flexion", 110, True),
        ("hip_movement", "extension", 9, False),
        ("hip_movement", "internal", 30, True),
        ("lumbar", "flexion", 10, None),
    ],
)
def test_what_is_usual_is_said_where_it_is_known(code, name, number, usual):
    assert is_normal(value(code, name), number) is usual


def test_each_side_of_a_test_needs_what_it_cannot_do_without():
    content = Content(
        results=(Result("thomas", "left", 1, {"hip": 4}), result("thomas", "right"), Result("gone", "", 1, {"a": 1}))
    )
    assert [dict(one.values) for one in incomplete(content, shipped())] == [
        {"test": "Modified Thomas test", "on": "left", "value": "Pelvis controlled?"}
    ]


@pytest.mark.parametrize(
    ("code", "values", "action"),
    [
        ("hip_flexion", {"able": "unable"}, ["no_release"]),
        ("hip_flexion", {"able": "sudden"}, ["no_release"]),
        ("hip_flexion", {"able": "able"}, []),
        ("palpation", {"pulse": "yes"}, ["no_deep_work"]),
        ("palpation", {"pulse": "no"}, []),
        ("straight_leg", {"symptom": "leg"}, ["refer"]),
        ("straight_leg", {"symptom": "stretch"}, []),
    ],
)
def test_some_answers_need_something_done_that_day(code, values, action):
    assert [one.value.action for one in cautions([result(code, **values)], shipped())] == action


def test_a_document_holds_the_definitions_that_were_used_and_no_other():
    used = frozen([result("thomas", "left", hip=1), result("thomas", "right", hip=1)], shipped())
    assert {code: definition_of(one) for code, one in used.items()} == {"thomas": TESTS["thomas"]}


def test_a_test_reads_the_same_after_it_was_kept():
    assert [definition_of(as_kept(test)) for test in shipped()] == list(shipped())


def test_every_figure_of_the_product_has_a_source():
    numbers = [one for test in shipped() for one in test.values if one.kind == "number"]
    assert len(numbers) > 15
    assert all(one.error_source for one in numbers)
    assert all(one.normal_source for one in numbers if (one.normal_least, one.normal_most) != (None, None))


SOUND = {"id": "v1", "label": "Reach", "least": 0, "most": 50}


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"most": None}, "Reach: a number needs the least and the most"),
        ({"most": 0}, "Reach: a number needs the least and the most"),
        ({"step": 0}, "Reach: its steps"),
        ({"kind": "colour"}, "Reach: choose its kind"),
        ({"direction": "up"}, "Reach: choose its kind"),
        ({"kind": "choice"}, "Reach: a choice needs two answers"),
        ({"choices": {"a": "A", "b": "B"}}, "Reach: a choice needs two answers"),
        ({"kind": "words", "error": 2, "error_source": "us"}, "Reach: only a number has an error"),
        ({"error": 2}, "Reach: an error of measurement is more than nothing, and has a source"),
        ({"error": 0, "error_source": "us"}, "Reach: an error of measurement is more"),
        ({"normal_least": 2}, "Reach: a usual range begins before it ends, and has a source"),
        ({"normal_least": 9, "normal_most": 2, "normal_source": "us"}, "Reach: a usual range begins"),
        ({"action": "refer"}, "Reach: what has to be done"),
        ({"action": "refer", "acts_on": ["yes"]}, "Reach: what has to be done"),
        ({"colour": "red"}, "“colour” is no part of a test"),
        ({"label": ""}, "v1: every value needs a label"),
        ({"id": "V-1"}, "Reach: every value needs a label and an id"),
    ],
)
def test_a_definition_that_is_not_sound_is_refused_with_a_sentence(app, wrong, sentence):
    row = {"code": "own_1", "name": "Reach", "chip": "Reach", "values": [{**SOUND, **wrong}]}
    with app.test_request_context():
        assert sentence in wording.sentence(faults(row)[0])
    with pytest.raises(ValueError, match="own_1"):
        read([row])


@pytest.mark.parametrize(
    "wrong",
    [{"code": "a-b"}, {"name": ""}, {"chip": ""}, {"values": []}, {"values": [SOUND, SOUND]}, {"colour": "red"}],
)
def test_a_test_without_a_name_a_code_or_anything_to_record_is_refused(wrong):
    row = {"code": "own_1", "name": "Reach", "chip": "Reach", "values": [SOUND]}
    assert read([row])
    with pytest.raises(ValueError, match="test_"):
        read([{**row, **wrong}])


def test_no_code_is_used_twice_in_the_file():
    rows = yaml.safe_load(Path(FILE).read_text(encoding="utf-8"))["tests"]
    with pytest.raises(ValueError, match="twice"):
        read([*rows, rows[0]])
