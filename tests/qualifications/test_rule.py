"""Who may be booked for what: the rule, case by case, and against the same rule told another way."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.qualifications.rules import Held, Needs, refusals, takes_over

DAY = date(2026, 3, 12)
LONG_AGO = date(2024, 1, 1)
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)
RELEASE = Needs(4, "abdominal", "psoas_release")
MASSAGE = Needs(4, "massage")


def diploma(level=4, discipline="sports", framework="RQF", starts=LONG_AGO, until=None):
    return Held("qualification", "Diploma", starts, until, discipline, framework, level)


def insurance(*activities, starts=LONG_AGO, until=AFTER):
    return Held("insurance", "Insurance", starts, until, activities=frozenset(activities or ("massage", "abdominal")))


def training(skill="psoas_release", starts=LONG_AGO, until=None):
    return Held("training", "Training", starts, until, skill=skill)


def codes(needs, *held, days=(DAY,)):
    return [refusal.code for refusal in refusals(needs, held, days)]


@pytest.mark.parametrize(
    ("paper", "expected"),
    [
        (diploma(3), ["qualification_missing"]),
        (diploma(4), []),
        (diploma(5), []),
        (diploma(5, "clinical"), []),
        (diploma(4, "remedial"), []),
        (diploma(5, "holistic"), ["qualification_missing"]),
        (diploma(4, ""), ["qualification_missing"]),
        (diploma(6, framework="SCQF"), ["qualification_missing"]),
        (diploma(7, framework="SCQF"), []),
        (diploma(4, framework="EQF"), ["qualification_missing"]),
        (diploma(5, framework="EQF"), []),
        (diploma(None, "", "US-state"), []),  # a licence licenses the work itself
        (diploma(None, "", "CA-college"), []),
        (diploma(7, framework="ZZ"), ["qualification_missing"]),
        (diploma(None), ["qualification_missing"]),
        (diploma(9), ["qualification_missing"]),  # there is no such level
        (diploma(until=DAY), []),  # the last good day is good
        (diploma(until=BEFORE), ["qualification_lapsed"]),
        (diploma(starts=DAY), []),
        (diploma(starts=AFTER), ["qualification_lapsed"]),
    ],
)
def test_a_qualification_of_level_4_or_its_equal_in_the_right_discipline_is_needed(paper, expected):
    assert codes(MASSAGE, paper, insurance()) == expected


@pytest.mark.parametrize(
    ("paper", "expected"),
    [
        (insurance("massage", "abdominal"), []),
        (insurance("massage"), ["insurance_missing"]),
        (insurance(until=DAY), []),
        (insurance(until=BEFORE), ["insurance_lapsed"]),
        (insurance(starts=AFTER), ["insurance_lapsed"]),
        (training("abdominal"), ["insurance_missing"]),  # another kind of paper insures nothing
    ],
)
def test_a_release_needs_insurance_that_names_the_work(paper, expected):
    assert codes(RELEASE, diploma(), paper, training()) == expected


@pytest.mark.parametrize(
    ("paper", "expected"),
    [
        (training(), []),
        (training("pregnancy"), ["training_missing"]),
        (training(until=DAY), []),
        (training(until=BEFORE), ["training_lapsed"]),
        (training(starts=AFTER), ["training_lapsed"]),
    ],
)
def test_a_release_needs_training_in_it(paper, expected):
    assert codes(RELEASE, diploma(), insurance(), paper) == expected


def test_all_that_is_lacking_is_told():
    assert codes(RELEASE) == ["qualification_missing", "insurance_missing", "training_missing"]


def test_one_paper_must_be_good_on_all_the_days_of_an_appointment():
    this_year, next_year = insurance(until=DAY), insurance(starts=AFTER)
    assert codes(MASSAGE, diploma(), this_year, next_year, days=(DAY, AFTER)) == ["insurance_lapsed"]


days = st.dates(DAY - timedelta(days=2), DAY + timedelta(days=2))
papers = st.builds(
    Held,
    kind=st.sampled_from(("qualification", "qualification", "insurance", "training")),
    title=st.just("Paper"),
    starts_on=days,
    expires_on=st.none() | days,
    discipline=st.sampled_from(("sports", "clinical", "remedial", "holistic")),
    framework=st.sampled_from(("RQF", "SCQF", "EQF", "US-state", "CA-college", "ZZ")),
    level=st.none() | st.integers(0, 13),
    skill=st.sampled_from(("psoas_release", "pregnancy")),
    activities=st.frozensets(st.sampled_from(("massage", "abdominal"))),
)
needs = st.builds(
    Needs, st.integers(3, 6), st.sampled_from(("massage", "abdominal")), st.sampled_from((None, "psoas_release"))
)
# The least level on each scale that equals RQF 3, 4, 5 and 6, and the highest there is.
LEAST = {"RQF": (3, 4, 5, 6, 8), "SCQF": (6, 7, 8, 9, 12), "EQF": (4, 5, 6, 6, 8)}


@pytest.mark.parametrize("framework", ["RQF", "SCQF", "EQF", "US-state", "CA-college", "ZZ"])
def test_each_scale_reaches_each_level_where_its_own_table_says(framework):
    for least_level in (3, 4, 5, 6):
        for level in (None, *range(14)):
            paper = diploma(level, framework=framework)
            offered = codes(Needs(least_level, "massage"), paper, insurance()) == []
            assert offered == _reaches(paper, least_level), (least_level, level)


@given(needs=needs, held=st.lists(papers, max_size=8), day=days)
def test_may_be_booked_exactly_where_every_demand_is_met_on_the_day(needs, held, day):
    good = [paper for paper in held if paper.starts_on <= day <= (paper.expires_on or date.max)]
    qualified = any(paper.kind == "qualification" and _reaches(paper, needs.least_level) for paper in good)
    insured = any(paper.kind == "insurance" and needs.activity in paper.activities for paper in good)
    trained = any(paper.kind == "training" and paper.skill == needs.training for paper in good)
    assert (not refusals(needs, held, [day])) == (qualified and insured and (trained or not needs.training))


def _reaches(paper, level):
    if paper.framework in {"US-state", "CA-college"}:
        return level <= 4
    *least, highest = LEAST.get(paper.framework, (99, 99, 99, 99, 0))
    return paper.discipline != "holistic" and least[level - 3] <= (paper.level or 0) <= highest


@given(until=st.tuples(days, days, days), day=days)
def test_whoever_holds_it_all_may_be_booked_until_the_first_of_it_lapses(until, day):
    held = [diploma(until=until[0]), insurance(until=until[1]), training(until=until[2])]
    assert (codes(RELEASE, *held, days=(day,)) == []) == (day <= min(until))


@pytest.mark.parametrize(
    ("follows", "enough"),
    [
        ({}, False),
        ({"expires_on": date(2027, 1, 1)}, True),
        ({"expires_on": None}, True),
        ({"expires_on": date(2027, 1, 1), "starts_on": date(2026, 3, 26)}, True),
        ({"expires_on": date(2027, 1, 1), "starts_on": date(2026, 3, 27)}, False),
        ({"expires_on": None, "activities": frozenset({"massage", "abdominal"})}, True),
        ({"expires_on": None, "activities": frozenset({"abdominal"})}, False),
        ({"expires_on": None, "kind": "training"}, False),
        ({"expires_on": None, "level": 3}, False),
        ({"expires_on": None, "discipline": "reiki"}, False),
        ({"expires_on": None, "skill": "pregnancy"}, False),
    ],
)
def test_a_paper_takes_over_from_another_where_nothing_is_lost_on_the_day_after(follows, enough):
    told = {"kind": "qualification", "title": "Diploma", "starts_on": date(2020, 1, 1), "discipline": "sports"}
    told |= {"framework": "RQF", "level": 4, "activities": frozenset({"massage"}), "expires_on": date(2026, 3, 25)}
    assert takes_over(Held(**{**told, **follows}), Held(**told)) is enough
