"""The exercises as shipped: complete, easy to read, promising nothing. And what the catalogue refuses to load."""

import copy
import re
from graphlib import TopologicalSorter
from itertools import chain

import pytest
import yaml

from clinic.aftercare.catalogue import FILE, PHASES, SENTENCES, Dose, catalogue, read
from clinic.aftercare.rules import muscles_that_lock

EXERCISES = list(catalogue().exercises.values())
STRETCHES = [one for one in EXERCISES if one.phase == "stretch"]
every_exercise = pytest.mark.parametrize("exercise", EXERCISES, ids=lambda one: one.id)
every_stretch = pytest.mark.parametrize("stretch", STRETCHES, ids=lambda one: one.id)
PROMISES = re.compile(
    r"\b(fix\w*|cure[sd]?|heal(s|ed|ing)?|guarantee\w*|promise\w*|realign\w*|repair\w*|releases?|treats?|treatment"
    r"|inflam\w+|get rid|forever|for good|permanent\w*|always works?|will (ease|help|improve)|makes? you better)\b",
    re.IGNORECASE,
)
SILENT = re.compile(r"(?<![aeiouyl])e$|(?<![aeiouylsczxgh])es$|(?<![aeiouytd])ed$|(?<=[aeiouy]l)es?$")


def words(exercise):
    return [sentence.words for sentence in exercise.steps]


def said(exercise):
    """Every sentence the client may read about an exercise."""
    texts = [exercise.purpose, *words(exercise), exercise.feel, exercise.easier, exercise.harder, *exercise.cautions]
    return [text for text in [*texts, *exercise.modify.values()] if text]


def syllables(word):
    """Groups of vowels, less the silent endings: `come`, `takes`, `raised`, but `little`, `raises`, `lifted`."""
    return max(1, len(re.findall(r"[aeiouy]+", SILENT.sub("", word.lower()) if len(word) > 3 else word.lower())))


def grade(text):
    """School years needed to read a text, after Flesch and Kincaid."""
    spoken = re.findall(r"[A-Za-z][A-Za-z']*|\d+", text)
    sentences = re.findall(r"[^.:?!]+[.:?!]", text)
    return 0.39 * len(spoken) / len(sentences) + 11.8 * sum(map(syllables, spoken)) / len(spoken) - 15.59


def twice_named(node):
    """Keys a mapping of the YAML has twice: the first would be lost without a word."""
    if isinstance(node, yaml.MappingNode):
        keys = [key.value for key, _ in node.value]
        return [key for key in keys if keys.count(key) > 1] + [
            key for _, value in node.value for key in twice_named(value)
        ]
    return []


def with_change(*path, to):
    """The shipped data with one entry changed."""
    data = copy.deepcopy(yaml.safe_load(FILE.read_text(encoding="utf-8")))
    place = data
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = to
    return data


def test_twenty_one_exercises_stand_in_the_order_of_the_phases():
    assert [one.phase for one in EXERCISES] == ["warm_up"] + 8 * ["calm"] + 8 * ["strengthen"] + 4 * ["stretch"]
    assert tuple(dict.fromkeys(one.phase for one in EXERCISES)) == PHASES


def test_ten_muscles_are_each_in_one_group_and_have_their_words():
    assert sorted(chain(*catalogue().groups.values())) == sorted(catalogue().muscles)
    assert list(catalogue().groups) == ["hip_flexors", "trunk", "hip", "leg"]
    assert len(set(catalogue().muscles.values())) == 10


def test_seventeen_conditions_have_words_of_their_own():
    assert len(set(catalogue().conditions.values())) == 17
    assert all(words[0].isupper() or words[0].isdigit() for words in catalogue().conditions.values())


def test_nothing_is_written_down_twice_under_one_name():
    assert twice_named(yaml.compose(FILE.read_text(encoding="utf-8"))) == []
    assert twice_named(yaml.compose("{a: {b: 1, b: 2}}")) == ["b", "b"]


@pytest.mark.parametrize(
    ("path", "to", "names"),
    [
        (("exercises", "bird_dog", "targets"), ["elbow"], "elbow"),
        (("exercises", "bird_dog", "phase"), "cool_down", "cool_down"),
        (("exercises", "bird_dog", "kind"), "dance", "dance"),
        (("exercises", "bird_dog", "position"), "hanging", "hanging"),
        (("exercises", "bird_dog", "sides"), "both", "both"),
        (("exercises", "bird_dog", "avoid_if"), ["hiccups"], "hiccups"),
        (("exercises", "bird_dog", "ask_first"), ["hiccups"], "hiccups"),
        (("exercises", "bird_dog", "modify", "hiccups"), "Wait.", "hiccups"),
        (("exercises", "knee_rocks", "instead", "hiccups"), "cat_camel", "hiccups"),
        (("exercises", "knee_rocks", "instead", "floor"), "cartwheel", "cartwheel"),
        (("exercises", "bird_dog", "easier_id"), "cartwheel", "cartwheel"),
        (("exercises", "bird_dog", "harder_id"), "cartwheel", "cartwheel"),
        (("exercises", "bird_dog", "steps"), [{"shout": "Go."}], "shout"),
        (("exercises", "bird_dog", "kind"), "stretch", "bird_dog must be a stretch"),
        (("exercises", "side_lying_thigh", "phase"), "calm", "side_lying_thigh must be a stretch"),
        (("mistaken", "bird_dog", "stretch"), "glute_bridge", "glute_bridge"),
        (("mistaken", "cartwheel"), {"words": "", "stretch": "side_lying_thigh"}, "cartwheel"),
    ],
)
def test_loading_refuses_what_it_does_not_know_and_names_it(path, to, names):
    with pytest.raises(ValueError, match=names):
        read(with_change(*path, to=to))


def test_the_stretches_of_the_founding_notes_that_are_none_stand_under_their_true_names():
    taken_for = {
        "bird_dog": ("kneeling", "half_kneeling_hip_flexor"),
        "supine_march": ("lying", "edge_of_bed_hip_flexor"),
        "easy_march": ("standing", "standing_hip_flexor"),
    }
    assert {name: one.stretch for name, one in catalogue().mistaken.items()} == {
        name: stretch for name, (_, stretch) in taken_for.items()
    }
    for name, (position, _) in taken_for.items():
        assert f"{position} psoas stretch" in catalogue().mistaken[name].words
        assert catalogue().exercises[name].phase != "stretch"


def test_a_misspelt_word_for_a_part_of_an_exercise_is_refused():
    with pytest.raises(TypeError, match="avoid_iff"):
        read(with_change("exercises", "bird_dog", "avoid_iff", to=["floor"]))


@every_exercise
def test_an_exercise_is_complete(exercise):
    assert len(exercise.steps) >= 3
    assert all([exercise.name, exercise.purpose, exercise.effort, exercise.easier, exercise.cautions, exercise.sources])
    assert exercise.targets or exercise.phase == "warm_up"
    assert (exercise.kind == "stretch") is (exercise.phase == "stretch")


@every_exercise
def test_an_exercise_says_how_to_begin_then_what_to_do(exercise):
    kinds = [sentence.kind for sentence in exercise.steps]
    assert kinds[0] == ("step" if exercise.phase == "warm_up" else "preparation")
    assert {"step", "breathing"} & set(kinds)
    rest = kinds[kinds.count("preparation") :]
    assert "preparation" not in rest


@every_exercise
def test_what_is_held_is_breathed_through(exercise):
    held = exercise.dose.hold_s and exercise.id != "seated_march"  # a pause
    assert any(one.kind == "breathing" and one.words.startswith("Hold") for one in exercise.steps) is bool(held)


@every_exercise
def test_an_easier_exercise_holds_back_nobody_whom_the_exercise_itself_would_not(exercise):
    """A client may go over to it without asking."""
    if exercise.easier_id:
        easier = catalogue().exercises[exercise.easier_id]
        assert easier.avoid_if <= exercise.avoid_if
        assert easier.ask_first <= exercise.ask_first | exercise.avoid_if
        assert PHASES.index(easier.phase) <= PHASES.index(exercise.phase)
        assert exercise.easier


@every_exercise
def test_a_harder_exercise_is_for_the_therapist_to_give(exercise):
    if exercise.harder_id:
        harder = catalogue().exercises[exercise.harder_id]
        assert "ask your therapist" in exercise.harder
        assert PHASES.index(harder.phase) >= PHASES.index(exercise.phase)


def test_no_exercise_is_in_the_end_easier_than_itself():
    harder = {one.id: {one.harder_id} - {""} for one in EXERCISES}
    for one in EXERCISES:
        if one.easier_id:
            harder[one.easier_id].add(one.id)
    assert tuple(TopologicalSorter(harder).static_order())  # raises where the links go in a circle
    assert sum(map(len, harder.values())) == 6


@every_exercise
def test_a_dose_is_a_time_or_a_hold_or_a_count(exercise):
    dose = exercise.dose
    counted, timed, held = dose.reps, dose.time_s, dose.hold_s and not dose.reps
    assert [bool(counted), bool(timed), bool(held)].count(True) == 1
    assert dose.sets in {1, 2}
    assert 2 <= dose.per_week <= 7
    assert dose.hold_s is None or dose.hold_s <= 60
    assert dose.switch_s == 0 or exercise.sides == "each"


def test_only_breaths_are_counted_by_another_name():
    assert {one.id: one.dose.unit for one in EXERCISES if one.dose.unit} == {"breathing_90_90": "breaths"}


@every_stretch
def test_a_stretch_is_for_the_hip_flexors_on_each_side_and_never_of_an_injured_muscle(stretch):
    assert stretch.sides == "each"
    assert (stretch.dose.sets, stretch.dose.hold_s, stretch.dose.per_week) == (2, 30, 3)
    assert "psoas" in stretch.targets
    assert "muscle_injury" in stretch.avoid_if
    assert "hypermobility" in stretch.ask_first


@every_stretch
def test_a_stretch_keeps_the_back_from_arching(stretch):
    assert re.search(r"\b[Tt]uck\b|back flat", " ".join(words(stretch)))
    assert re.search(r"\barch\b", " ".join(stretch.cautions))


def test_what_only_looked_like_a_stretch_is_called_strength():
    shipped = catalogue().exercises
    assert {one.name for one in EXERCISES} & {
        f"{way} Psoas Stretch" for way in ("Kneeling", "Lying", "Standing")
    } == set()
    for name in ("bird_dog", "hip_flexor_isometric", "seated_march", "supine_march"):
        assert (shipped[name].phase, shipped[name].kind) == ("strengthen", "")
    assert "not a stretch" in " ".join(shipped["bird_dog"].cautions)


@every_stretch
def test_a_stretch_never_lifts_a_leg_in_front_or_across(stretch):
    steps = " ".join(words(stretch)).lower().replace("its heel may lift", "")
    assert re.findall(r"\b(?:lift|raise|cross|kick)\w*", steps) == []


@every_exercise
def test_an_exercise_reads_at_grade_seven_or_below(exercise):
    assert grade(" ".join(said(exercise))) <= 7
    kinds = [[one.words for one in exercise.steps if one.kind == kind] for kind in SENTENCES.values()]
    beside = [[exercise.purpose], [exercise.feel], [exercise.easier], [exercise.harder], exercise.cautions]
    alone = [[one] for one in exercise.modify.values()]
    assert [some for some in (*kinds, *beside, *alone) if any(some) and grade(" ".join(some)) > 7] == []


@every_exercise
def test_what_an_exercise_is_for_is_one_plain_sentence_and_only_a_stretch_stretches(exercise):
    assert re.fullmatch(r"It [^.]+\.", exercise.purpose)
    assert len(exercise.purpose.split()) <= 16
    assert exercise.purpose.startswith("It stretches") is (exercise.phase == "stretch")


@every_stretch
def test_a_stretch_says_where_it_is_felt_and_an_injury_of_what_it_stretches_locks_it(stretch):
    assert stretch.feel
    locking = muscles_that_lock(stretch, catalogue())
    assert {*stretch.targets, "psoas", "iliacus", "rectus_femoris", "adductors", "deep_abdominals"} <= set(locking)


@every_exercise
def test_whoever_cannot_get_down_to_the_floor_is_sent_there_by_no_other_condition(exercise):
    others = [words for one, words in exercise.modify.items() if one != "floor" and "floor" in exercise.modify]
    assert [words for words in others if re.search("(stay|lie|start) on the floor", words.casefold())] == []


def test_an_easy_move_is_not_held_at_its_end():
    assert [one.id for one in EXERCISES if one.kind == "mobility" and one.dose.hold_s] == []
    told = catalogue().exercises["knee_to_chest"]
    assert "Hold, and go on breathing." not in [one.words for one in told.steps]


def test_what_is_no_stretch_is_locked_by_no_muscle():
    assert [one.id for one in EXERCISES if muscles_that_lock(one, catalogue())] == [one.id for one in STRETCHES]


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("The cat sat on the mat.", 0.39 * 6 + 11.8 * 6 / 6 - 15.59),
        ("Doctors recommend a short walk. It comes before longer exercises.", 0.39 * 5 + 11.8 * 18 / 10 - 15.59),
    ],
)
def test_the_reading_grade_is_the_published_sum(text, years):
    assert grade(text) == pytest.approx(years)


@every_exercise
def test_no_word_promises_a_result_or_points_at_another_page(exercise):
    assert [text for text in said(exercise) if PROMISES.search(text) or "note 0" in text] == []


@every_exercise
def test_what_a_client_reads_is_in_whole_sentences_that_stand_alone(exercise):
    for text in said(exercise):
        assert re.fullmatch(r"[A-Z].+\.", text)
        assert "_" not in text
    for text in exercise.modify.values():
        assert len(text.split()) >= 4


def test_the_numbers_of_a_dose_reach_the_plan_as_written():
    assert catalogue().exercises["bird_dog"].dose == Dose(sets=2, reps=5, hold_s=6, rest_s=45, per_week=3)
    assert catalogue().exercises["easy_march"].dose == Dose(sets=1, time_s=240, per_week=7)
    assert catalogue().exercises["knee_to_chest"].dose == Dose(sets=1, reps=10, per_week=5)
