"""The safety list as a whole: its words, what holds whatever is told, what a list may not be, and which one holds."""

import json
import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
import yaml
from hypothesis import given
from hypothesis import strategies as st

from clinic.aftercare.catalogue import catalogue
from clinic.booking.programme import programme
from clinic.core.db import db, writing
from clinic.intake.models import SafetyList
from clinic.intake.rules import CONDITIONS, DERIVED, PAGE, WrongListError, decide_by, facts_in, read_list
from clinic.intake.safety_lists import FILE, current, shipped
from clinic.people.models import Account
from tests.aftercare.test_catalogue import grade
from tests.conftest import NOW
from tests.intake.test_safety_rows import CASES
from tests.steps import screen

ROWS = yaml.safe_load(FILE.read_text(encoding="utf-8"))
ASKED = [rule for rule in shipped() if rule.asked]
LIFTING = {fact for _, _, against in CASES for fact in against}  # a normal scan: told, it makes things easier
FACTS = sorted({*DERIVED, *(rule.id for rule in ASKED)} - LIFTING)
ORDER = ["release", "N", "N and C", "R", "E1", "E2"]
NAMES = re.compile("warfarin|apixaban|clopidogrel|osteoporosis|epilepsy|uveitis|diabetes|hiatus", re.IGNORECASE)
some_facts = st.sets(st.sampled_from(FACTS), max_size=8)
every_question = pytest.mark.parametrize("rule", ASKED, ids=lambda rule: rule.id)


def outcome(decision):
    """How much is ruled out, the later the more."""
    if decision.emergency:
        return ORDER.index(decision.emergency)
    if decision.refer:
        return ORDER.index("R")
    return ORDER.index("N and C" if decision.ring_first else "N" if decision.alternative_only else "release")


@given(told=some_facts, more=some_facts, deep=st.booleans())
def test_telling_more_never_weakens_a_decision(told, more, deep):
    less, all_of_it = (decide_by(shipped(), facts, deep=deep) for facts in (told, told | more))
    assert less.tiers <= all_of_it.tiers
    assert outcome(less) <= outcome(all_of_it)


@given(told=some_facts)
def test_deep_work_is_never_easier_than_any_other_massage(told):
    massage, deep = (decide_by(shipped(), told, deep=deep) for deep in (False, True))
    assert massage.reasons == deep.reasons
    assert outcome(massage) <= outcome(deep)


@given(told=some_facts, lifted=st.sets(st.sampled_from([rule.id for rule in shipped()])))
def test_what_is_absolute_stands_for_deep_work_whatever_was_lifted(told, lifted):
    found = decide_by(shipped(), told, deep=True).reasons
    after = decide_by(shipped(), told, deep=True, lifted=lifted)
    absolute = [rule for rule in shipped() if rule.absolute and rule.id in found]
    assert {rule.id for rule in absolute} <= set(after.reasons)
    assert not (absolute and after.release_allowed)
    assert set(found) - set(after.reasons) <= lifted


@given(told=some_facts, urgent=st.sampled_from(["saddle_or_leg", "chest_or_sudden", "foot_drags"]))
def test_an_emergency_goes_before_all_else(told, urgent):
    decided = decide_by(shipped(), {*told, urgent}, deep=True)
    assert decided.emergency
    assert not any([decided.refer, decided.alternative_only, decided.ring_first, decided.release_allowed])
    if urgent == "chest_or_sudden":
        assert decided.emergency == "E2"


def test_nothing_told_rules_nothing_out():
    assert decide_by(shipped(), [], deep=True).reasons == ()


def test_each_condition_of_the_exercises_follows_from_some_row_and_there_are_no_others():
    assert {one for rule in shipped() for one in rule.conditions} == set(catalogue().conditions) == CONDITIONS


def test_only_a_normal_scan_makes_things_easier():
    assert {"normal_scan"} == LIFTING


@pytest.mark.parametrize("rule", shipped(), ids=lambda rule: rule.id)
def test_a_row_says_what_to_do_and_where_that_comes_from(rule):
    assert re.fullmatch(r"[A-Z].+\.", rule.action)
    assert rule.massage or rule.deep
    assert len(rule.source) > 8
    assert rule.checked == "K" or not rule.source.startswith("General knowledge")
    assert len(rule.short) <= 80
    assert "you have" not in f"{rule.action} {rule.short}".lower()


@every_question
def test_a_question_reads_at_grade_eight_or_below(rule):
    """Names that stand on a box of pills or in a letter count as any short word; two words alone have no grade."""
    words = NAMES.sub("name", ". ".join([rule.question, *rule.examples]) + ".")
    assert len(words.split()) < 4 or grade(words) <= 8


@pytest.mark.parametrize("group", dict.fromkeys(rule.group for rule in ASKED))
def test_a_group_of_questions_reads_at_grade_eight_or_below(group):
    asked = [text for rule in ASKED if rule.group == group for text in (rule.question, *rule.examples)]
    assert grade(". ".join(asked) + ".") <= 8


def test_rows_of_a_group_stand_together():
    groups = [rule.group for rule in shipped()]
    assert [group for n, group in enumerate(groups) if group not in groups[:n]] == [
        group for n, group in enumerate(groups) if n == 0 or groups[n - 1] != group
    ]


def test_what_covers_a_question_is_asked_on_the_safety_page_and_rules_out_as_much_of_the_deep_work():
    for rule in ASKED:
        if rule.covered_by:
            covers = next(one for one in shipped() if one.id == rule.covered_by)
            assert covers.group in PAGE
            assert outcome(decide_by([covers], [covers.id], deep=True)) > 0


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"massage": ["X"]}, "fever: X is no tier."),
        ({"group": "feet"}, "fever: feet is no group."),
        ({"regions": ["nose/left"]}, "fever: nose/left is no place of the body chart."),
        ({"conditions": ["hiccups"]}, "fever: hiccups is no condition."),
        ({"when": {"any": ["fever", "hiccups"]}}, "fever: hiccups is no fact."),
        ({"when": {"all": ["fever", {"not": "hiccups"}]}}, "fever: hiccups is no fact."),
        ({"when": {"least": 3, "of": ["fever", "smoker"]}}, "fever: its condition cannot be read."),
        ({"when": {"some": ["fever"]}}, "fever: its condition cannot be read."),
        ({"when": {"any": []}}, "fever: its condition cannot be read."),
        ({"when": 7}, "fever: its condition cannot be read."),
        ({"covered_by": "aneurysm"}, "fever: aneurysm is no question of the safety page."),
        ({"checked": "yes"}, "fever: yes is no mark of how it was checked."),
        ({"source": ""}, "fever: source is missing."),
        ({"action": None}, "fever: action is missing."),
        ({"colour": "red"}, "fever: colour is no part of a row."),
        ({"id": "alcohol_or_drugs"}, "alcohol_or_drugs is on the list twice."),
        ({"id": "Fever!", "when": "fever"}, "Fever!: an id is small letters, digits and underscores."),
        ({"massage": "R"}, "fever: massage must be a list."),
        ({"massage": [], "deep": []}, "fever: it has no tier."),
        ({"massage": [], "deep": ["E1"]}, "fever: an emergency is one for every massage."),
        ({"absolute": True, "deep": []}, "fever: what is absolute is N for deep tummy work."),
    ],
)
def test_a_list_that_cannot_be_is_refused_in_a_sentence(change, sentence):
    rows = [{**row, **change} if row["id"] == "fever" else row for row in ROWS]
    with pytest.raises(WrongListError) as refused:
        read_list(rows)
    assert str(refused.value) == sentence


def test_what_is_no_list_of_rows_is_refused_too():
    for rows in ({}, "rows", [1], [None]):
        with pytest.raises(WrongListError):
            read_list(rows)


def test_a_list_without_a_question_in_each_group_of_the_safety_page_is_refused():
    with pytest.raises(WrongListError, match="asks nothing in the group who"):
        read_list([row for row in ROWS if row["group"] != "who"])


def test_a_list_without_the_row_that_another_asks_for_is_refused():
    with pytest.raises(WrongListError, match="groin_locked is no fact"):
        read_list([row for row in ROWS if row["id"] != "groin_locked"])


def keep(number, rows, *, approved):
    with writing():
        db.session.add(
            SafetyList(
                number=number,
                content=json.dumps(rows),
                reason="Because",
                made_at=NOW,
                made_by_id=db.session.scalar(sa.select(Account.id).limit(1)),
                approved_at=NOW + timedelta(days=number) if approved else None,
            )
        )
        db.session.commit()


def test_the_list_that_comes_with_the_product_holds_until_another_is_approved(cast):
    assert current(db.session) == programme(db.session).safety == shipped()
    keep(1, ROWS[:4], approved=False)
    assert current(db.session) == programme(db.session).safety == shipped()


def test_the_approved_version_with_the_highest_number_holds_at_once(cast):
    for number, (length, approved) in enumerate([(-3, True), (-2, True), (-1, False)], 1):
        keep(number, ROWS[:length], approved=approved)
    assert programme(db.session).safety == shipped()[:-2]
    assert current(db.session) == programme(db.session).safety


def test_a_question_the_clinic_adds_is_asked_and_decides(visitor):
    row = {
        **ROWS[4],
        "id": "sea_sick",
        "group": "tummy",
        "question": "Sick at sea",
        "short": "Sick at sea",
        "when": "sea_sick",
    }
    keep(1, [*ROWS, {**row, "massage": [], "deep": ["N"]}], approved=True)
    visitor.get("/treatments/psoas-release/safety")
    assert "Sick at sea" in visitor.text
    screen(visitor, tummy=["sea_sick"])
    assert "We leave out deep tummy work for you" in visitor.text


def test_all_facts_the_list_draws_from_are_told_by_somebody():
    drawn = {fact for rule in shipped() for fact in facts_in(rule.when)}
    assert drawn <= {rule.id for rule in ASKED} | DERIVED
