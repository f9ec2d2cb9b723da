"""The pages of the health history, and the facts that follow from its answers. Pure."""

import re
from datetime import date, timedelta

import pytest

from clinic.intake.rules.history import NONE_OF_THESE, asked, kept, questionnaire, told, unanswered
from clinic.intake.rules.safety_names import DERIVED
from clinic.intake.safety_lists import shipped
from tests.aftercare.test_catalogue import grade

TODAY = date(2026, 3, 11)
PAGES = questionnaire(shipped())
EVERYTHING = [question for page in PAGES for question in page.questions]
PAIN = {"pain": "yes"}


def ago(**time):
    return (TODAY - timedelta(**time)).isoformat()


def mark(*regions, kind="dull"):
    return [{"region": one, "side": "left", "kind": kind, "strength": 5} for one in regions]


# What is answered, and the facts it means; in each case nothing else of these facts.
SAYS = [
    ({"born": "2010-03-12"}, {"under_16", "under_18"}),
    ({"born": "2010-03-11"}, {"under_18"}),
    ({"born": "2008-03-12"}, {"under_18"}),
    ({"born": "2008-03-11"}, set()),
    ({"born": "1976-03-11"}, {"age_50_or_over"}),
    ({"born": "1976-03-12"}, set()),
    ({"born": "1961-03-11"}, {"age_50_or_over", "age_65_or_over"}),
    ({"sex": "man"}, {"man"}),
    ({"sex": "woman"}, {"woman"}),
    ({"sex": "unsaid"}, set()),
    ({"smoking": "now"}, {"smoker"}),
    ({"smoking": "before"}, {"smoker"}),
    ({"smoking": "never"}, set()),
    ({"ever": ["high_blood_pressure", "cancer_ever"]}, {"high_blood_pressure", "cancer_ever"}),
    ({"ever": ["unwell", "weight_loss", "under_investigation"]}, {"unwell", "weight_loss", "under_investigation"}),
    ({"ever": ["family_aneurysm"]}, {"family_aneurysm"}),
    ({"ever": [NONE_OF_THESE]}, set()),
    ({"scan": "normal"}, {"normal_scan"}),
    ({"scan": "found"}, set()),
    ({"scan": "none"}, set()),
    ({"pregnancy": "maybe"}, {"pregnant"}),
    ({"pregnancy": "yes"}, {"pregnant", "pregnant_16w"}),
    ({"pregnancy": "yes", "due": ago(weeks=-25)}, {"pregnant"}),
    ({"pregnancy": "yes", "due": ago(weeks=-24)}, {"pregnant", "pregnant_16w"}),
    ({"pregnancy": "yes", "due": ago(weeks=2)}, {"pregnant", "pregnant_16w", "birth_12w"}),
    ({"pregnancy": "yes", "due": ago(weeks=8)}, {"birth_12w"}),
    ({"pregnancy": "yes", "due": ago(weeks=16)}, set()),
    ({"pregnancy": "birth"}, {"birth_12w"}),
    ({"pregnancy": "birth", "birth": ago(weeks=11)}, {"birth_12w"}),
    ({"pregnancy": "birth", "birth": ago(weeks=12)}, set()),
    ({"coil": ["iud"]}, {"iud"}),
    ({"marks": mark("low_back")}, {"back_pain"}),
    ({"marks": mark("abdomen")}, {"tummy_pain"}),
    ({"marks": mark("groin")}, {"groin_pain"}),
    ({"marks": mark("calf")}, {"leg_pain"}),
    ({"marks": mark("hand", kind="numb")}, {"nerve_signs"}),
    ({"marks": mark("neck", "hand", "foot")}, {"leg_pain", "several_sites"}),
    ({"marks": []}, set()),
    ({"before_50": "no"}, {"first_onset_over_50"}),
    ({"before_50": "yes"}, set()),
    ({"better": ["walking"]}, {"better_moving"}),
    ({"better": ["lying"]}, set()),
    ({"morning": "long"}, {"morning_stiffness"}),
    ({"morning": "short"}, set()),
    ({"night": "not_eased"}, {"night_pain"}),
    ({"night": "eased"}, set()),
    ({"spread": "below_knee"}, {"leg_pain"}),
    ({"nerves": ["tingling"]}, {"nerve_signs"}),
    ({"tissue": "joint"}, {"joint_pain"}),
    ({"tissue": "nerve"}, {"nerve_signs"}),
    ({"tissue": "muscle"}, set()),
    ({"medicines": ["anticoagulant", "aspirin"]}, {"anticoagulant", "aspirin"}),
    ({"medicines": ["antiplatelet", "steroids_long"]}, {"antiplatelet", "steroids_long"}),
    ({"medicines": ["painkiller_today"]}, {"painkiller_today"}),
    ({"operations": ["tummy"]}, {"operation_6w", "operation_6m"}),
    ({"operations": ["other"], "operated.other": ago(weeks=5)}, {"operation_6w"}),
    ({"operations": ["back"], "operated.back": ago(weeks=7)}, {"operation_6m"}),
    ({"operations": ["back"], "operated.back": ago(days=183)}, set()),
    ({"operations": ["hip_front"], "operated.hip_front": ago(days=999)}, {"hip_replacement_anterior"}),
    ({"operations": ["hip_back"], "operated.hip_back": ago(days=999)}, {"hip_replacement_posterior"}),
    (
        {"operations": ["hip_unsure"], "operated.hip_unsure": ago(days=999)},
        {"hip_replacement_anterior", "hip_replacement_posterior"},
    ),
    ({"touch": ["trauma_sensitive"]}, {"trauma_sensitive"}),
    ({"list.inside": ["tummy_lump", "peeing_hurts"]}, {"tummy_lump", "peeing_hurts"}),
    ({"list.inside": [NONE_OF_THESE]}, set()),
]


@pytest.mark.parametrize(("answers", "facts"), SAYS, ids=[str(n) for n in range(len(SAYS))])
def test_an_answer_says_just_these_facts(answers, facts):
    assert told(answers, on=TODAY) - {"age_12_to_60"} == facts


def test_every_fact_that_the_list_derives_is_said_by_some_answer():
    assert set().union(*(facts for _, facts in SAYS)) >= DERIVED


def numbers(answers):
    return [question.id for page in asked(PAGES, answers, on=TODAY) for question in page.questions]


@pytest.mark.parametrize(
    ("answers", "opened"),
    [
        (PAIN, "marks"),
        ({**PAIN, "born": "1970-01-01"}, "before_50"),
        ({"born": "1950-01-01", "sex": "man"}, "scan"),
        ({"born": "1950-01-01", "sex": "unsaid"}, "scan"),
        ({"born": "1970-01-01", "sex": "woman", "ever": ["family_aneurysm"]}, "scan"),
        ({"born": "1990-01-01", "sex": "woman"}, "pregnancy"),
        ({"born": "1990-01-01", "sex": "unsaid"}, "pregnancy"),
        ({"born": "1990-01-01", "sex": "woman", "pregnancy": "yes"}, "due"),
        ({"born": "1990-01-01", "sex": "woman", "pregnancy": "birth"}, "birth"),
        ({**PAIN, "tried": ["roller"]}, "helped.roller"),
        ({"operations": ["back"]}, "operated.back"),
    ],
)
def test_some_pages_are_opened_by_an_answer_alone(answers, opened):
    assert opened in numbers(answers)
    assert opened not in numbers({})


def test_what_an_answer_opened_closes_with_it_and_all_that_followed():
    answers = {"born": "1990-01-01", "sex": "woman", "pregnancy": "yes", "due": "2026-06-01"}
    assert kept(PAGES, answers, on=TODAY) == answers
    assert kept(PAGES, {**answers, "sex": "man"}, on=TODAY) == {"born": "1990-01-01", "sex": "man"}


def test_a_page_is_answered_once_all_it_must_have_is_there():
    first = {"born": "1990-01-01", "sex": "man", "ring_name": "", "ring_phone": "", "doctor": ""}
    assert unanswered(PAGES, first, on=TODAY)[0].number == 2
    assert unanswered(PAGES, {**first, "sex": None}, on=TODAY)[0].number == 1
    assert unanswered(PAGES, {"born": "1990-01-01", "sex": "man"}, on=TODAY)[0].number == 1  # was never sent


def test_a_page_keeps_its_number_whatever_was_answered_or_told_before():
    screened = questionnaire(shipped(), [])
    assert [(page.number, page.title) for page in PAGES] == [(page.number, page.title) for page in screened]
    assert [page.number for page in asked(PAGES, PAIN, on=TODAY)] != [
        page.number for page in asked(PAGES, {}, on=TODAY)
    ]


@pytest.mark.parametrize("ticks", [None, [], ["vessels_or_operation"]])
def test_each_question_of_the_safety_list_is_asked_unless_the_safety_page_answered_it(ticks):
    here = {option for page in questionnaire(shipped(), ticks) for one in page.questions for option in one.options}
    rows = {rule.id: rule for rule in shipped() if rule.asked and rule.group not in {"now", "tummy", "who"}}
    missing = {rows[one].covered_by for one in rows.keys() - here}
    if ticks is None:
        assert missing == {"saddle_or_leg", "unwell_with_pain"}  # asked here themselves
    else:
        assert "" not in missing
        assert not missing & set(ticks)


NAMES = re.compile(r"warfarin|apixaban|heparin|Physiotherapy|osteopath|aneurysm")  # are what they are


def test_ids_are_there_once():
    ids = [question.id for question in EVERYTHING]
    assert len(set(ids)) == len(ids)


def test_everything_is_put_in_words_of_eight_years_of_school():
    texts = [
        NAMES.sub("it", text).strip(".?") + "."
        for question in EVERYTHING
        for text in (question.label, question.hint, *question.options.values())
        if len(re.findall(r"\w+", text)) >= 4
    ]
    assert len(texts) > 80
    assert {text: round(grade(text)) for text in texts if grade(text) > 8.5} == {}
