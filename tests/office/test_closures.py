"""Closed days: by hand or from the public holidays of the country, everywhere or at one location."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from clinic.booking.models import Appointment, Closure
from clinic.core.audit import AuditLine
from clinic.core.db import db, writing
from clinic.places.holidays import parts_of, public_holidays
from clinic.places.models import Clinic, Location
from clinic.work.models import WorkItem
from tests.steps import book


@pytest.fixture
def rosa(visitor):
    visitor.sign_in("rosa")
    return visitor


def test_a_closed_day_is_offered_nowhere_and_its_appointments_wait_to_be_moved(cast, rosa, new_visitor):
    book(new_visitor())
    rosa.get("/clinic/closures")
    rosa.send("/clinic/closures", first_day="2026-03-12", last_day="2026-03-13", words="Flood")
    assert "Closed: Thursday 12 March to Friday 13 March 2026" in rosa.text
    assert "1 appointment is in the way" in rosa.text
    assert [item.task for item in work()] == ["move_appointment"]
    client = new_visitor()
    client.get("/treatments/massage/times?minutes=60")
    assert {slot[:8] for slot in client.slots}.isdisjoint({"20260312", "20260313"})
    slot = rosa.page.text.partition('name="slot" value="')[2].partition('"')[0]
    rosa.send(f"/clinic/moves?next={rosa.page.request.path}", slot=slot)
    assert "No appointment is in the way." in rosa.text
    assert work() == []
    assert db.session.scalars(select(Appointment)).one().starts_at.date() not in {date(2026, 3, 12), date(2026, 3, 13)}


def test_open_after_all_ends_the_work_and_is_on_record(cast, rosa, new_visitor):
    book(new_visitor())
    rosa.get("/clinic/closures")
    rosa.send("/clinic/closures", first_day="2026-03-12", words="Flood")
    rosa.send(f"{rosa.page.request.path}/removal")
    assert "No closed days" in rosa.text
    assert work() == []
    lines = db.session.scalars(
        select(AuditLine).where(AuditLine.subject.startswith("closure:")).order_by(AuditLine.id)
    ).all()
    assert [(line.action, *line.detail) for line in lines] == [("closure.made", "after"), ("closure.deleted", "before")]
    assert lines[1].detail["before"]["words"] == "Flood"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Enter the first day."),
        ({"first_day": "Monday"}, "Enter a day, such as 2026-03-12."),
        ({"first_day": "2026-03-12", "last_day": "2026-03-11"}, "Enter a last day that is not before the first."),
        ({"first_day": "2026-03-12", "last_day": "2028-03-11"}, "Enter a year at most."),
        ({"first_day": "2026-03-12", "where": "77"}, "Choose where."),
        ({"first_day": "2026-03-12", "words": "x" * 81}, "Shorten this to 80 characters or fewer."),
    ],
)
def test_what_cannot_be_meant_is_said(typed, sentence, rosa):
    rosa.get("/clinic/closures")
    assert rosa.send("/clinic/closures", **typed).status_code == 422
    assert sentence in rosa.text
    assert db.session.scalars(select(Closure)).all() == []


def test_another_place_stays_open_and_days_are_those_of_its_own_clock(cast, rosa, new_visitor):
    """Thursday 10am in Bristol is Thursday 11pm in Auckland."""
    with writing():
        db.session.add(Location(name="Auckland", zone="Pacific/Auckland"))
        db.session.commit()
    book(new_visitor())
    places = {one.name: one.id for one in db.session.scalars(select(Location))}
    rosa.get("/clinic/closures")
    rosa.send("/clinic/closures", first_day="2026-03-12", where=places["Auckland"])
    assert "No appointment is in the way." in rosa.text
    rosa.get("/clinic/closures")
    assert "Auckland" in rosa.text
    rosa.send("/clinic/closures", first_day="2026-03-12", where=places["Bristol"])
    assert "1 appointment is in the way" in rosa.text
    assert db.session.scalars(select(Appointment)).one().starts_at == datetime(2026, 3, 12, 10, tzinfo=UTC)


def test_public_holidays_are_ticked_and_closed_on_with_their_names(cast, rosa, new_visitor):
    rosa.get("/clinic/closures/holidays?part=ENG")
    assert "Public holidays: United Kingdom, 2026" in rosa.text
    assert "Friday 3 April · Good Friday" in rosa.text
    assert "New Year" not in rosa.text
    rosa.send("/clinic/closures/holidays?part=ENG", days=["2026-04-03", "2026-04-06", "2026-04-07"])
    assert "Closed on 2 days." in rosa.text
    closed = db.session.scalars(select(Closure).order_by(Closure.first_on)).all()
    assert [(one.first_on, one.last_on, one.location_id, one.words) for one in closed] == [
        (date(2026, 4, 3), date(2026, 4, 3), None, "Good Friday"),
        (date(2026, 4, 6), date(2026, 4, 6), None, "Easter Monday"),
    ]
    rosa.get("/clinic/closures/holidays?part=ENG")
    assert 'value="2026-04-03"' not in rosa.page.text


def test_without_a_tick_nothing_is_closed(rosa):
    rosa.get("/clinic/closures/holidays?year=2027")
    assert rosa.send("/clinic/closures/holidays?year=2027").status_code == 422
    assert "Choose at least one day." in rosa.text


def test_a_country_the_list_does_not_know_is_no_error(rosa):
    with writing():
        db.session.get(Clinic, 1).country = "XX"
        db.session.commit()
    assert rosa.get("/clinic/closures/holidays").status_code == 200
    assert "No holidays are known" in rosa.text


def test_parts_of_a_country_have_their_own_holidays():
    assert parts_of("GB")["SCT"] == "Scotland"
    of_scotland = dict(public_holidays("GB", "SCT", 2026, "en"))
    assert date(2026, 11, 30) in of_scotland
    assert date(2026, 11, 30) not in dict(public_holidays("GB", "", 2026, "en"))
    assert dict(public_holidays("DE", "BY", 2026, "en"))[date(2026, 10, 3)] == "German Unity Day"


def work():
    return db.session.scalars(select(WorkItem).where(WorkItem.done_at.is_(None))).all()
