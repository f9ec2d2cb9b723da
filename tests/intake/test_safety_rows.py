"""Every row of the safety list, both ways: what makes it hold, and what does not. Taken from the rows themselves."""

from itertools import combinations

import pytest

from clinic.intake.rules import conditions_of, decide_by
from clinic.intake.safety_lists import shipped


def ways(when):
    """The ways in which a condition holds: what is told for each, and what must not be."""
    if isinstance(when, str):
        return [({when}, set())]
    if "not" in when:
        assert isinstance(when["not"], str), "say what must not be told as one fact"
        return [(set(), {when["not"]})]
    parts = [ways(part) for part in when.get("of") or when.get("all") or when["any"]]
    least = when.get("least", len(parts) if "all" in when else 1)
    return [way for some in combinations(parts, least) for way in together(some)]


def together(parts):
    """One way of each part, in all combinations."""
    found = [(set(), set())]
    for part in parts:
        found = [(told | more, against | less) for told, against in found for more, less in part]
    return found


CASES = [(rule, frozenset(told), frozenset(against)) for rule in shipped() for told, against in ways(rule.when)]
every_case = pytest.mark.parametrize(("rule", "told", "against"), CASES, ids=lambda one: getattr(one, "id", ""))


def tiers(rule, told, *, deep):
    return decide_by([rule], told, deep=deep).tiers


def test_every_row_has_a_case():
    assert {rule.id for rule, _, _ in CASES} == {rule.id for rule in shipped()}
    assert all(told for _, told, _ in CASES)


@every_case
def test_what_was_told_brings_the_row_with_its_tiers(rule, told, against):
    assert tiers(rule, told, deep=False) == set(rule.massage)
    assert tiers(rule, told, deep=True) == {*rule.massage, *rule.deep}
    for deep in (False, True):
        whole = decide_by(shipped(), told, deep=deep)
        assert rule.id in whole.reasons
        assert whole.tiers >= tiers(rule, told, deep=deep)


@every_case
def test_what_was_not_told_does_not_bring_it(rule, told, against):
    assert rule.id not in decide_by(shipped(), [], deep=True).reasons
    for fact in told:
        short_of_it = [way for one, way, _ in CASES if one is rule and way <= told - {fact}]
        assert (rule.id in decide_by(shipped(), told - {fact}, deep=True).reasons) is bool(short_of_it)
    for fact in against:
        assert rule.id not in decide_by(shipped(), told | {fact}, deep=True).reasons


@every_case
def test_its_conditions_follow_from_what_was_told(rule, told, against):
    assert conditions_of(shipped(), told) >= set(rule.conditions)
    assert conditions_of([rule], told) == set(rule.conditions)
    assert conditions_of([rule], against) == set()


# The reference's words for "absolute" before deep tummy work, and what the safety page rules out for good.
ABSOLUTE = """
saddle_or_leg chest_or_sudden groin_locked pregnant blood_thinner vessels_or_operation psoas_bleed psoas_infection
tummy_pulses aneurysm clot_last_half_year narrowed_artery blood_pressure_not_controlled heart_not_stable stroke_lately
vein_inflamed bleeding_problem takes_blood_thinner missed_period hernia bowel_flare liver_or_spleen kidney_illness
kidney_stent_or_graft trying_for_a_baby birth_lately pregnant_16_weeks operation_last_six_weeks kidney_pain
bladder_or_saddle foot_drags muscle_bleed muscle_just_torn cancer_treated_now child fever catching_illness
alcohol_or_drugs
"""


def test_what_the_reference_calls_absolute_is_absolute():
    assert {rule.id for rule in shipped() if rule.absolute} == set(ABSOLUTE.split())


@pytest.mark.parametrize("rule", [rule for rule in shipped() if rule.absolute], ids=lambda rule: rule.id)
def test_what_is_absolute_rules_deep_tummy_work_out(rule):
    assert "N" in rule.deep


@pytest.mark.parametrize(
    ("told", "massage", "deep"),
    [
        ("man age_65_or_over back_pain", "C", "N C"),
        ("man age_65_or_over back_pain normal_scan", "", ""),
        ("man age_65_or_over", "", "N"),
        ("smoker high_blood_pressure tummy_pain", "C I", "N C I"),
        ("smoker back_pain", "", ""),
        ("age_50_or_over family_aneurysm", "", "N"),
        ("age_50_or_over family_aneurysm normal_scan", "", ""),
        ("night_pain", "I", "I"),
        ("first_onset_over_50", "I", "I"),
        ("night_pain first_onset_over_50", "I R", "I R"),
        ("groin_locked fever", "R E1", "R E1 N"),
        ("groin_locked aspirin", "R E1 M", "R E1 M N"),
        ("knock_with_pain", "I", "I"),
        ("knock_with_pain steroids_long", "I M R", "I M R N"),
        ("weak_immune_system", "I", "I"),
        ("weak_immune_system back_pain", "I R", "I R"),
        ("morning_stiffness", "", ""),
        ("morning_stiffness better_moving", "C", "C"),
        ("operation_6m", "L", "L N C"),
        ("painkiller_today", "M", "M"),
        ("iud", "I", "I M"),
    ],
)
def test_clusters_count_as_the_reference_counts_them(told, massage, deep):
    assert decide_by(shipped(), told.split(), deep=False).tiers == set(massage.split())
    assert decide_by(shipped(), told.split(), deep=True).tiers == set(deep.split())
