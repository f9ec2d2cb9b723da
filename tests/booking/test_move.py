"""Moving an appointment, by the link in the mail."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from icalendar import Calendar
from sqlalchemy import select

from clinic.booking.models import Appointment, Claim, Move
from clinic.core.audit import AuditLine
from clinic.core.db import db, writing
from clinic.messages.models import OutgoingMessage
from clinic.places.models import Clinic
from clinic.treatments.models import Treatment, TreatmentLength
from clinic.work.models import WorkItem
from tests.conftest import NOW
from tests.letterbox import Letterbox, calendar_of, text_of
from tests.rows import rows
from tests.steps import book, screen
from tests.tellings import tell

TEN = datetime(2026, 3, 12, 10, tzinfo=UTC)
FRIDAY_TWO = "20260313T1400Z"


@pytest.fixture
def path(visitor):
    """Clara has booked Ana for Thursday at ten, and looks at the times to move to."""
    book(visitor, therapist="ana-moreau")
    visitor.get(visitor.link("Move it"))
    return visitor.page.request.path


def choose(visitor, path, at=FRIDAY_TWO, therapist="ana-moreau"):
    return visitor.get(f"{path}?slot={at}.{therapist}")


def move(visitor, path, at=FRIDAY_TWO, therapist="ana-moreau"):
    choose(visitor, path, at, therapist)
    return visitor.send(path)


def claims():
    found = db.session.execute(select(Claim.starts_at, Claim.ends_at).order_by(Claim.ends_at, Claim.starts_at)).all()
    return [(starts, (ends - starts) // timedelta(minutes=1)) for starts, ends in found]


def test_three_taps_from_the_mail_and_the_appointment_is_at_the_new_time(visitor, path):
    before = claims()
    visitor.get(visitor.link("2pm on Friday 13 March with Ana"))
    assert "Until now Thursday 12 March, 10am, Ana Moreau" in visitor.text
    visitor.send(path)
    assert "Your appointment is moved" in visitor.text
    assert "Friday 13 March, 2pm–3pm" in visitor.text
    two = datetime(2026, 3, 13, 14, tzinfo=UTC)
    assert claims() == [(two, minutes) for _, minutes in before]
    assert (rows()["appointment"], rows()["claim"]) == (1, 3)


def test_what_it_was_is_kept_and_told_once(visitor, path):
    choose(visitor, path)
    asked = visitor.page
    for _ in range(3):
        visitor.page = asked
        assert visitor.send(path).status_code == 200
    was = db.session.scalars(select(Move)).one()
    assert (was.number, was.from_starts_at, was.from_therapist.name) == (1, TEN, "Ana Moreau")
    assert was.by.startswith("link:")
    occasions = db.session.scalars(select(OutgoingMessage.occasion).order_by(OutgoingMessage.occasion)).all()
    assert occasions == ["appointment_booked", "appointment_moved", "appointment_reminder"]
    assert db.session.scalars(select(AuditLine.action)).all().count("appointment.moved") == 1


def test_the_old_time_is_free_at_once(visitor, path, new_visitor):
    move(visitor, path)
    other = new_visitor()
    book(other, therapist="ana-moreau", name="Dora Ladle", email="dora@client.test")
    assert "You're booked" in other.text


def test_it_may_move_by_less_than_its_own_length(visitor, path):
    move(visitor, path, at="20260312T1030Z")
    assert "Thursday 12 March, 10:30am" in visitor.text


def test_it_may_move_to_another_therapist(visitor, path, cast):
    move(visitor, path, therapist="ben-okafor")
    assert "Ben Okafor" in visitor.text
    resources = sa.text("SELECT therapist_id FROM resource JOIN claim ON resource_id = resource.id")
    assert set(db.session.scalars(resources)) == {cast.ben.id, None}


def test_looking_moves_nothing(visitor, path):
    before = rows()
    choose(visitor, path)
    assert "Move it here?" in visitor.text
    assert rows() == before
    assert db.session.scalar(select(Appointment.starts_at)) == TEN


def test_a_time_that_somebody_else_took_is_refused_and_the_appointment_stays(visitor, path, new_visitor):
    choose(visitor, path)
    asked = visitor.page
    book(new_visitor(), therapist="ana-moreau", at=FRIDAY_TWO, name="Dora Ladle", email="dora@client.test")
    visitor.page = asked
    assert visitor.send(path).status_code == 409
    assert "Your appointment stays as it was" in visitor.text
    assert db.session.scalars(select(Appointment.starts_at).order_by(Appointment.starts_at)).first() == TEN
    assert visitor.link("Friday 13 March")


def test_where_their_other_visit_fills_the_day_other_days_are_shown(visitor, path):
    with writing():
        db.session.execute(sa.update(Clinic).values(client_most_a_day=1))
        db.session.commit()
    again = path.replace("/move", "/again")
    visitor.get(f"{again}?slot={FRIDAY_TWO}.ana-moreau")
    visitor.send(again)
    assert visitor.post(path, slot="20260313T0900Z.ana-moreau").status_code == 409
    assert "as many appointments on that day as we book online" in visitor.text
    days = set(re.findall(r"slot=(\d{8})T", visitor.page.text))
    assert days >= {"20260312", "20260316"}  # the day it is on is not full of itself
    assert "20260313" not in days


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("20260313T0300Z", "not open for that whole time"),
        ("20260313T1407Z", "do not start at that minute"),
        ("20260310T1000Z", "in the past"),
        ("20270313T1000Z", "further ahead"),
    ],
)
def test_a_time_that_cannot_be_had_says_why(visitor, path, at, words):
    assert choose(visitor, path, at).status_code == 409
    assert words in visitor.text
    page = visitor.post(path, slot=f"{at}.ana-moreau")
    assert page.status_code == 409
    assert words in visitor.text


@pytest.mark.parametrize("slot", ["", "rubbish", "20260313T1400Z.nobody", "x" * 5000])
def test_a_time_that_cannot_be_read_moves_nothing(visitor, path, slot):
    visitor.get(path)
    assert visitor.post(path, slot=slot).status_code == 409
    assert rows()["move"] == 0


def test_within_the_notice_the_clinic_asks_for_it_says_whom_to_call(visitor, path):
    choose(visitor, path)
    asked = visitor.page
    for before, status in ((timedelta(hours=24, minutes=1), 200), (timedelta(hours=23, minutes=59), 409)):
        with time_machine.travel(TEN - before, tick=False):
            assert visitor.get(path).status_code == status
    with time_machine.travel(TEN - timedelta(hours=23), tick=False):
        assert "too late to move it online" in visitor.text
        assert "0117 496 0000" in visitor.text
        visitor.page = asked
        assert visitor.send(path).status_code == 409
    assert rows()["move"] == 0


def test_after_so_many_moves_it_says_whom_to_call(visitor, path):
    for day in (16, 17, 18):
        move(visitor, path, at=f"202603{day}T1000Z")
    assert visitor.get(path).status_code == 409
    assert "You have moved it 3 times already" in visitor.text
    assert rows()["move"] == 3


def test_moves_by_reception_are_not_counted_as_the_clients(visitor, path, new_visitor):
    rosa = new_visitor()
    rosa.sign_in("rosa")
    appointment_id = db.session.scalar(select(Appointment.id))
    for day in (16, 17, 18):
        rosa.get(f"/diary/appointments/{appointment_id}")
        rosa.send(f"/diary/appointments/{appointment_id}/time", on=f"2026-03-{day}")
    assert rows()["move"] == 3
    move(visitor, path, at="20260319T1000Z")
    assert "Your appointment is moved" in visitor.text


def test_what_is_not_offered_any_more_still_moves_and_is_put_back_but_not_booked(visitor, path, new_visitor):
    with writing():
        db.session.execute(sa.update(Treatment).where(Treatment.slug == "massage").values(offered=False))
        db.session.commit()
    move(visitor, path)
    assert "Your appointment is moved" in visitor.text
    rosa, own = new_visitor(), f"/diary/appointments/{db.session.scalar(select(Appointment.id))}"
    rosa.sign_in("rosa")
    rosa.get(own)
    rosa.send(f"{own}/time", at="15:00")
    assert "Saved: Friday 13 March, 3pm" in rosa.text
    rosa.send(f"{own}/cancellation")
    assert rows()["claim"] == 0
    rosa.send(f"{own}/attendance/undoing", step="cancelled")
    assert rows()["claim"] == 3
    visitor.get(f"{path.removesuffix('/move')}/again?slot=20260316T1000Z.ana-moreau")
    assert visitor.page.status_code == 409
    assert rows()["appointment"] == 1


def test_a_late_cancellation_shows_the_clinics_words_before_the_click(visitor, path):
    cancellation = path.replace("/move", "/cancellation")
    assert "less than 24 hours" not in visitor.get(cancellation).text
    with time_machine.travel(TEN - timedelta(hours=3), tick=False):
        visitor.get(cancellation)
        assert "less than 24 hours" in visitor.text
        with writing():
            db.session.execute(sa.update(Clinic).values(late_words="Half the price is due."))
            db.session.commit()
        visitor.get(cancellation)
        assert "Half the price is due." in visitor.text
        assert "Yes, cancel it" in visitor.text


def test_a_cancelled_appointment_is_not_moved(visitor, path):
    choose(visitor, path)
    asked = visitor.page
    visitor.get(path.replace("/move", "/cancellation"))
    visitor.send(visitor.page.request.path)
    visitor.get(path)
    assert "This appointment is cancelled" in visitor.text
    visitor.page = asked
    visitor.send(path)
    assert "This appointment is cancelled" in visitor.text
    assert (rows()["move"], rows()["claim"]) == (0, 0)


def test_a_length_that_is_not_given_any_more_is_moved_by_phone(visitor, path):
    choose(visitor, path)
    asked = visitor.page
    with writing():
        db.session.execute(sa.delete(TreatmentLength).where(TreatmentLength.minutes == 60))
        db.session.commit()
    for answer in (lambda: visitor.get(path), lambda: visitor.send(path)):
        visitor.page = asked
        assert answer().status_code == 409
        assert "This cannot be moved online That is not offered any more. Thursday 12 March" in visitor.text
        assert "Call us on 0117 496 0000 : we will find you something." in visitor.text


@pytest.mark.parametrize("slot", ["", "rubbish", f"{FRIDAY_TWO}.nobody"])
def test_a_time_that_cannot_be_read_is_answered_with_others(visitor, path, slot):
    choose(visitor, path)
    assert visitor.send(path, slot=slot).status_code == 409
    assert "Your appointment stays as it was. These are other times." in visitor.text
    visitor.get(visitor.link("2pm on Friday 13 March with Ana"))
    visitor.send(path)
    assert "Your appointment is moved" in visitor.text


def test_a_release_that_was_ruled_out_since_is_moved_by_phone(visitor):
    screen(visitor)
    book(visitor, "psoas-release", therapist="ana-moreau")
    path = visitor.page.request.path + "/move"
    tell(db.session.scalar(select(Appointment.client_id)), "pregnant")
    assert choose(visitor, path).status_code == 409
    assert "From your answers we leave out deep tummy work. Something else will suit you better." in visitor.text
    assert "Call us on 0117 496 0000 : we will find you something." in visitor.text


def test_a_release_keeps_its_answers_and_its_needs(visitor, new_visitor):
    screen(visitor)
    book(visitor, "psoas-release", therapist="ana-moreau")
    path = visitor.page.request.path + "/move"
    assert choose(visitor, path, therapist="ben-okafor").status_code == 409
    assert "not available for this treatment" in visitor.text
    move(visitor, path)
    assert "Your appointment is moved" in visitor.text


def test_a_call_to_make_moves_with_the_visit(visitor):
    screen(visitor, "tummy_unexplained", query="?slot=20260312T1000Z.ana-moreau")
    visitor.get(visitor.link("Book this instead"))
    visitor.post(visitor.page.request.full_path, name="Walter", email="walter@client.test", phone="0117 496 0001")
    visitor.send("/appointments")
    move(visitor, visitor.page.request.path + "/move", at="20260320T1000Z")
    assert db.session.scalar(select(WorkItem.due_at)) == datetime(2026, 3, 19, 10, tzinfo=UTC)


def test_mail_and_calendar_tell_the_new_time_and_update_the_entry(app, visitor, path):
    box = Letterbox()
    box.round(app, NOW)
    move(visitor, path)
    box.round(app, NOW)
    booked, moved = box.mails
    assert moved["Subject"] == "Moved: Friday 13 March, 2pm"
    assert "Friday 13 March, 2pm" in text_of(moved)
    first, second = (Calendar.from_ical(calendar_of(mail)).walk("VEVENT")[0] for mail in (booked, moved))
    assert (first["uid"], first["sequence"]) == (second["uid"], 0)
    assert (second["sequence"], second.decoded("dtstart")) == (1, datetime(2026, 3, 13, 14, tzinfo=UTC))


def test_moved_before_the_first_mail_went_out_there_is_one_mail(app, visitor, path):
    move(visitor, path)
    move(visitor, path, at="20260316T1000Z")
    box = Letterbox()
    box.round(app, NOW)
    assert [mail["Subject"] for mail in box.mails] == ["Moved: Monday 16 March, 10am"]


def test_the_record_tells_the_staff_from_where_it_moved(visitor, path, new_visitor):
    move(visitor, path, therapist="ben-okafor")
    rosa = new_visitor()
    rosa.sign_in("rosa")
    rosa.get(f"/clients/{db.session.scalar(select(Appointment.client_id))}")
    assert "Moved from Thursday 12 March, 10am, Ana Moreau" in rosa.text
