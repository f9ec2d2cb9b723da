"""Which exercise is held back, asked about or changed for whom: the printed table, cell by cell."""

import pytest

from clinic.aftercare.catalogue import catalogue

# a  avoid: never offered with this condition
# q  ask first: offered once the therapist has agreed
# m  modified: offered, and the client reads what to do differently
# ·  nothing to say
# A cell has every letter that holds. One has two: the bridge is left out in pregnancy (a), and the client reads what to
# do in its place (m), as that is no exercise of the catalogue. Two general rules are in the table: `floor` is m for
# whatever is done lying, on all fours or kneeling, and `hypermobility` is q for every stretch.
COLUMNS = {
    "injury": "muscle_injury",
    "disc": "disc_acute",
    "ddd": "ddd",
    "spond": "spondylolisthesis",
    "sten": "stenosis",
    "osteo": "osteoporosis",
    "preg": "pregnancy_16w",
    "pgp": "pelvic_girdle_pain",
    "postn": "postnatal",
    "front": "hip_replacement_anterior",
    "rear": "hip_replacement_posterior",
    "pinch": "hip_pinch",
    "abdom": "abdominal_surgery",
    "kneel": "kneeling_pain",
    "bal": "balance",
    "bendy": "hypermobility",
    "floor": "floor",
}
TABLE = """
                          injury disc ddd spond sten osteo preg pgp postn front rear pinch abdom kneel bal bendy floor
easy_march                     ·    ·   ·     ·    ·     ·    ·   ·     ·     ·    ·     ·     ·     ·   m     ·     ·
constructive_rest              ·    ·   ·     ·    ·     ·    m   ·     ·     ·    m     ·     ·     ·   ·     ·     m
breathing_90_90                ·    ·   ·     ·    ·     ·    m   ·     ·     ·    m     ·     ·     ·   ·     ·     m
pelvic_tilt                    ·    ·   ·     ·    ·     m    m   ·     ·     ·    ·     ·     ·     ·   ·     ·     m
knee_rocks                     ·    q   ·     ·    ·     q    a   q     ·     a    a     ·     ·     ·   ·     ·     m
cat_camel                      ·    m   ·     m    ·     m    m   ·     ·     ·    q     ·     ·     m   ·     ·     m
knee_to_chest                  q    a   ·     ·    ·     a    a   ·     ·     ·    a     m     ·     ·   ·     ·     m
prone_rest                     q    ·   ·     a    q     ·    a   ·     q     a    ·     ·     a     ·   ·     ·     m
heel_slide                     q    ·   ·     ·    ·     ·    a   ·     ·     ·    ·     ·     q     ·   ·     ·     m
hip_flexor_isometric           m    ·   ·     ·    ·     ·    m   ·     ·     ·    m     m     a     ·   ·     ·     m
seated_march                   q    ·   ·     ·    ·     ·    ·   q     ·     ·    m     m     q     ·   ·     ·     ·
supine_march                   q    q   ·     ·    ·     ·    a   ·     m     ·    q     ·     a     ·   ·     ·     m
dead_bug                       a    a   ·     ·    ·     m    a   ·     a     q    a     ·     a     ·   ·     ·     m
glute_bridge                   ·    ·   ·     m    ·     ·   am   q     q     q    ·     ·     q     ·   ·     ·     m
bird_dog                       ·    ·   ·     m    ·     ·    m   q     q     a    q     ·     q     m   ·     ·     m
band_march                     a    a   ·     ·    ·     ·    a   q     a     q    a     ·     a     ·   ·     ·     m
half_kneeling_hip_flexor       a    q   m     m    m     ·    m   q     q     a    q     m     a     m   m     q     m
edge_of_bed_hip_flexor         a    a   ·     m    ·     m    a   q     q     a    a     m     a     ·   a     q     m
standing_hip_flexor            a    q   ·     m    m     ·    m   q     q     a    ·     ·     a     ·   m     q     ·
side_lying_thigh               a    ·   ·     m    m     ·    m   q     ·     a    a     ·     q     m   ·     q     m
"""
INSTEAD = {  # where another exercise of the catalogue is named in its place
    ("knee_rocks", "preg"): "cat_camel",
    ("knee_to_chest", "preg"): "cat_camel",
    ("heel_slide", "preg"): "seated_march",
    ("supine_march", "preg"): "seated_march",
    ("half_kneeling_hip_flexor", "kneel"): "standing_hip_flexor",
    ("half_kneeling_hip_flexor", "bal"): "standing_hip_flexor",
    ("half_kneeling_hip_flexor", "floor"): "standing_hip_flexor",
}
HEAD, *ROWS = [line.split() for line in TABLE.strip().splitlines()]
PRINTED = {(row[0], short): cell for row in ROWS for short, cell in zip(HEAD, row[1:], strict=True)}


def cell(exercise, condition):
    letters = {"a": exercise.avoid_if, "q": exercise.ask_first, "m": exercise.modify}
    return "".join(letter for letter, conditions in letters.items() if condition in conditions) or "·"


def test_the_table_is_the_whole_catalogue_in_its_order():
    assert [row[0] for row in ROWS] == list(catalogue().exercises)
    assert [COLUMNS[short] for short in HEAD] == list(catalogue().conditions)
    assert len(PRINTED) == 20 * 17


@pytest.mark.parametrize(("name", "short"), PRINTED)
def test_each_exercise_is_held_back_asked_about_or_changed_as_printed(name, short):
    assert cell(catalogue().exercises[name], COLUMNS[short]) == PRINTED[name, short]


def test_another_exercise_is_offered_just_where_printed():
    offered = {
        (one.id, condition): other for one in catalogue().exercises.values() for condition, other in one.instead.items()
    }
    assert offered == {(name, COLUMNS[short]): other for (name, short), other in INSTEAD.items()}


def test_what_is_offered_instead_is_not_itself_held_back():
    shipped = catalogue().exercises
    offered = [(shipped[other], condition) for one in shipped.values() for condition, other in one.instead.items()]
    assert [(other.id, condition) for other, condition in offered if cell(other, condition) not in {"·", "m"}] == []


def test_nothing_is_both_held_back_and_asked_about():
    assert all(not one.avoid_if & one.ask_first for one in catalogue().exercises.values())


def test_whoever_cannot_get_down_is_told_of_a_firm_bed_or_of_standing():
    for one in catalogue().exercises.values():
        said = one.modify.get("floor", "")
        words = {"kneeling": "standing", "seated": "", "standing": ""}.get(one.position, "firm bed")
        assert (words in said) is True
        assert bool(said) is bool(words)
