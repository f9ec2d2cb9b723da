"""Time off: made by a therapist for themselves or by the desk for anybody; what is booked in it is moved from its page."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select, update

from clinic.booking.models import Appointment, TimeOff, WorkingHours
from clinic.core.audit import AuditLine
from clinic.core.db import db, writing
from clinic.places.models import Location
from clinic.today.queries import open_work
from clinic.work.models import WorkItem
from tests.conftest import NOW
from tests.house.test_statements import make_busy, statements
from tests.letterbox import Letterbox, text_of
from tests.steps import book

THURSDAY = {"first_day": "2026-03-12", "last_day": "2026-03-12"}


@pytest.fixture
def clara(new_visitor):
    """Comes to Ana on Thursday at 10."""
    book(new_visitor())
    return one()


@pytest.fixture
def rosa(visitor):
    visitor.sign_in("rosa")
    return visitor


def test_the_desk_enters_whole_days_and_nothing_is_offered_in_them(cast, rosa, new_visitor):
    rosa.get("/clinic/time-off/new?therapist=ana-moreau&on=2026-03-12")
    assert rosa.send("/clinic/time-off", last_day="2026-03-13").status_code == 200
    assert "Ana Moreau is away Thursday 12 March to Friday 13 March 2026" in rosa.text
    assert "No appointment is in the way." in rosa.text
    off = db.session.scalars(select(TimeOff)).one()
    assert (off.starts_at, off.ends_at) == (at(12, 0), at(14, 0))
    client = new_visitor()
    client.get("/treatments/massage/times?minutes=60&therapist=ana-moreau")
    assert {slot[:8] for slot in client.slots}.isdisjoint({"20260312", "20260313"})
    assert "Ana Moreau" in rosa.get("/clinic/time-off").text


def test_a_therapist_enters_their_own_and_sees_nobody_elses(cast, rosa, new_visitor):
    rosa.get("/clinic/time-off/new")
    rosa.send("/clinic/time-off", whose=cast.ana.id, **THURSDAY)
    anas = rosa.page.request.path
    ben = new_visitor()
    ben.sign_in("ben")
    assert "Nobody is away" in ben.get("/clinic/time-off").text
    assert ben.get(anas).status_code == 404
    ben.get("/clinic/time-off/new")
    assert ben.send("/clinic/time-off", whose=cast.ana.id, **THURSDAY).status_code == 422
    ben.get("/clinic/time-off/new")
    assert ben.send("/clinic/time-off", **THURSDAY, first_time="12:00", last_time="15:30").status_code == 200
    assert "Thursday 12 March, midday to 3:30pm" in ben.text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"first_day": "soon"}, "Enter a day, such as 2026-03-12."),
        ({"first_day": ""}, "Enter the first day."),
        ({"last_day": "2026-03-11"}, "Enter an end after the beginning."),
        ({"first_time": "15:00", "last_time": "14:00"}, "Enter an end after the beginning."),
        ({"last_day": "2028-03-11"}, "Enter a year at most."),
        ({"first_day": "2026-03-29", "last_day": "2026-03-30", "first_time": "01:30"}, "there is no 1:30am then"),
        ({"whose": "999"}, "Choose who is away."),
    ],
)
def test_what_cannot_be_meant_is_said_and_all_typed_is_kept(typed, sentence, rosa):
    rosa.get("/clinic/time-off/new")
    assert rosa.send("/clinic/time-off", **{**THURSDAY, **typed}).status_code == 422
    assert sentence in rosa.text
    assert all(f'value="{value}"' in rosa.page.text for name, value in typed.items() if name != "whose")
    assert db.session.scalars(select(TimeOff)).all() == []


def test_what_is_booked_in_it_stays_and_waits_for_the_desk_to_move_it(cast, clara, rosa):
    enter(rosa, cast)
    assert "1 appointment is in the way" in rosa.text
    assert clara.starts_at == at(12, 10)
    assert clara.cancellation is None
    [item] = work()
    assert (item.task, item.subject, item.owner_id) == ("move_appointment", f"appointment:{clara.id}", None)
    rosa.get("/work")
    assert "Move the appointment: nobody is there then · Thursday 12 March, 10am" in rosa.text
    assert rosa.link("Find another time") == f"/diary/appointments/{clara.id}"


def test_it_moves_to_one_of_the_three_nearest_times_at_one_press_and_is_done(app, cast, clara, rosa):
    enter(rosa, cast)
    assert buttons(rosa) == [f"20260312T{hour}Z.ben-okafor" for hour in ("0945", "1000", "1015")]
    assert move(rosa, "20260312T1000Z.ben-okafor").status_code == 200
    assert "Saved: Thursday 12 March, 10am with Ben Okafor, 60 minutes." in rosa.text
    assert "No appointment is in the way." in rosa.text
    assert (one().therapist_id, one().starts_at) == (cast.ben.id, at(12, 10))
    assert open_items() == []
    letterbox = Letterbox()
    letterbox.round(app, NOW)
    assert "Ben Okafor" in text_of(letterbox.mails[-1])


def test_a_therapist_is_offered_their_own_times_alone(cast, clara, new_visitor):
    ana = new_visitor()
    ana.sign_in("ana")
    enter(ana, cast)
    assert {slot.partition(".")[2] for slot in buttons(ana)} == {"ana-moreau"}
    move(ana, "20260312T1000Z.ben-okafor")
    assert "Ask reception to give it to somebody else." in ana.text
    assert one().therapist_id == cast.ana.id
    move(ana, buttons(ana)[0])
    assert open_items() == []


def test_a_page_that_is_old_moves_nothing(cast, clara, rosa):
    enter(rosa, cast)
    page = rosa.page
    move(rosa, "20260312T1000Z.ben-okafor")
    rosa.page = page
    move(rosa, "20260312T1015Z.ben-okafor")
    assert "Somebody has changed this appointment meanwhile." in rosa.text
    assert one().starts_at == at(12, 10)


def test_a_cancelled_one_is_done_and_one_put_back_waits_again(cast, clara, rosa):
    enter(rosa, cast)
    page = rosa.page.request.path
    rosa.post(f"/diary/appointments/{clara.id}/cancellation?next={page}", ours="yes")
    assert "No appointment is in the way." in rosa.text
    assert open_items() == []
    rosa.post(f"/diary/appointments/{clara.id}/attendance/undoing?next={page}", step="cancelled")
    assert "1 appointment is in the way" in rosa.text
    assert len(open_items()) == 1


def test_removing_or_shortening_it_ends_the_work_and_lengthening_asks_again_once(cast, clara, rosa):
    enter(rosa, cast)
    address = rosa.page.request.path
    rosa.send(address, first_time="11:00", last_time="12:00")
    assert open_items() == []
    rosa.send(address, first_time="", last_time="")
    rosa.send(address, last_day="2026-03-14")
    assert len(work()) == len(open_items()) == 1
    rosa.send(f"{address}/removal")
    assert "Nobody is away" in rosa.text
    assert open_items() == []
    assert db.session.scalars(select(TimeOff)).all() == []


def test_two_that_change_it_at_once_are_told(cast, rosa):
    enter(rosa, cast)
    address, page = rosa.page.request.path, rosa.page
    rosa.send(address, last_day="2026-03-13")
    rosa.page = page
    assert rosa.send(address, last_day="2026-03-14").status_code == 409
    assert "Somebody has changed this meanwhile." in rosa.text


def test_the_trail_says_who_and_from_what_to_what(cast, rosa):
    enter(rosa, cast)
    address = rosa.page.request.path
    rosa.send(address, last_day="2026-03-13")
    rosa.send(f"{address}/removal")
    lines = db.session.scalars(
        select(AuditLine).where(AuditLine.subject.startswith("time_off:")).order_by(AuditLine.id)
    ).all()
    assert [line.action for line in lines] == ["time_off.made", "time_off.changed", "time_off.deleted"]
    assert lines[1].detail["before"]["ends_at"] == at(13, 0).isoformat()
    assert lines[1].detail["after"]["ends_at"] == lines[2].detail["before"]["ends_at"] == at(14, 0).isoformat()
    assert {line.actor for line in lines} == {f"account:{cast.rosa.id}"}


def test_the_desk_sees_the_work_and_the_therapist_who_is_away_does_not(cast, clara, rosa):
    enter(rosa, cast)
    assert [one.client.name for one in open_work(db.session, NOW, account=cast.rosa)] == ["Clara Teacup"]
    assert open_work(db.session, NOW, account=cast.ana.account) == []


def enter(who, cast):
    who.get("/clinic/time-off/new")
    return who.send("/clinic/time-off", whose=cast.ana.id, **THURSDAY)


def buttons(who):
    return [part.partition('"')[0] for part in who.page.text.split('name="slot" value="')[1:]]


def move(who, slot):
    path = who.page.request.path
    return who.send(f"/clinic/moves?next={path}", slot=slot)


def work():
    return db.session.scalars(select(WorkItem)).all()


def open_items():
    return [item for item in work() if item.done_at is None]


def one():
    return db.session.scalars(select(Appointment)).one()


def at(day, hour):
    return datetime(2026, 3, day, hour, tzinfo=UTC)


def test_its_page_asks_the_database_as_often_for_many_appointments_as_for_one(cast, clara, rosa):
    enter(rosa, cast)
    address = rosa.page.request.path
    of_one = statements(rosa, address)
    rosa.send(f"{address}/removal")
    make_busy(cast)
    enter(rosa, cast)
    assert statements(rosa, rosa.page.request.path) == of_one <= 9
    assert "appointments are in the way" in rosa.text


def test_days_and_times_are_on_the_clock_of_where_they_work(cast, rosa):
    with writing():
        far = Location(name="Auckland", zone="Pacific/Auckland")
        db.session.add(far)
        db.session.flush()
        of_ana = update(WorkingHours).where(WorkingHours.therapist_id == cast.ana.id)
        db.session.execute(of_ana.values(location_id=far.id))
        db.session.commit()
    enter(rosa, cast)
    off = db.session.scalars(select(TimeOff)).one()
    assert (off.starts_at, off.ends_at) == (at(11, 11), at(12, 11))
    assert "Ana Moreau is away Thursday 12 March 2026" in rosa.text
    assert "on the clock of where they work" in rosa.text
