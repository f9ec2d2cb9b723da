"""How far somebody has come with what their body asks of continuing education."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.qualifications.presets import shipped
from clinic.qualifications.rules.education import (
    CATEGORIES,
    Activity,
    Rule,
    period,
    period_of_year,
    rule_from,
    standing,
)

HOUR = 60
CNHC, BCTMB = (rule_from(shipped()[code].education) for code in ("cnhc", "bctmb"))


def hours(rule, *activities, disciplines=()):
    """What is done and asked for, in hours, and what is missing by category or discipline."""
    found = standing(rule, [Activity(round(n * HOUR), *of.split("/")) for n, of in activities], disciplines)
    missing = {part.discipline or part.category: part.missing / HOUR for part in found.parts if part.missing}
    return found.done / HOUR, found.asked / HOUR, missing


@pytest.mark.parametrize(
    ("activities", "done", "missing"),
    [
        ([], 0, {"discipline": 10, "general": 5}),
        ([(5, "discipline"), (5, "discipline"), (5, "general")], 15, {}),
        ([(5, "discipline"), (1, "discipline"), (5, "general")], 11, {"discipline": 4}),
        ([(4, "discipline")] * 4, 10, {"general": 5}),  # more of one is not less of the other
        ([(12, "discipline")], 5, {"discipline": 5, "general": 5}),  # a third of the whole at most
        ([(2, "ethics"), (2, "self_care"), (2, "general")], 5, {"discipline": 10}),  # whatever is not of the discipline
        ([(0.5, "general")], 0.5, {"discipline": 10, "general": 4.5}),
    ],
)
def test_the_cnhc_asks_for_ten_hours_of_the_discipline_and_five_of_others(activities, done, missing):
    assert hours(CNHC, *activities) == (done, 15, missing)


def test_each_further_discipline_asks_for_ten_hours_of_its_own():
    both = {"sports", "holistic"}
    done = [(8, "discipline/sports"), (8, "discipline/sports"), (4, "discipline/holistic"), (5, "general")]
    assert hours(CNHC, *done, disciplines=both) == (10 + 4 + 5, 25, {"holistic": 6})
    # One that they are not registered for is general learning, and so is what is of none.
    assert hours(CNHC, (3, "discipline/oncology"), (1, "discipline"), disciplines=both)[2]["general"] == 1


@pytest.mark.parametrize(
    ("activities", "done", "missing"),
    [
        ([], 0, {"ethics": 3, "": 21}),
        ([(21, "discipline"), (3, "ethics")], 24, {}),
        ([(30, "discipline")], 21, {"ethics": 3}),
        ([(24, "ethics")], 24, {}),
        ([(3, "ethics"), (10, "self_care"), (10, "general")], 17, {"": 7}),
    ],
)
def test_the_bctmb_asks_for_24_hours_in_two_years_three_of_ethics_and_counts_four_of_self_care(
    activities, done, missing
):
    assert hours(BCTMB, *activities) == (done, 24, missing)
    assert BCTMB.years == 2


activities = st.lists(
    st.builds(Activity, st.integers(1, 40), st.sampled_from(CATEGORIES), st.sampled_from(["", "a", "b", "c"])),
    max_size=8,
)
categories = st.dictionaries(st.sampled_from(CATEGORIES), st.integers(1, 30), max_size=4)
written = st.builds(
    Rule,
    years=st.just(1),
    minutes=st.integers(1, 100),
    least=categories,
    most=categories,
    most_of_one=st.sampled_from([None, Fraction(1, 3), Fraction(1, 2)]),
    another_discipline=st.sampled_from([0, 10]),
)


@given(written, activities, st.sets(st.sampled_from(["a", "b"])))
def test_every_minute_counts_once_at_most_as_if_counted_one_by_one(rule, done, disciplines):
    found = standing(rule, done, disciplines)
    room = {(part.category, part.discipline): part.asked for part in found.parts}
    category_room, counted = {}, 0
    for one in done:
        for _minute in range(one.minutes if found.most_of_one is None else min(one.minutes, found.most_of_one)):
            of = (one.category, one.discipline if (one.category, one.discipline) in room else "")
            if of not in room and one.category not in rule.most:
                of = ("general", "")
            left = category_room.setdefault(of, rule.most.get(of[0], 10_000))
            if left == 0:
                continue
            category_room[of] -= 1
            place = of if room.get(of) else ("", "")
            if room.get(place):
                room[place] -= 1
                counted += 1
    assert found.done == counted
    assert {(part.category, part.discipline): part.missing for part in found.parts} == room


@given(written, activities, activities)
def test_more_is_never_less(rule, done, more):
    assert standing(rule, done).done <= standing(rule, [*done, *more]).done <= standing(rule, done).asked


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(1, 3), st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_every_day_lies_in_one_period_and_the_next_begins_where_it_ends(on, years, begins):
    found = period(on, years, begins)
    assert found.first <= on <= found.last
    assert period(found.first, years, begins) == period(found.last, years, begins) == found
    assert period(found.last + timedelta(days=1), years, begins).first == found.last + timedelta(days=1)
    assert (found.last - found.first).days in {365 * years - 1, 365 * years}
    assert period_of_year(found.first.year, years, begins) == found


def test_a_year_begins_on_the_day_of_registration():
    assert period(date(2026, 3, 11), 1, date(2019, 4, 1)).first == date(2025, 4, 1)
    assert period(date(2026, 4, 1), 1, date(2019, 4, 1)).first == date(2026, 4, 1)
    assert period(date(2026, 3, 11), 2, date(2019, 4, 1)).last == date(2027, 3, 31)
    leap = period(date(2025, 2, 28), 1, date(2024, 2, 29))
    assert (leap.first, leap.last) == (date(2024, 2, 29), date(2025, 2, 28))
