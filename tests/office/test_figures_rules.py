"""The figures against sums worked by hand."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.office.rules.figures import (
    CANCELLED,
    LATE,
    NO_SHOW,
    TO_COME,
    VISITED,
    Figures,
    Shift,
    Visit,
    by_everybody,
    by_therapist,
    by_treatment,
    judged,
    tally,
)
from clinic.office.rules.periods import MONTH, WEEK, Period, weeks_before

ANA, BEN, MASSAGE, RELEASE = 1, 2, 10, 20
MARCH = Period(date(2026, 3, 2), date(2026, 3, 15))
FIRST_WEEK, SECOND_WEEK = MARCH.parts(WEEK)


def visit(person, day, became=VISITED, *, minutes=60, lead=7.0, by=ANA, given=(MASSAGE,), price=6000):
    """At 10 on that day of March, booked so many days before."""
    starts = datetime(2026, 3, 1, 10, tzinfo=UTC) + timedelta(days=day - 1)
    ends, booked = starts + timedelta(minutes=minutes), starts - timedelta(days=lead)
    return Visit(person, starts.date(), starts, ends, booked, by, given, price, became)


def figures(visits, *, seen=(), shifts=(), parts=(MARCH,)):
    cells = tally(judged(visits, seen), shifts, parts, by_everybody)
    return cells.get((None, parts[0]), Figures())


def test_a_fortnight_worked_by_hand():
    told = figures(
        [
            visit("clara", 2, minutes=60, lead=10, price=6000),
            visit("dmitri", 3, minutes=90, lead=1, price=8000),
            visit("clara", 9, minutes=30, lead=4, price=3500),
            visit("dmitri", 10, NO_SHOW, lead=7),
            visit("mona", 11, CANCELLED),
            visit("mona", 12, LATE),
            visit("zoe", 13, minutes=45, lead=2, price=5000),
        ],
        seen={"zoe"},
        shifts=[Shift(ANA, date(2026, 3, 2), 480), Shift(ANA, date(2026, 3, 9), 420)],
    )
    assert (told.worked, told.filled) == (900, 60 + 90 + 30 + 45)
    assert told.share_filled == 0.25
    assert (told.visits, told.new, told.returning) == (4, 2, 2)  # clara and dmitri were new, zoe was not
    assert told.share_rebooked == 0.5  # clara came again, dmitri had it booked and did not come
    assert told.lead_days == 3.0  # of 1, 2, 4 and 10 days
    assert (told.cancelled, told.late, told.no_shows, told.appointments) == (2, 1, 1, 7)
    assert told.share_missed == 0.2
    assert told.value_minor == 22500


def test_nothing_has_no_shares():
    nothing = Figures()
    assert [nothing.share_filled, nothing.share_rebooked, nothing.share_missed, nothing.lead_days] == [None] * 4


@pytest.mark.parametrize(
    ("became", "lead", "rebooked"),
    [
        (VISITED, 0, 1),  # 14 days later, as they came
        (TO_COME, 60, 1),  # long before the first, too
        (NO_SHOW, 3, 1),
        (CANCELLED, 3, 0),
        (LATE, 3, 0),
        (TO_COME, -1, 0),  # booked on the 15th day
    ],
)
def test_whoever_has_a_visit_booked_within_a_fortnight_is_rebooked(became, lead, rebooked):
    again = visit("clara", 16, became, lead=lead)._replace(day=date(2026, 4, 1))
    assert figures([visit("clara", 2), again]).rebooked == rebooked


def test_another_persons_visit_and_an_earlier_one_are_no_rebooking():
    assert figures([visit("clara", 3), visit("dmitri", 4)]).rebooked == 0
    assert figures([visit("clara", 3), visit("clara", 2, lead=1)]).rebooked == 1  # the first of them, not the second


def test_the_first_visit_is_the_first_that_took_place():
    missed_first = [visit("clara", 2, NO_SHOW), visit("clara", 3, CANCELLED), visit("clara", 4), visit("clara", 5)]
    assert (figures(missed_first).new, figures(missed_first, seen={"clara"}).new) == (1, 0)


def test_what_was_written_down_after_it_began_has_no_lead_time():
    assert figures([visit("clara", 2, lead=-0.5)]).lead_days is None
    assert figures([visit("clara", 2, lead=-0.5), visit("dmitri", 2, lead=0)]).lead_days == 0


def test_two_treatments_in_one_visit_are_a_line_of_their_own():
    both = visit("clara", 2, given=(MASSAGE, RELEASE), minutes=90)
    cells = tally(judged([both, visit("dmitri", 3)], ()), [], [MARCH], by_treatment)
    assert {key: told.filled for (key, _), told in cells.items()} == {(MASSAGE, RELEASE): 90, (MASSAGE,): 60}


def test_each_therapist_has_their_own_hours_and_visits():
    visits = [visit("clara", 2), visit("clara", 9, by=BEN)]
    cells = tally(judged(visits, ()), [Shift(BEN, date(2026, 3, 9), 240)], [FIRST_WEEK, SECOND_WEEK], by_therapist)
    assert set(cells) == {(ANA, FIRST_WEEK), (BEN, SECOND_WEEK)}
    assert (cells[BEN, SECOND_WEEK].share_filled, cells[BEN, SECOND_WEEK].new) == (0.25, 0)


def test_weeks_begin_on_mondays_and_months_on_their_first():
    days = Period(date(2026, 2, 26), date(2026, 3, 3))
    assert [(part.first.day, part.last.day) for part in days.parts(WEEK)] == [(26, 1), (2, 3)]
    assert [(part.first.day, part.last.day) for part in days.parts(MONTH)] == [(26, 28), (1, 3)]
    assert weeks_before(date(2026, 3, 11), 4) == Period(date(2026, 2, 9), date(2026, 3, 8))
    assert weeks_before(date(2026, 3, 9), 1) == Period(date(2026, 3, 2), date(2026, 3, 8))


ENDS = (VISITED, CANCELLED, LATE, NO_SHOW, TO_COME)
GIVEN = ((MASSAGE,), (RELEASE,), (MASSAGE, RELEASE))
VISITS = st.lists(
    st.builds(
        visit,
        st.sampled_from("abc"),
        st.integers(-5, 40),
        st.sampled_from(ENDS),
        minutes=st.integers(10, 240),
        lead=st.floats(-1, 60),
        by=st.sampled_from([ANA, BEN]),
        given=st.sampled_from(GIVEN),
        price=st.integers(0, 10_000),
    ),
    max_size=30,
)
SHIFTS = st.lists(
    st.builds(
        Shift,
        st.sampled_from([ANA, BEN]),
        st.dates(date(2026, 2, 20), date(2026, 4, 10)),
        st.integers(0, 600),
    ),
    max_size=20,
)


@given(
    VISITS, SHIFTS, st.dates(date(2026, 2, 20), date(2026, 3, 20)), st.integers(0, 40), st.sampled_from([WEEK, MONTH])
)
def test_the_parts_add_up_to_the_whole_however_they_are_cut(visits, shifts, first, days, step):
    whole = Period(first, first + timedelta(days=days))
    among, parts = judged(visits, {"a"}), list(whole.parts(step))
    (asked,) = [sorted_leads(figures(visits, seen={"a"}, shifts=shifts, parts=(whole,)))]
    for key, hours in ((by_everybody, shifts), (by_therapist, shifts), (by_treatment, [])):
        added = sum(tally(among, hours, parts, key).values(), Figures())
        assert sorted_leads(added) == (asked if hours is shifts else (0, *asked[1:]))
    over = [one for one in visits if whole.first <= one.day <= whole.last and one.became != TO_COME]
    assert sum(part.days for part in parts) == whole.days
    assert figures(visits, parts=(whole,)).appointments == len(over)
    assert asked[1] == sum((one.ends_at - one.starts_at).seconds // 60 for one in over if one.became == VISITED)


def sorted_leads(told):
    *numbers, leads = (getattr(told, name) for name in told.__dataclass_fields__)
    return (*numbers, sorted(leads))
