"""Which exercise is held back, asked about or changed for whom: cell by cell, against tables worked by hand."""

from itertools import product

import pytest

from clinic.aftercare.catalogue import catalogue
from clinic.aftercare.operations import Content
from clinic.aftercare.operations.freezing import document
from clinic.aftercare.rules import conditions_holding, refusals
from clinic.notes.rules.injuries import NOT_ASKED, SIDES, STATES, Found
from tests.aftercare.tables import CELLS, CONDITIONS, CORE, LOCKS, MUSCLES, PHASES, STRETCHES
from tests.aftercare.test_rules import SOUND, step

KNOWN = catalogue()
INSTEAD = {  # where another exercise of the catalogue is named in its place
    ("knee_rocks", "pregnancy_16w"): "cat_camel",
    ("knee_to_chest", "pregnancy_16w"): "cat_camel",
    ("heel_slide", "pregnancy_16w"): "seated_march",
    ("supine_march", "pregnancy_16w"): "seated_march",
    ("half_kneeling_hip_flexor", "kneeling_pain"): "standing_hip_flexor",
    ("half_kneeling_hip_flexor", "balance"): "standing_hip_flexor",
    ("half_kneeling_hip_flexor", "floor"): "standing_hip_flexor",
}


SAID = {"a": "avoid", "q": "ask_first"}
EVERY_STATE = (*STATES, NOT_ASKED)


def unsound(muscle, side, state):
    """Everything sound but this."""
    injuries = {**SOUND, (muscle, side): state}
    return Found({place: was for place, was in injuries.items() if was != NOT_ASKED}, frozenset())


def codes(found, given):
    return [one.code for one in refusals([given], found, KNOWN)]


def test_the_tables_are_the_whole_catalogue_in_its_order():
    assert {one.id: one.phase for one in KNOWN.exercises.values()} == PHASES
    assert list(PHASES) == list(KNOWN.exercises)
    assert list(KNOWN.conditions) == CONDITIONS
    assert len(CELLS) == 21 * 17
    assert [one for one in PHASES if PHASES[one] == "stretch"] == STRETCHES
    assert list(KNOWN.muscles) == MUSCLES


@pytest.mark.parametrize(("exercise", "condition"), CELLS)
def test_each_exercise_is_held_back_asked_about_or_changed_as_worked_by_hand(exercise, condition):
    cell, found = CELLS[exercise, condition], Found(SOUND, frozenset({condition}))
    assert codes(found, step(exercise)) == [SAID[letter] for letter in cell if letter in SAID]
    asked = step(exercise, asked=(condition,))
    assert codes(found, asked) == ["avoid"] * ("a" in cell)
    [sent] = [one for one in document(Content((asked,)), found, KNOWN)["steps"] if one["exercise"] == exercise]
    assert bool(sent["changes"]) == ("m" in cell)
    override = {"override": "The surgeon agrees", "overridden": (f"avoid:{condition}",)}
    assert codes(found, step(exercise, asked=(condition,), **override)) == []


@pytest.mark.parametrize(("stretch", "muscle"), LOCKS)
def test_each_stretch_waits_for_the_muscles_worked_by_hand(stretch, muscle):
    for side, state in product(SIDES, EVERY_STATE):
        locked = state != "none" and LOCKS[stretch, muscle]
        reasons = refusals([step(stretch)], unsound(muscle, side, state), KNOWN)
        of_this = [one for one in reasons if one.code == "muscle_locked" and one.values["state"] == state]
        assert [one.values["places"] for one in of_this] == [((muscle, side),)] * locked
        assert bool(reasons) == locked


@pytest.mark.parametrize("exercise", [one for one in PHASES if PHASES[one] != "stretch"])
def test_what_is_no_stretch_minds_only_an_injury_of_hip_flexors_groin_or_tummy(exercise):
    for muscle, side, state in product(MUSCLES, SIDES, EVERY_STATE):
        found, injured = unsound(muscle, side, state), state != "none" and muscle in CORE
        assert conditions_holding(found, KNOWN) == ({"muscle_injury"} if injured else set())
        cell = CELLS[exercise, "muscle_injury"] if injured else "."
        assert codes(found, step(exercise)) == [SAID[letter] for letter in cell if letter in SAID]


def test_another_exercise_is_offered_just_where_printed():
    offered = {(one.id, when): other for one in KNOWN.exercises.values() for when, other in one.instead.items()}
    assert offered == INSTEAD


def test_what_is_offered_instead_is_not_itself_held_back():
    assert {CELLS[other, condition] for (_, condition), other in INSTEAD.items()} <= {".", "m"}


def test_nothing_is_both_held_back_and_asked_about():
    assert all(not one.avoid_if & one.ask_first for one in KNOWN.exercises.values())


def test_whoever_cannot_get_down_is_told_of_a_firm_bed_or_of_standing():
    for one in KNOWN.exercises.values():
        said = one.modify.get("floor", "")
        words = {"kneeling": "standing", "seated": "", "standing": ""}.get(one.position, "firm bed")
        assert (words in said) is True
        assert bool(said) is bool(words)
