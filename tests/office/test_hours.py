"""Working hours: a week from a day on, a day that is different; the past, and what is booked, stay as they are."""

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from clinic.booking.models import Appointment
from clinic.booking.programme import programme
from clinic.booking.rules import Worked, stands_until, unsound
from clinic.core.audit import AuditLine
from clinic.core.db import db, writing
from clinic.core.times import instant_of, local
from clinic.places.models import Location
from tests.steps import book

WEDNESDAY, THURSDAY, DAY = date(2026, 3, 11), date(2026, 3, 12), timedelta(days=1)
LONDON = {1: "Europe/London", 2: "Pacific/Auckland"}


@pytest.fixture
def rosa(visitor):
    visitor.sign_in("rosa")
    return visitor


def test_everybodys_week_is_shown_to_the_desk_and_to_a_therapist_their_own(rosa, new_visitor):
    rosa.get("/clinic/hours")
    assert "Ana Moreau" in rosa.text
    assert "Ben Okafor" in rosa.text
    assert "Monday 9am–5pm" in rosa.text
    assert "Sunday not working" in rosa.text
    ana = new_visitor()
    ana.sign_in("ana")
    ana.get("/clinic/hours")
    assert "Ana Moreau" in ana.text
    assert "Ben Okafor" not in ana.text
    assert "Change the week" not in ana.text


def test_a_week_begins_on_its_day_and_the_weeks_before_keep_their_hours(cast, rosa):
    before = worked(cast.ana, WEDNESDAY - 30 * DAY, 33)
    set_week(rosa, cast.ana, from_on="2026-03-16", **{"starts-0-0": "10:00", "ends-0-0": "13:00"})
    assert "Saved. Ana Moreau works so from Monday 16 March 2026 on." in rosa.text
    assert worked(cast.ana, WEDNESDAY - 30 * DAY, 33) == before
    assert worked(cast.ana, date(2026, 3, 16), 1) == [("2026-03-16 10:00", "2026-03-16 13:00")]
    assert worked(cast.ana, date(2026, 3, 17), 1) == [("2026-03-17 09:00", "2026-03-17 17:00")]


def test_a_break_is_the_gap_between_two_stretches_and_a_third_finds_room(cast, rosa):
    two = {"starts-3-0": "9:00", "ends-3-0": "12:00", "starts-3-1": "13:00", "ends-3-1": "17:00"}
    set_week(rosa, cast.ana, **two)
    assert worked(cast.ana, THURSDAY, 1) == [
        ("2026-03-12 09:00", "2026-03-12 12:00"),
        ("2026-03-12 13:00", "2026-03-12 17:00"),
    ]
    set_week(rosa, cast.ana, **{"starts-3-2": "18:00", "ends-3-2": "19:00"})
    assert len(worked(cast.ana, THURSDAY, 1)) == 3
    assert "9am–midday, 1pm–5pm, 6pm–7pm" in rosa.text


def test_a_week_stands_until_the_change_that_is_planned_already(cast, rosa):
    set_week(rosa, cast.ana, from_on="2026-06-01", **dict.fromkeys(("starts-0-0", "ends-0-0"), ""))
    set_week(rosa, cast.ana, from_on="2026-03-16", **{"starts-0-0": "08:00"})
    assert worked(cast.ana, date(2026, 5, 25), 1) == [("2026-05-25 08:00", "2026-05-25 17:00")]
    assert worked(cast.ana, date(2026, 6, 1), 1) == []
    assert "Other hours from Monday 1 June" in rosa.text
    rosa.get(f"/clinic/hours/{cast.ana.id}?from=2026-06-01")
    rosa.send(f"/clinic/hours/{cast.ana.id}", **{"starts-0-0": "11:00", "ends-0-0": "12:00"})
    assert worked(cast.ana, date(2026, 6, 1), 1) == [("2026-06-01 11:00", "2026-06-01 12:00")]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"from_on": "2026-03-10"}, "weeks that are over keep their hours"),
        ({"from_on": ""}, "Enter a day."),
        ({"starts-0-0": "18:00"}, "Monday: Enter an end after the beginning"),
        ({"starts-0-0": ""}, "Monday: Enter from when until when"),
        ({"starts-0-0": "noon"}, "Monday: Enter from when until when"),
        ({"starts-0-1": "16:00", "ends-0-1": "18:00"}, "Monday: This overlaps another stretch"),
    ],
)
def test_what_cannot_be_meant_gets_a_sentence_and_all_typed_stays(typed, sentence, cast, rosa):
    assert set_week(rosa, cast.ana, **{"starts-1-0": "07:15", **typed}).status_code == 422
    assert sentence in rosa.text
    assert 'value="07:15"' in rosa.page.text
    assert all(f'value="{value}"' in rosa.page.text for value in typed.values())
    assert worked(cast.ana, date(2026, 3, 17), 1) == [("2026-03-17 09:00", "2026-03-17 17:00")]


def test_what_no_longer_fits_is_shown_before_it_is_saved_and_stays_where_it_is(cast, rosa, new_visitor):
    book(new_visitor())
    set_week(rosa, cast.ana, **{"starts-3-0": "12:00"})
    assert "1 appointment does not fit these hours" in rosa.text
    assert rosa.link("Clara Teacup") == f"/diary/appointments/{clara().id}"
    assert worked(cast.ana, THURSDAY, 1) == [("2026-03-12 09:00", "2026-03-12 17:00")]
    even_so(rosa, cast.ana)
    assert worked(cast.ana, THURSDAY, 1) == [("2026-03-12 12:00", "2026-03-12 17:00")]
    assert (clara().starts_at, clara().cancellation) == (datetime(2026, 3, 12, 10, tzinfo=UTC), None)


def test_who_agrees_to_what_does_not_fit_agrees_to_what_was_shown_and_not_to_what_was_booked_since(
    cast, rosa, new_visitor
):
    book(new_visitor())
    set_week(rosa, cast.ana, **{"starts-3-0": "12:00"})
    book(new_visitor(), at="20260319T1000Z", name="Dan", email="dan@client.test")
    even_so(rosa, cast.ana)
    assert "2 appointments do not fit these hours" in rosa.text
    assert worked(cast.ana, THURSDAY, 1) == [("2026-03-12 09:00", "2026-03-12 17:00")]
    even_so(rosa, cast.ana)
    assert worked(cast.ana, THURSDAY, 1) == [("2026-03-12 12:00", "2026-03-12 17:00")]


def test_one_day_is_different_and_its_week_is_not(cast, rosa):
    set_day(rosa, cast.ana, "2026-03-12", **{"starts-3-0": "12:00", "ends-3-0": "20:00"})
    assert "Thursday 12 March : midday–8pm" in rosa.text
    assert worked(cast.ana, WEDNESDAY, 9) == [
        (f"2026-03-{day} 09:00", f"2026-03-{day} 17:00") if day != 12 else ("2026-03-12 12:00", "2026-03-12 20:00")
        for day in (11, 12, 13, 16, 17, 18, 19)
    ]
    set_week(rosa, cast.ana, **{"starts-3-0": "10:00"})
    assert worked(cast.ana, THURSDAY, 1) == [("2026-03-12 12:00", "2026-03-12 20:00")]
    set_day(rosa, cast.ana, "2026-03-12", usual="yes")
    assert worked(cast.ana, THURSDAY, 1) == [("2026-03-12 10:00", "2026-03-12 17:00")]


def test_a_day_may_be_one_on_which_nothing_is_worked_else(cast, rosa):
    rosa.get(f"/clinic/hours/{cast.ana.id}/days?on=2026-03-12")
    rosa.send(f"/clinic/hours/{cast.ana.id}/days", from_on="2026-03-14", **{"starts-3-0": "10:00", "ends-3-0": "14:00"})
    assert worked(cast.ana, date(2026, 3, 14), 1) == [("2026-03-14 10:00", "2026-03-14 14:00")]
    assert set_day(rosa, cast.ana, "2026-03-15").status_code == 422
    assert "For a day without work, enter time off." in rosa.text


def test_two_who_set_the_same_hours_at_once_are_told(cast, rosa):
    rosa.get(f"/clinic/hours/{cast.ana.id}")
    page = rosa.page
    rosa.send(f"/clinic/hours/{cast.ana.id}", **{"starts-0-0": "08:00"})
    rosa.page = page
    assert rosa.send(f"/clinic/hours/{cast.ana.id}", **{"starts-0-0": "07:00"}).status_code == 409
    assert "Somebody has changed this meanwhile." in rosa.text
    assert 'value="07:00"' in rosa.page.text


def test_the_trail_and_the_page_say_who_changed_them(cast, rosa):
    set_week(rosa, cast.ana, **{"starts-0-0": "08:00"})
    line = db.session.scalars(select(AuditLine).where(AuditLine.action == "hours.week")).one()
    assert line.detail["before"][0][:3] == [0, "09:00", "17:00"]
    assert line.detail["after"][0][:3] == [0, "08:00", "17:00"]
    rosa.get(f"/clinic/hours/{cast.ana.id}")
    assert "from Wednesday 11 March 2026 on Wednesday 11 March 2026, 9am · Rosa" in rosa.text


def test_each_location_has_its_own_clock(cast, rosa):
    with writing():
        db.session.add(Location(id=99, name="Auckland", zone="Pacific/Auckland"))
        db.session.commit()
    typed = {"starts-5-0": "09:00", "ends-5-0": "12:00", "where-5-0": "99"}
    set_week(rosa, cast.ana, **typed)
    known = programme(db.session)
    window = known.windows(known.therapist("ana-moreau"), date(2026, 3, 14), 1)[0]
    assert local(instant_of(window.starts), "Pacific/Auckland").isoformat(" ", "minutes")[:16] == "2026-03-14 09:00"
    assert "9am–midday in Auckland" in rosa.text


def test_nobody_is_in_two_places_at_once_whatever_their_clocks_show():
    here = Worked(3, time(9), time(12), 1)
    assert unsound([here, Worked(3, time(9), time(12), 2)], WEDNESDAY, LONDON) == {}
    assert unsound([here, Worked(3, time(22, 30), time(23, 30), 2)], WEDNESDAY, LONDON) == {1: "overlaps"}
    assert unsound([here, Worked(3, time(12), time(13), 1)], WEDNESDAY, LONDON) == {}
    assert unsound([Worked(3, time(9), time(9), 1)], WEDNESDAY, LONDON) == {0: "backwards"}


PERIODS = st.lists(st.tuples(st.integers(-9, 9), st.none() | st.integers(0, 9)), max_size=4)


@given(drawn=PERIODS)
def test_a_week_stands_as_long_as_nothing_else_would_have_changed(drawn):
    periods = [
        (THURSDAY + first * DAY, None if lasts is None else THURSDAY + (first + lasts) * DAY) for first, lasts in drawn
    ]

    def standing(day):
        return {n for n, (first, last) in enumerate(periods) if first <= day and (last is None or day <= last)}

    until = stands_until(periods, THURSDAY)
    after = next((n for n in range(1, 40) if standing(THURSDAY + n * DAY) != standing(THURSDAY + (n - 1) * DAY)), None)
    assert until == (None if after is None else THURSDAY + (after - 1) * DAY)


def set_week(who, therapist, **typed):
    who.get(f"/clinic/hours/{therapist.id}")
    return who.send(f"/clinic/hours/{therapist.id}", **typed)


def even_so(who, therapist):
    """Press the button under the appointments that do not fit."""
    seen = re.search(r'name="sure" value="(\w+)"', who.page.text)[1]
    return who.send(f"/clinic/hours/{therapist.id}", sure=seen)


def set_day(who, therapist, on, **typed):
    who.get(f"/clinic/hours/{therapist.id}/days?on={on}")
    return who.send(f"/clinic/hours/{therapist.id}/days", **typed)


def worked(therapist, first, days):
    """When they work, on the clock of Bristol."""
    known = programme(db.session)
    listed = next(one for one in known.therapists if one.id == therapist.id)
    return [
        tuple(f"{local(instant_of(at), 'Europe/London'):%Y-%m-%d %H:%M}" for at in (one.starts, one.ends))
        for one in known.windows(listed, first, days)
    ]


def clara():
    return db.session.scalars(select(Appointment)).one()
