"""Free times: what is offered is what somebody with a paper diary and all day long would find."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from clinic.booking import queries
from clinic.booking.operations import book
from clinic.booking.programme import programme
from clinic.booking.queries import Search
from clinic.booking.wishes import Wish, refusals_of
from clinic.core.audit import GUEST
from clinic.core.db import db, writing
from clinic.core.times import instant_of, minute_of
from clinic.treatments.models import Treatment
from tests.booking.schedules import CHANGEOVERS, MASSAGE, by_brute_force, programme_of, schedules, working
from tests.cast import therapist
from tests.conftest import NOW

THURSDAY = date(2026, 3, 12)


@given(asked=schedules())
@settings(max_examples=400)
def test_the_times_offered_are_those_a_minute_by_minute_search_finds(asked):
    slots = asked.search.slots(asked.treatment, asked.minutes)
    assert [(slot.start, slot.therapist.id, slot.day) for slot in slots] == by_brute_force(asked)


@given(asked=schedules())
def test_anybody_is_the_union_of_everybody(asked):
    anybody = {slot.start for slot in asked.search.slots(asked.treatment, asked.minutes)}
    each = [asked.search.slots(asked.treatment, asked.minutes, one) for one in asked.search.programme.therapists]
    assert anybody == {slot.start for slots in each for slot in slots}


@given(asked=schedules(), gone=st.integers(0, 20), later=st.sampled_from((0, 45, 600)))
def test_what_was_found_before_changes_nothing_once_something_is_given_back_and_time_has_passed(asked, gone, later):
    before = asked.search
    before.slots(asked.treatment, asked.minutes)
    now = before.now + timedelta(minutes=later)
    after = replace(before, occupied=[row for n, row in enumerate(before.occupied) if n != gone], now=now)
    anew = replace(after, programme=replace(after.programme, days={}))
    assert after.slots(asked.treatment, asked.minutes) == anew.slots(asked.treatment, asked.minutes)


@pytest.mark.parametrize(
    ("taken", "who"),
    [
        ([], 1),
        ([(1, 780, 825, False)], 1),  # a lunch
        ([(1, 780, 825, True)], 2),  # a visit
        ([(1, 530, 605, True)], 2),  # one whose preparation begins before the hours
        ([(1, 780, 930, True), (2, 780, 825, True), (2, 840, 885, True)], 2),  # one that is longer than two
        ([(1, 780, 840, True), (2, 780, 840, True)], 1),
        ([(1, -90, -15, True)], 1),  # the evening before
    ],
)
def test_whoever_is_least_booked_that_day_is_chosen_and_then_the_first(taken, who):
    """Minutes of Thursday, at which both work from nine to five; massage at eleven."""
    known = programme_of("UTC", [[working(n, 540, 1020, 3)] for n in (1, 2)], (1, 1), (date(2030, 1, 1),) * 2)
    midnight = datetime.combine(THURSDAY, time(), UTC)
    first = minute_of(midnight)
    occupied = sorted(((n, first + a, first + b, visit) for n, a, b, visit in taken), key=lambda row: row[1])
    found = Search(known, occupied, THURSDAY, 1, midnight).slots(MASSAGE, 60)
    assert next(slot.therapist.id for slot in found if slot.start == first + 11 * 60) == who


@pytest.mark.parametrize(("zone", "day"), CHANGEOVERS)
@pytest.mark.parametrize("hour", [9, 14])
def test_on_a_day_the_clocks_change_work_begins_by_the_clock_on_the_wall(zone, day, hour):
    known = programme_of(zone, [[working(1, hour * 60, hour * 60 + 120, day.weekday())]])
    search = Search(known, (), day, 1, datetime.combine(day, time(), UTC) - timedelta(days=1))
    on_the_wall = [slot.starts_at.astimezone(ZoneInfo(zone)) for slot in search.slots(MASSAGE, 60)]
    assert [at.date() for at in on_the_wall] == [day] * 5
    assert [(at.hour, at.minute) for at in on_the_wall] == [
        (hour, 0), (hour, 15), (hour, 30), (hour, 45), (hour + 1, 0)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "hours_worked"), [(date(2026, 3, 28), 6), (date(2026, 3, 29), 5), (date(2026, 10, 25), 7)]
)
def test_a_night_shift_is_as_long_as_the_night(day, hours_worked):
    known = programme_of("Europe/London", [[working(1, 0, 360, day.weekday())]])
    search = Search(known, (), day, 1, datetime.combine(day, time(), UTC) - timedelta(days=1))
    slots = search.slots(MASSAGE, 60)
    assert (slots[-1].starts_at - slots[0].starts_at) == timedelta(hours=hours_worked - 1)
    assert slots[-1].starts_at.astimezone(ZoneInfo("Europe/London")).hour == 5


booked_times = st.lists(
    st.tuples(st.integers(7 * 4, 18 * 4), st.sampled_from(("ana-moreau", "ben-okafor", "cleo-third"))), max_size=9
)


@given(taken=booked_times)
@settings(max_examples=12)
def test_a_time_is_offered_exactly_where_a_booking_would_be_taken(app, cast, taken):
    known = _with_a_third_therapist(cast)
    massage = known.treatment("massage")
    midnight = minute_of(datetime.combine(THURSDAY, time(), UTC))  # Bristol is on UTC in March
    with writing():
        for quarter, who in taken:
            book(db.session, _wish(known, who, midnight + quarter * 15), screening=None, key=None, now=NOW, by=GUEST)
        search = queries.search(db.session, known, first=THURSDAY, days=1, now=NOW)
        for one in known.therapists:
            offered = {slot.start for slot in search.slots(massage, 60, one)}
            for minute in range(midnight, midnight + 24 * 60, 15):
                refusals = refusals_of(db.session, known, _wish(known, one.slug, minute), now=NOW)
                assert (minute in offered) == (not refusals), (one.slug, instant_of(minute), refusals)
        db.session.rollback()


def _with_a_third_therapist(cast):
    """Three therapists for two rooms, so that rooms run out; and rest that is longer than cleaning by more than a step."""
    if not programme(db.session).therapist("cleo-third"):
        with writing():
            cast.massage.rest_minutes, cast.massage.cleaning_minutes = 30, 0
            therapist(db.session, "Cleo Third", cast.olu, cast.location, now=NOW)
            db.session.commit()
    return programme(db.session)


def _wish(known, who, minute):
    at = instant_of(minute)
    return Wish(known.treatment("massage"), 60, known.therapist(who), at, name="Clara", email="clara@client.test")


@given(
    taken=booked_times,
    most=st.sampled_from((None, 1, 2)),
    deep=st.sampled_from((None, 60, 120)),
    packed=st.booleans(),
)
@settings(max_examples=8)
def test_with_the_clinics_rules_too_a_time_is_offered_exactly_where_a_booking_would_be_taken(
    app, cast, taken, most, deep, packed
):
    known = _with_a_third_therapist(cast)
    massage = replace(known.treatment("massage"), most_a_day=most, deep=True, packed=packed, preparation_minutes=10)
    strict = replace(
        known,
        treatments=(massage,),
        therapists=tuple(replace(one, deep_minutes_a_day=deep) for one in known.therapists),
    )
    midnight = minute_of(datetime.combine(THURSDAY, time(), UTC))
    with writing():
        db.session.execute(update(Treatment).values(deep=True))
        for quarter, who in taken:
            book(db.session, _wish(known, who, midnight + quarter * 15), screening=None, key=None, now=NOW, by=GUEST)
        search = queries.search(db.session, strict, first=THURSDAY, days=1, now=NOW)
        for one in strict.therapists:
            offered = {slot.start for slot in search.slots(massage, 60, one)}
            for minute in range(midnight + 8 * 60, midnight + 18 * 60, 15):
                refusals = refusals_of(db.session, strict, _wish(strict, one.slug, minute), now=NOW)
                assert (minute in offered) == (not refusals), (one.slug, instant_of(minute), refusals)
        db.session.rollback()
