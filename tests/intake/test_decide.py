"""What each answer of the safety page decides: the clinic's printed list, line by line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.intake.rules import NONE_OF_THESE, PAGE, decide_by, unanswered
from clinic.intake.safety_lists import shipped

LIST = {  # question → its number and its outcomes, as printed
    "saddle_or_leg": ("1", {"E1"}),
    "chest_or_sudden": ("2", {"E2"}),
    "unwell_with_pain": ("3", {"R"}),
    "groin_locked": ("3", {"R"}),
    "tummy_unexplained": ("4", {"N", "C"}),
    "pregnant": ("5", {"N"}),
    "blood_thinner": ("6", {"N"}),
    "aspirin": ("6", {"N"}),
    "vessels_or_operation": ("7", {"N", "C"}),
    "under_18": ("8a", {"N", "C"}),
    "aneurysm_risk": ("8b", {"N"}),
}
some_ticks = st.sets(st.sampled_from(sorted(LIST)))


def decide(ticks):
    return decide_by(shipped(), ticks, deep=True)


def outcome(decision):
    """What the client meets, in one word."""
    if decision.emergency:
        return decision.emergency
    if decision.refer:
        return "R"
    if decision.ring_first:
        return "N and C"
    return "N" if decision.alternative_only else "release" if decision.release_allowed else "?"


def test_the_page_asks_what_the_list_asks():
    asked = {rule.id: rule.number for rule in shipped() if rule.asked and rule.group in PAGE}
    assert asked == {code: n for code, (n, _) in LIST.items()}


@pytest.mark.parametrize("code", LIST)
def test_each_question_alone_decides_what_the_list_says(code):
    assert outcome(decide([code])) == " and ".join(sorted(LIST[code][1], key="NC".find))


def test_nothing_ticked_allows_the_release():
    assert outcome(decide([])) == "release"


@pytest.mark.parametrize("bleeding", ["blood_thinner", "aspirin"])
def test_a_locked_groin_in_somebody_who_bleeds_is_an_emergency(bleeding):
    assert outcome(decide(["groin_locked", bleeding])) == "E1"


@given(ticks=some_ticks)
def test_the_strongest_outcome_wins(ticks):
    outcomes = {tier for code in ticks for tier in LIST[code][1]}
    bleeds_into_the_groin = "groin_locked" in ticks and ticks & {"blood_thinner", "aspirin"}
    strongest = next((tier for tier in ("E2", "E1", "R", "N") if tier in outcomes), "release")
    if bleeds_into_the_groin and strongest == "R":
        strongest = "E1"
    assert outcome(decide(ticks)) == ("N and C" if strongest == "N" and "C" in outcomes else strongest)


@given(ticks=some_ticks)
def test_exactly_one_way_on_is_open(ticks):
    decision = decide(ticks)
    ways = [bool(decision.emergency), decision.refer, decision.alternative_only, decision.release_allowed]
    assert ways.count(True) == 1


@given(ticks=some_ticks)
def test_all_reasons_are_kept(ticks):
    assert set(decide(ticks).reasons) - {"psoas_bleed"} == ticks


@given(ticks=some_ticks, more=some_ticks)
def test_another_tick_never_opens_a_way_that_was_closed(ticks, more):
    order = ["release", "N", "N and C", "R", "E1", "E2"]
    assert order.index(outcome(decide(ticks | more))) >= order.index(outcome(decide(ticks)))


def test_a_group_left_blank_or_contradicting_itself_cannot_stand():
    answered = {group: [NONE_OF_THESE] for group in PAGE}
    assert unanswered(answered) == {}
    assert unanswered({**answered, "tummy": []}) == {"tummy": "blank"}
    assert unanswered({**answered, "tummy": [NONE_OF_THESE, "pregnant"]}) == {"tummy": "both"}
    assert unanswered({}) == {"now": "blank", "tummy": "blank", "who": "blank"}
