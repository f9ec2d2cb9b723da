"""Why a time is not offered: exactly where the search offers none there is a reason, and every one is told."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from clinic.booking import queries
from clinic.booking.models import Resource
from clinic.booking.operations import Blocked, block, book
from clinic.booking.programme import programme, whole_programme
from clinic.booking.reasons import Asked, conditions, reasons_against
from clinic.booking.wishes import Wish, judge
from clinic.core.audit import GUEST
from clinic.core.db import db, writing
from clinic.core.times import instant_of, minute_of
from clinic.people.models import Therapist
from clinic.treatments.models import Treatment
from tests.conftest import NOW

THURSDAY = date(2026, 3, 12)
MIDNIGHT = datetime.combine(THURSDAY, time(), UTC)  # Bristol is on UTC in March
quarters = st.integers(7 * 4, 18 * 4)


def at(hour, minute=0):
    return MIDNIGHT + timedelta(hours=hour, minutes=minute)


def asked(starts_at, slug="massage", who="ana-moreau", minutes=60):
    whole = whole_programme(db.session)
    return whole, Asked(whole.treatment(slug), minutes, whole.therapist(who), starts_at)


def codes(starts_at, now=NOW, **what):
    whole, wanted = asked(starts_at, **what)
    return [one.code for one in reasons_against(db.session, whole, programme(db.session), wanted, now=now)]


def booked(starts_at, who="ana-moreau", slug="massage"):
    known = programme(db.session)
    wish = Wish(known.treatment(slug), 60, known.therapist(who), starts_at, name="Clara", email="c@client.test")
    return book(db.session, wish, screening=None, key=None, now=NOW, by=GUEST).appointment


def blocked(resource_id, *span):
    block(db.session, [Blocked(resource_id, "lunch", *span)], now=NOW, by=GUEST)


def treatment(**values):
    db.session.execute(update(Treatment).where(Treatment.slug == "massage").values(**values))


@given(
    taken=st.lists(st.tuples(quarters, st.sampled_from(("ana-moreau", "ben-okafor"))), max_size=6),
    lunches=st.lists(st.tuples(quarters, st.integers(1, 6)), max_size=2),
    rules=st.sampled_from(
        (
            {"packed": False},
            {"packed": True},
            {"most_a_day": 1},
            {"deep": True},
            {"preparation_minutes": 10},
            {"notice_minutes": 1500},
        )
    ),
)
@settings(max_examples=8)
def test_there_is_a_reason_exactly_where_nothing_is_offered_and_whatever_refuses_a_booking_is_among_them(
    app, cast, taken, lunches, rules
):
    with writing():
        treatment(**rules)
        db.session.execute(update(Therapist).values(deep_minutes_a_day=120))
        for quarter, who in taken:
            booked(instant_of(minute_of(MIDNIGHT) + 15 * quarter), who)
        room = db.session.scalar(select(Resource.id).where(Resource.room_id == cast.rooms[0].id))
        for quarter, length in lunches:
            starts_at = MIDNIGHT + timedelta(minutes=15 * quarter)
            blocked(room, starts_at, starts_at + timedelta(minutes=15 * length))
        known, (whole, _) = programme(db.session), asked(at(10))
        look = queries.search(db.session, known, first=THURSDAY, days=1, now=NOW)
        for one in known.therapists:
            offered = {slot.start for slot in look.slots(known.treatment("massage"), 60, one)}
            for start in range(minute_of(at(8)), minute_of(at(18)), 35):
                wanted = Asked(whole.treatment("massage"), 60, whole.therapist(one.slug), instant_of(start))
                found = reasons_against(db.session, whole, known, wanted, now=NOW)
                assert (not found) == (start in offered), (instant_of(start), found)
                wish = Wish(known.treatment("massage"), 60, one, instant_of(start), name="C", email="c@client.test")
                refused = {one.code for one in judge(db.session, known, wish, None, NOW)[1]} - {"therapist_taken"}
                told = {one.code for one in found}
                assert refused <= told | ({"not_packed"} if told else set())
        db.session.rollback()


def test_every_reason_that_is_planted_is_told_at_once(app, cast):
    """Too soon, outside hours, off the grid, unqualified, not insured, untrained, taken, blocked, no room, not listed."""
    with writing():
        ben = db.session.scalar(select(Resource.id).where(Resource.therapist_id == cast.ben.id))
        rooms = list(db.session.scalars(select(Resource.id).where(Resource.room_id.is_not(None))))
        assert booked(at(15), "ben-okafor")
        for one in (ben, *rooms):
            blocked(one, at(16, 20), at(16, 40))
        release = update(Treatment).where(Treatment.slug == "psoas-release")
        db.session.execute(release.values(notice_minutes=3000, offered=False, least_level=6))
        db.session.execute(update(Therapist).where(Therapist.id == cast.ben.id).values(listed=False))
        db.session.flush()
        told = codes(at(16, 7), slug="psoas-release", who="ben-okafor", minutes=45)
        db.session.rollback()
    listed = {"not_offered", "length_not_offered", "not_listed", "too_soon", "off_grid"}
    papers = {"qualification_missing", "insurance_missing", "training_missing"}
    assert sorted(told) == sorted(listed | papers | {"rest_short", "blocked", "no_room"})


def test_limits_neighbours_and_the_hours_are_told(app, cast):
    with writing():
        treatment(most_a_day=1, deep=True)
        db.session.execute(update(Therapist).values(deep_minutes_a_day=90))
        assert booked(at(10))
        assert codes(at(13)) == ["most_a_day", "deep_enough"]
        assert codes(at(10, 30)) == ["therapist_taken", "most_a_day", "deep_enough"]
        treatment(most_a_day=None, deep=False, packed=True)
        assert codes(at(13)) == ["not_packed"]
        assert codes(at(13), now=at(12)) == ["too_soon", "not_packed"]
        assert codes(at(11, 15)) == []
        assert codes(at(16, 15)) == ["outside_hours"]
        assert codes(at(9) + timedelta(days=2)) == ["outside_hours"]
        assert codes(at(8) + timedelta(days=95)) == ["too_far"]  # the clocks have changed
        assert codes(at(9) - timedelta(days=2)) == ["past"]
        db.session.rollback()


def test_what_is_asked_of_whoever_books_is_told_beside_the_reasons(app, cast):
    with writing():
        treatment(needs_approval=True, assessment_id=cast.alternative.id, assessment_months=6)
        _, wanted = asked(at(10))
        assert [one.code for one in conditions(wanted)] == ["assessment_first", "needs_approval"]
        assert codes(at(10)) == []
        _, release = asked(at(10), slug="psoas-release")
        assert [one.code for one in conditions(release)] == ["screening_needed"]
        db.session.rollback()


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Kathmandu"])
def test_a_clinic_elsewhere_reads_its_own_hours(app, zone):
    from zoneinfo import ZoneInfo

    from tests.cast import make_cast

    with writing():
        make_cast(db.session, now=NOW, zone=zone)
        db.session.flush()
        nine = datetime(2026, 3, 12, 9, tzinfo=ZoneInfo(zone)).astimezone(UTC)
        assert codes(nine, now=NOW - timedelta(days=1)) == []
        assert codes(nine - timedelta(minutes=15), now=NOW - timedelta(days=1)) == ["outside_hours"]
        db.session.rollback()
