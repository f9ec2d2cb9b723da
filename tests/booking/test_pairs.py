"""Two treatments in one visit, put together into one."""

from dataclasses import replace
from datetime import UTC, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from clinic.booking import queries, wording
from clinic.booking.models import ChaperoneHours
from clinic.booking.offered import OfferedLength
from clinic.booking.operations import book
from clinic.booking.pairs import joined, length_refusals, together
from clinic.booking.programme import programme
from clinic.booking.rules import Limits, Narrowing, limited_starts
from clinic.booking.wishes import Wish, refusals_of
from clinic.core.audit import GUEST
from clinic.core.db import db, writing
from clinic.core.money import Money
from clinic.core.refusals import Refusal
from clinic.core.times import instant_of, minute_of
from clinic.intake.operations import keep_answers
from clinic.people.models import Therapist
from clinic.treatments.models import Treatment
from tests.booking.schedules import MASSAGE, by_brute_force, most, visits
from tests.booking.test_rules import DAY, NOON, at
from tests.booking.test_slots import THURSDAY
from tests.conftest import NOW

LENGTHS = (OfferedLength(30, Money(3500, "GBP")), OfferedLength(60, Money(6000, "GBP")))
FIRST = replace(MASSAGE, lengths=LENGTHS)
SECOND = replace(MASSAGE, id=2, slug="hips", name="Hips", lengths=LENGTHS)
treatments = st.builds(
    lambda **rules: replace(SECOND, **rules),
    preparation_minutes=st.integers(0, 60),
    rest_minutes=st.integers(0, 60),
    cleaning_minutes=st.integers(0, 60),
    notice_minutes=st.integers(0, 3000),
    horizon_days=st.integers(1, 300),
    grid_minutes=st.sampled_from((5, 10, 15, 30)),
    packed=st.booleans(),
    is_release=st.booleans(),
    needs_approval=st.booleans(),
    deep=st.booleans(),
    deposit_words=st.sampled_from(("", "A deposit.", "Half of it.")),
)


@given(asked=visits())
@settings(max_examples=300)
def test_the_times_for_two_in_one_visit_are_those_a_minute_by_minute_search_finds(asked):
    pair = together(asked.treatment, asked.minutes, asked.second, asked.second_minutes)
    slots = asked.search.slots(pair, asked.lasts, narrowing=Narrowing(chaperone=asked.chaperone))
    assert [(slot.start, slot.therapist.id, slot.day) for slot in slots] == by_brute_force(asked)


@given(first=treatments, second=treatments)
def test_whichever_asks_more_counts(first, second):
    pair, both = together(first, 60, second, 30), (first, second)
    for name in ("preparation_minutes", "rest_minutes", "cleaning_minutes", "notice_minutes", "grid_minutes"):
        assert getattr(pair, name) == most(both, name)
    assert pair.horizon_days == min(first.horizon_days, second.horizon_days)
    for name in ("packed", "is_release", "needs_approval", "deep"):
        assert getattr(pair, name) == (getattr(first, name) or getattr(second, name))
    assert all(one.deposit_words in pair.deposit_words for one in both)


@given(first=treatments, second=treatments)
def test_lengths_and_prices_are_added_and_each_keeps_its_own(first, second):
    pair = together(first, 60, second, 30)
    assert (pair.usual.minutes, pair.usual.price) == (90, Money(9500, "GBP"))
    assert pair.minutes_of_each(90) == (60, 30)
    assert [(one.starts, one.ends, one.deep) for one in pair.visit(90)] == [(0, 60, first.deep), (60, 90, second.deep)]


def test_a_deposit_asked_for_by_both_is_told_once():
    words = "We ask for £10."
    assert (
        together(replace(FIRST, deposit_words=words), 60, replace(SECOND, deposit_words=words), 30).deposit_words
        == words
    )


@pytest.mark.parametrize(
    ("first", "minutes", "second", "second_minutes", "codes"),
    [
        (FIRST, 60, SECOND, 30, []),
        (FIRST, 60, FIRST, 30, ["same_twice"]),
        (FIRST, 45, SECOND, 30, ["not_offered"]),
        (FIRST, 60, SECOND, 45, ["not_offered"]),
        (replace(FIRST, preparation_minutes=240), 60, SECOND, 30, []),  # 345 with the rest of 15: under six hours
        (replace(FIRST, preparation_minutes=255), 60, SECOND, 30, []),
        (replace(FIRST, preparation_minutes=256), 60, SECOND, 30, ["too_long"]),
    ],
)
def test_what_cannot_be_one_visit_says_why(app, first, minutes, second, second_minutes, codes):
    refusals = length_refusals(together(first, minutes, second, second_minutes), minutes + second_minutes)
    assert [refusal.code for refusal in refusals] == codes
    with app.test_request_context():
        unknown = wording.sentence(Refusal("no_such_code"))
        assert unknown not in {wording.sentence(refusal) for refusal in refusals}


def ruled_out(limits, visit, booked):
    found = limited_starts(limits, visit, booked, DAY).items()
    return [code for code, spans in found if any(a <= NOON < b for a, b in spans)]


@pytest.mark.parametrize(
    ("limits", "booked", "codes"),
    [
        (Limits({1: 1, 2: 1}, None, 0), [], []),
        (Limits({1: 1, 2: 1}, None, 0), [at(9, treatment_id=2)], ["most_a_day"]),
        (Limits({2: 2}, None, 0), [at(9, treatment_id=1), at(10, treatment_id=2)], []),
        (Limits({}, 150, 0), [at(9, deep=True)], []),
        (Limits({}, 149, 0), [at(9, deep=True)], ["deep_enough"]),
    ],
)
def test_each_of_a_pair_counts_for_the_clinics_limits(limits, booked, codes):
    pair = together(replace(FIRST, deep=True), 60, replace(SECOND, deep=True), 30)
    assert ruled_out(limits, pair.visit(90), booked) == codes


@pytest.mark.parametrize(("minutes", "codes"), [(30, []), (31, ["releases_apart"])])
def test_only_the_release_of_a_pair_is_kept_apart_from_others(minutes, codes):
    pair = together(FIRST, 60, replace(SECOND, is_release=True), 30)
    assert ruled_out(Limits({}, None, minutes), pair.visit(90), [at(14, release=True)]) == codes
    assert ruled_out(Limits({}, None, 2 * minutes), pair.visit(90), [at(11, release=True)]) == codes


def test_two_releases_in_a_row_are_never_a_rest_apart():
    pair = together(replace(FIRST, is_release=True), 60, replace(SECOND, is_release=True), 30)
    assert ruled_out(Limits({}, None, 0), pair.visit(90), []) == []
    assert ruled_out(Limits({}, None, 1), pair.visit(90), []) == ["releases_apart"]


quarters = st.lists(st.tuples(st.integers(8 * 4, 17 * 4), st.sampled_from(("ana-moreau", "ben-okafor"))), max_size=6)


@given(taken=quarters, chaperone=st.booleans(), most_a_day=st.sampled_from((None, 1)), apart=st.sampled_from((0, 60)))
@settings(max_examples=10)
def test_a_time_for_two_is_offered_exactly_where_a_booking_of_both_would_be_taken(
    app, cast, taken, chaperone, most_a_day, apart
):
    midnight = minute_of(datetime(2026, 3, 12, tzinfo=UTC))
    with writing():
        for starts, ends in ((9, 12), (12, 15)):
            of_day = {"weekday": 3, "starts": time(starts), "ends": time(ends)}
            db.session.add(ChaperoneHours(location_id=cast.location.id, **of_day))
        db.session.execute(update(Treatment).where(Treatment.is_release).values(most_a_day=most_a_day))
        db.session.execute(update(Therapist).values(releases_apart_minutes=apart))
        db.session.flush()
        known = programme(db.session)
        massage = known.treatment("massage")
        pair = joined(known, [known.treatment("psoas-release"), massage], (60, 30))
        assert (pair.is_release, pair.lengths[0].minutes) == (True, 90)
        for n, (quarter, who) in enumerate(taken):
            first = (pair, 90) if n % 2 and who == "ana-moreau" else (massage, 60)
            wish = _wish(known, *first, who, midnight + quarter * 15)
            book(db.session, wish, screening=_answers(n), key=None, now=NOW, by=GUEST)
        look = queries.search(db.session, known, first=THURSDAY, days=1, now=NOW)
        for one in known.therapists:
            offered = {slot.start for slot in look.slots(pair, 90, one, Narrowing(chaperone=chaperone))}
            for minute in range(midnight + 8 * 60, midnight + 18 * 60, 15):
                wish = replace(_wish(known, pair, 90, one.slug, minute), chaperone=chaperone)
                refusals = refusals_of(db.session, known, wish, now=NOW)
                assert (minute in offered) == (not refusals), (one.slug, instant_of(minute), refusals)
        db.session.rollback()


def _wish(known, treatment, minutes, who, minute):
    return Wish(treatment, minutes, known.therapist(who), instant_of(minute), name="Clara", email="clara@client.test")


def _answers(visit):
    return keep_answers(db.session, f"visit {visit}", [], now=NOW)
