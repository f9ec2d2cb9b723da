"""Blocked time: nothing is offered or taken in it, until it is given back or releases itself."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, update

from clinic.booking import queries
from clinic.booking.models import Block, Resource
from clinic.booking.operations import Blocked, block, book, change_block, seen_of, unblock
from clinic.booking.programme import programme
from clinic.booking.rules import Stretch
from clinic.booking.wishes import Wish
from clinic.core.audit import GUEST, AuditLine
from clinic.core.db import db, writing
from clinic.core.times import minute_of
from clinic.treatments.models import Treatment
from tests.conftest import NOW
from tests.steps import book as book_by_hand

THURSDAY = date(2026, 3, 12)
MIDNIGHT = datetime.combine(THURSDAY, time(), UTC)  # Bristol is on UTC in March
quarters = st.integers(8 * 4, 17 * 4)


def at(hour, minute=0):
    return MIDNIGHT + timedelta(hours=hour, minutes=minute)


def resource_of(therapist):
    return db.session.scalar(select(Resource.id).where(Resource.therapist_id == therapist.id))


def blocked(therapist, starts_at, ends_at, kind="lunch", **more):
    with writing():
        wanted = [Blocked(resource_of(therapist), kind, starts_at, ends_at, **more)]
        made = block(db.session, wanted, now=NOW, by=GUEST)[0]
        db.session.commit()
    return made


def offered(therapist, now=NOW):
    known = programme(db.session)
    one = next(one for one in known.therapists if one.id == therapist.id)
    look = queries.search(db.session, known, first=THURSDAY, days=1, now=now)
    return [slot.starts_at for slot in look.slots(known.treatment("massage"), 60, one)]


@given(
    begins=st.lists(st.tuples(quarters, st.integers(1, 8), st.booleans(), st.none() | st.integers(0, 600)), max_size=6)
)
@settings(max_examples=40)
def test_nothing_that_is_offered_touches_a_block_until_it_is_released(app, cast, begins):
    """Of a therapist or of both rooms; with the treatment's rest and the room's cleaning."""
    rooms = list(db.session.scalars(select(Resource.id).where(Resource.room_id.is_not(None))))
    ana, spans = resource_of(cast.ana), []
    with writing():
        for quarter, length, of_rooms, released_after in begins:
            span = MIDNIGHT + timedelta(minutes=15 * quarter), MIDNIGHT + timedelta(minutes=15 * (quarter + length))
            releases_at = NOW + timedelta(minutes=released_after) if released_after is not None else None
            kind = "lunch" if releases_at is None else "kept_free"
            wanted = [Blocked(one, kind, *span, releases_at=releases_at) for one in (rooms if of_rooms else [ana])]
            block(db.session, wanted, now=NOW, by=GUEST)
            spans.append((*span, 10 if of_rooms else 15, releases_at))
        for later in (0, 300, 601):
            now = NOW + timedelta(minutes=later)
            standing = [one for one in spans if one[3] is None or one[3] > now]
            found = offered(cast.ana, now)
            starts = (at(9) + timedelta(minutes=15 * n) for n in range(29))
            assert found == [
                start
                for start in starts
                if start >= now + timedelta(hours=2)
                and not any(
                    start < ends and start + timedelta(minutes=60 + after) > begins
                    for begins, ends, after, _ in standing
                )
            ]
        db.session.rollback()


@pytest.mark.parametrize("most_a_day", [None, 5], ids=["no limits", "with limits"])
def test_a_lunch_makes_nobody_busier_and_a_visit_does(visitor, cast, most_a_day):
    with writing():
        db.session.execute(update(Treatment).where(Treatment.id == cast.massage.id).values(most_a_day=most_a_day))
        db.session.commit()
    blocked(cast.ana, at(13), at(14))
    visitor.get("/treatments/massage/times?from=2026-03-12")
    assert "20260312T1000Z.ana-moreau" in visitor.slots
    book_by_hand(visitor, at="20260312T1500Z")
    visitor.get("/treatments/massage/times?from=2026-03-12")
    assert "20260312T1000Z.ben-okafor" in visitor.slots


def test_a_page_that_was_kept_shows_no_blocked_time_any_more_and_the_time_again_once_it_is_released(visitor, cast, app):
    import time_machine

    page = "/treatments/massage/times?therapist=ana-moreau"
    ten = "20260312T1000Z.ana-moreau"
    visitor.get(page)
    assert ten in visitor.slots
    blocked(cast.ana, at(9), at(12), "kept_free", releases_at=NOW + timedelta(minutes=30))
    visitor.get(page)
    assert ten not in visitor.slots
    with time_machine.travel(NOW + timedelta(minutes=29), tick=False):
        visitor.get(page)
        assert ten not in visitor.slots
    with time_machine.travel(NOW + timedelta(minutes=30), tick=False):
        visitor.get(page)
        assert ten in visitor.slots


def test_a_client_cannot_book_a_blocked_time_and_can_once_it_is_given_back(app, cast):
    made = blocked(cast.ana, at(10), at(11))
    assert [one.code for one in _booked(at(10)).refusals] == ["therapist_taken"]
    with writing():
        unblock(db.session, [made], now=NOW, by=GUEST)
        unblock(db.session, [made], now=NOW, by=GUEST)
        db.session.commit()
    assert _booked(at(10)).appointment


def _booked(starts_at):
    known = programme(db.session)
    wish = Wish(
        known.treatment("massage"), 60, known.therapist("ana-moreau"), starts_at, name="Clara", email="c@client.test"
    )
    with writing():
        outcome = book(db.session, wish, screening=None, key=None, now=NOW, by=GUEST)
        db.session.commit() if outcome.appointment else db.session.rollback()
    return outcome


def test_what_lies_in_a_block_stays_booked_and_is_told(app, cast):
    stays, _other = _booked(at(10)).appointment, _booked(at(14)).appointment
    made = blocked(cast.ana, at(9), at(12))
    room = db.session.scalar(select(Resource).where(Resource.room_id == stays.room_id))
    with writing():
        of_room = block(db.session, [Blocked(room.id, "other", at(10, 30), at(10, 35))], now=NOW, by=GUEST)
        beside = block(db.session, [Blocked(room.id, "other", at(11), at(14))], now=NOW, by=GUEST)
        db.session.commit()
    assert queries.appointments_in(db.session, [made]) == queries.appointments_in(db.session, of_room) == [stays]
    assert queries.appointments_in(db.session, beside) == []
    assert stays.cancellation is None


def test_every_change_is_on_record_with_before_and_after_and_without_a_word(app, cast):
    made = blocked(cast.ana, at(10), at(11), "private", words="a dentist")
    wanted = Blocked(made.resource_id, "private", at(12), at(13), words="a dentist")
    seen = seen_of(made)
    with writing():
        assert change_block(db.session, made, wanted, seen=seen, now=NOW, by=GUEST) == []
        late = change_block(db.session, made, wanted, seen=seen, now=NOW, by=GUEST)
        assert [one.code for one in late] == ["block_changed"]
        unblock(db.session, [made], now=NOW, by=GUEST)
        gone = change_block(db.session, made, wanted, seen=seen, now=NOW, by=GUEST)
        assert [one.code for one in gone] == ["block_changed"]
        db.session.commit()
    lines = db.session.scalars(select(AuditLine).where(AuditLine.action.like("block.%")).order_by(AuditLine.id)).all()
    assert [line.action for line in lines] == ["block.made", "block.changed", "block.deleted"]
    before, after = lines[1].detail["before"], lines[1].detail["after"]
    assert (before["starts_at"], after["starts_at"]) == (at(10).isoformat(), at(12).isoformat())
    assert "dentist" not in str([line.detail for line in lines])
    assert db.session.scalar(select(func.count()).select_from(Block)) == 0


@pytest.mark.parametrize("zone", ["Europe/London", "America/New_York", "Australia/Lord_Howe"])
def test_a_weekly_block_is_at_the_same_time_on_the_wall_before_and_after_the_clocks_change(zone):
    first = Stretch(date(2026, 3, 4), time(12, 30), time(13), datetime.combine(date(2026, 3, 3), time(17)))
    for one in first.weekly(26):
        assert one.skipped(zone) is None
        starts_at, ends_at = one.span(zone)
        assert ends_at - starts_at == timedelta(minutes=30)
        assert minute_of(starts_at) - minute_of(one.releases_at(zone)) == (19 * 60 + 30)


def test_a_time_that_the_clocks_skip_is_found_and_a_whole_day_is_as_long_as_it_is():
    assert Stretch(date(2026, 3, 29), time(1, 30), time(3)).skipped("Europe/London") == datetime.combine(
        date(2026, 3, 29), time(1, 30)
    )
    assert Stretch(date(2026, 3, 28), time(1, 30), time(3)).skipped("Europe/London") is None
    for day, hours in ((date(2026, 3, 29), 23), (date(2026, 3, 30), 24), (date(2026, 10, 25), 25)):
        starts_at, ends_at = Stretch(day, time(), time()).span("Europe/London")
        assert ends_at - starts_at == timedelta(hours=hours)
    assert not Stretch(THURSDAY, time(10), time(10)).is_sound
