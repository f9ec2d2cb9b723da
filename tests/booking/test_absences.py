"""Time off and closures take working hours away, everywhere at once, and nothing else."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.booking.models import Closure, TimeOff
from clinic.booking.programme import programme
from clinic.booking.rules import Closed, Window, left_of, merged, split
from clinic.booking.wishes import Desk, Wish, judge
from clinic.booking.wording import staff_sentence
from clinic.core.db import db, writing
from clinic.core.times import is_skipped
from clinic.places.models import Location
from tests.booking.schedules import CHANGEOVERS, programme_of, working
from tests.booking.worked import worked
from tests.conftest import NOW
from tests.steps import TEN, book

DAY = date(2026, 3, 12)


@pytest.mark.parametrize(
    ("away", "left"),
    [
        ([], [(540, 1020)]),
        ([(0, 540)], [(540, 1020)]),
        ([(1020, 2000)], [(540, 1020)]),
        ([(0, 600)], [(600, 1020)]),
        ([(1000, 2000)], [(540, 1000)]),
        ([(600, 660)], [(540, 600), (660, 1020)]),
        ([(700, 800), (600, 660)], [(540, 600), (660, 700), (800, 1020)]),
        ([(600, 800), (700, 900)], [(540, 600), (900, 1020)]),
        ([(540, 1020)], []),
        ([(0, 2000), (600, 660)], []),
    ],
)
def test_a_window_is_what_time_off_leaves_of_it(away, left):
    window = Window(540, 1020, 0, DAY, 1)
    assert [(one.starts, one.ends) for one in left_of(window, away)] == left
    assert {one.midnight for one in left_of(window, away)} <= {0}


ZONES = sorted({zone for zone, _ in CHANGEOVERS})
OFF = st.lists(st.tuples(st.integers(-500, 4500), st.integers(1, 3000)), max_size=3)
CLOSED = st.lists(st.tuples(st.sampled_from((None, 1, 2)), st.integers(-1, 2), st.integers(0, 1)), max_size=2)
STRETCH = st.tuples(
    st.integers(0, 2), st.integers(0, 286), st.integers(1, 287), st.sampled_from((1, 2)), st.booleans()
).filter(lambda row: row[1] < row[2])


@given(changeover=st.sampled_from(CHANGEOVERS), other=st.sampled_from(ZONES), drawn=st.data())
def test_windows_are_the_minutes_at_which_each_places_clock_shows_hours_of_somebody_who_is_there(
    changeover, other, drawn
):
    zone, day = changeover
    first = day - timedelta(days=1)
    rows = [_row(first, *row) for row in drawn.draw(st.lists(STRETCH, max_size=6))]
    rows = [row for row in rows if _is_shown(row, first, {1: zone, 2: other}[row.location_id])]
    known = replace(
        programme_of(zone, [rows]),
        locations={1: Location(id=1, name="Here", zone=zone), 2: Location(id=2, name="There", zone=other)},
        time_off={1: merged((m, m + lasts) for m, lasts in _from(first, drawn.draw(OFF)))},
        closures=tuple(
            Closed(place, first + timedelta(days=n), first + timedelta(days=n + more), "")
            for place, n, more in drawn.draw(CLOSED)
        ),
    )
    windows = known.windows(known.therapists[0], first, 3)
    offered = {(m, one.day, one.location_id) for one in windows for m in range(one.starts, one.ends)}
    by_hand = worked(known, 1, [first + timedelta(days=n) for n in range(3)])
    assert offered == {(m, on, place) for minutes, on, place in by_hand for m in minutes}


def _row(first, n, starts, ends, place, alone):
    on = first + timedelta(days=n)
    dates = {"from_on": on, "until_on": on} if alone else {}
    return working(1, starts * 5, ends * 5, on.weekday(), place, **dates)


def _is_shown(row, first, zone):
    on = next(first + timedelta(days=n) for n in range(3) if (first + timedelta(days=n)).weekday() == row.weekday)
    return not any(is_skipped(on, wall, zone) for wall in (row.starts, row.ends))


def _from(first, spans):
    begin = int(datetime.combine(first, time(), UTC).timestamp()) // 60
    return [(begin + start, lasts) for start, lasts in spans]


@pytest.fixture
def away(cast):
    """Ana is away on Thursday from 10 to 12."""
    _keep(TimeOff(therapist_id=cast.ana.id, starts_at=at(10), ends_at=at(12), made_at=NOW, made_by="account:1"))


@pytest.fixture
def closed(cast):
    _keep(Closure(first_on=DAY, last_on=DAY, words="Founders' day", made_at=NOW, made_by="account:1"))


def test_nobody_is_offered_a_time_at_which_a_therapist_is_away(away, visitor):
    visitor.get("/treatments/massage/times?minutes=60&therapist=ana-moreau")
    of_day = [slot.partition(".")[0] for slot in visitor.slots if slot.startswith("20260312")]
    assert of_day[0] == "20260312T0900Z"
    assert of_day[1] == "20260312T1200Z"
    assert book(visitor).status_code == 409


def test_nobody_is_offered_a_day_on_which_the_clinic_is_closed(closed, visitor):
    visitor.get("/treatments/massage/times?minutes=60")
    assert visitor.slots
    assert not [slot for slot in visitor.slots if slot.startswith("20260312")]
    assert book(visitor).status_code == 409


def test_a_closure_of_one_place_closes_no_other(cast):
    with writing():
        other = Location(name="Bath", zone="Europe/London")
        db.session.add(other)
        db.session.flush()
        closure = Closure(location_id=other.id, first_on=DAY, last_on=DAY, words="", made_at=NOW, made_by="x")
        db.session.add(closure)
        db.session.commit()
    known = programme(db.session)
    assert len(known.windows(known.therapists[0], DAY, 1)) == 1


@pytest.mark.parametrize(("fixture", "sentence"), [("away", "Ana is away then."), ("closed", "Closed: Founders' day.")])
def test_the_staff_reads_who_is_away_and_what_closes_and_books_over_it_with_a_reason(fixture, sentence, cast, request):
    request.getfixturevalue(fixture)
    known = programme(db.session)
    ana, massage = known.therapist("ana-moreau"), known.treatment("massage")
    wish = Wish(massage, 60, ana, at(10), "Clara", "clara@client.test", desk=Desk())
    room, refusals = judge(db.session, known, wish, None, NOW)
    assert [staff_sentence(one) for one in refusals] == [sentence]
    assert split(refusals, "she asked for it") == ([], ["outside_hours"])
    assert room is not None


@pytest.mark.parametrize(
    ("fixture", "sentence", "where"),
    [("away", "Ana is away then.", "time off"), ("closed", "Closed: Founders' day.", "closures")],
)
def test_the_page_of_reasons_says_so_and_where_it_is_set(fixture, sentence, where, request, visitor):
    request.getfixturevalue(fixture)
    visitor.sign_in("rosa")
    visitor.get(f"/diary/reasons?treatment=massage&minutes=60&therapist=ana-moreau&at={TEN}")
    assert sentence in visitor.text
    assert where in visitor.text


def at(hour):
    return datetime.combine(DAY, time(hour), UTC)


def _keep(row):
    with writing():
        db.session.add(row)
        db.session.commit()
