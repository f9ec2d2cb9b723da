"""The rules a clinic sets, as tables: how much of a treatment, how far apart, next to what, and for whom."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.booking import wording
from clinic.booking.rules import (
    Booked,
    Limits,
    assessment_refusals,
    day_refusals,
    limited_starts,
    months_before,
    packed,
)
from clinic.core.refusals import Refusal

DAY = (0, 24 * 60)
NINE, TEN, NOON = 9 * 60, 10 * 60, 12 * 60


def at(hour, minutes=60, treatment_id=1, *, release=False, deep=False, day=0):
    starts = (day * 24 + hour) * 60
    return Booked(starts, starts + minutes, treatment_id, release, deep)


def ruled_out(limits, booked, start, minutes=60):
    return [
        code
        for code, spans in limited_starts(limits, [at(0, minutes, release=True, deep=True)], booked, DAY).items()
        if any(a <= start < b for a, b in spans)
    ]


MOST_TWO, DEEP_THREE_HOURS, APART = Limits({1: 2}, None, 0), Limits({}, 180, 0), Limits({}, None, 30)


@pytest.mark.parametrize(
    ("booked", "full"),
    [
        ([], False),
        ([at(9)], False),
        ([at(9), at(11)], True),
        ([at(9), at(11, treatment_id=2)], False),
        ([at(9), at(11, day=1)], False),
    ],
)
def test_so_many_of_one_treatment_a_day_and_no_more(booked, full):
    assert ruled_out(MOST_TWO, booked, NOON) == (["most_a_day"] if full else [])


@pytest.mark.parametrize(
    ("booked", "minutes", "full"),
    [
        ([at(9, 120, deep=True)], 60, False),
        ([at(9, 120, deep=True)], 61, True),
        ([at(9, 120, deep=True), at(13, 30, treatment_id=2, deep=True)], 60, True),
        ([at(9, 120, deep=True), at(13, 120)], 60, False),
        ([at(9, 120, deep=True), at(9, 120, deep=True, day=1)], 60, False),
        ([], 181, True),
    ],
)
def test_so_many_minutes_of_deep_work_a_day_whatever_the_treatment(booked, minutes, full):
    assert ruled_out(DEEP_THREE_HOURS, booked, NOON, minutes) == (["deep_enough"] if full else [])


@pytest.mark.parametrize(
    ("start", "too_near"),
    [(TEN - 60 - 30, False), (TEN - 60 - 29, True), (TEN, True), (TEN + 60 + 29, True), (TEN + 60 + 30, False)],
)
def test_so_many_minutes_between_two_releases_before_and_after(start, too_near):
    assert ruled_out(APART, [at(10, release=True)], start) == (["releases_apart"] if too_near else [])
    assert ruled_out(APART, [at(10)], start) == []


@given(st.lists(st.builds(at, st.integers(0, 23), deep=st.booleans(), release=st.booleans())))
def test_what_the_clinic_does_not_limit_is_not_limited(booked):
    assert not Limits({}, None, 0)
    assert limited_starts(Limits({}, None, 0), [at(0, release=True, deep=True)], booked, DAY) == {}


@pytest.mark.parametrize(
    ("free", "busy", "offered"),
    [
        ([], [], []),
        ([NINE], [], [NINE]),
        ([NINE, TEN, NOON], [], [NINE, NOON]),  # an empty day: its first and its last
        ([NINE, 615, 630, 645, NOON], [(550, 610)], [NINE, 615, NOON]),  # after what is booked, and the last
        ([500, NINE, 700, 710, 720], [(600, 690), (800, 900)], [500, NINE, 700, 720]),
    ],
)
def test_packed_times_stand_at_either_end_of_a_gap(free, busy, offered):
    assert list(packed(free, busy)) == offered


@given(st.lists(st.integers(0, 1000), unique=True).map(sorted))
def test_where_anything_is_free_something_packed_is_offered(free):
    assert bool(free) == bool(list(packed(free, [])))


DAY_IN_JUNE = datetime(2026, 6, 10, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seen_at", "months", "first"),
    [
        (None, None, True),
        (None, 6, True),
        (datetime(2020, 1, 1, tzinfo=UTC), None, False),
        (datetime(2025, 12, 10, 9, tzinfo=UTC), 6, False),
        (datetime(2025, 12, 10, 8, tzinfo=UTC), 6, True),
    ],
)
def test_an_assessment_is_good_for_so_many_months(seen_at, months, first):
    assert assessment_refusals(seen_at, DAY_IN_JUNE, months) == ([Refusal("assessment_first")] if first else [])


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [((2026, 3, 31), 1, (2026, 2, 28)), ((2026, 1, 15), 1, (2025, 12, 15)), ((2026, 12, 1), 12, (2025, 12, 1))],
)
def test_months_are_those_of_the_calendar(day, months, before):
    assert months_before(datetime(*day, tzinfo=UTC), months) == datetime(*before, tzinfo=UTC)


@pytest.mark.parametrize(("booked", "most", "full"), [(5, None, False), (0, 1, False), (1, 1, True), (2, 1, True)])
def test_so_many_appointments_of_one_client_a_day(booked, most, full):
    assert bool(day_refusals(booked, most)) == full


def test_every_limit_has_a_sentence_of_its_own(app):
    everything = Limits({1: 0}, 0, 30)
    codes = limited_starts(everything, [at(0, release=True, deep=True)], [at(9, release=True)], DAY)
    with app.test_request_context():
        said = {wording.sentence(Refusal(code)) for code in (*codes, "no_such_code")}
    assert len(said) == len(codes) + 1 == 4
