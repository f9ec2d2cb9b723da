"""Reminders: at the hours the clinic sets, with the time as it stands, and never for what is over or called off."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select, update

from clinic.booking.models import Appointment
from clinic.core.db import db, writing
from clinic.messages.models import OutgoingMessage
from clinic.places.models import Clinic
from tests.conftest import NOW
from tests.letterbox import Letterbox, text_of
from tests.steps import book

TEN = datetime(2026, 3, 16, 10, tzinfo=UTC)  # Monday, five days ahead
MONDAY, TUESDAY = "20260316T1000Z", "20260317T1400Z"


def hours(*wanted):
    with writing():
        db.session.execute(update(Clinic).values(reminder_hours=list(wanted)))
        db.session.commit()


def waiting():
    """When reminders are due that were not sent."""
    query = select(OutgoingMessage.due_at).where(
        OutgoingMessage.occasion == "appointment_reminder", OutgoingMessage.sent_at.is_(None)
    )
    return list(db.session.scalars(query.order_by(OutgoingMessage.due_at)))


def sent():
    """When reminders were sent."""
    query = select(OutgoingMessage.sent_at).where(
        OutgoingMessage.occasion == "appointment_reminder", OutgoingMessage.sent_at.is_not(None)
    )
    return list(db.session.scalars(query))


def reminded(app, at):
    """The reminders of one round of the worker at this time."""
    box = Letterbox()
    with time_machine.travel(at, tick=False):
        box.round(app, at)
    return [mail for mail in box.mails if mail["Subject"].startswith("Reminder")]


def move(visitor, at=TUESDAY):
    visitor.get(visitor.link("Move it"))
    path = visitor.page.request.path
    visitor.get(f"{path}?slot={at}.ana-moreau")
    return visitor.send(path)


def cancel(visitor):
    visitor.get(visitor.link("Cancel it"))
    return visitor.send(visitor.page.request.path)


def test_two_days_before_a_client_is_reminded_once(app, visitor):
    book(visitor, at=MONDAY)
    due = TEN - timedelta(hours=48)
    assert reminded(app, due - timedelta(seconds=1)) == []
    (mail,) = reminded(app, due)
    assert mail["To"] == "clara@client.test"
    assert mail["Subject"] == "Reminder: Monday 16 March, 10am"
    for words in ("Hello Clara,", "Monday 16 March, 10am", "With Ana Moreau", "1 Test Street", "0117 496 0000"):
        assert words in text_of(mail)
    assert reminded(app, TEN - timedelta(hours=1)) == []


def test_each_way_in_the_mail_leads_to_its_page(app, visitor, new_visitor):
    book(visitor, at=MONDAY)
    text = text_of(reminded(app, TEN - timedelta(hours=48))[0])
    ways = [line.removeprefix("http://127.0.0.1:8000") for line in text.splitlines() if line.startswith("http")]
    pages = [(new_visitor().get(way).status_code, way.rpartition("/")[2]) for way in ways]
    assert pages == [(200, ways[0].rpartition("/")[2]), (200, "confirmation"), (200, "move"), (200, "cancellation")]
    assert ways[1].startswith(ways[0])  # where what is missing is filled in


def test_what_can_no_longer_be_moved_online_has_no_way_to_move_it(app, visitor):
    hours(12)
    book(visitor, at=MONDAY)
    text = text_of(reminded(app, TEN - timedelta(hours=12))[0])
    assert "/move" not in text
    assert "/cancellation" in text


@pytest.mark.parametrize(
    ("wanted", "due"), [([], []), ([48], [48]), ([24, 72], [72, 24]), ([24, 24], [24]), ([24, 200], [24])]
)
def test_a_clinic_reminds_at_its_own_hours_as_far_as_they_are_still_ahead(visitor, wanted, due):
    hours(*wanted)
    book(visitor, at=MONDAY)
    assert waiting() == [TEN - timedelta(hours=each) for each in due]


def test_a_moved_appointment_is_reminded_of_at_its_new_time_alone(app, visitor):
    hours(72, 24)
    book(visitor, at=MONDAY)
    move(visitor)
    two = datetime(2026, 3, 17, 14, tzinfo=UTC)
    assert waiting() == [two - timedelta(hours=72), two - timedelta(hours=24)]
    assert reminded(app, TEN - timedelta(hours=72)) == []
    (mail,) = reminded(app, two - timedelta(hours=72))
    assert mail["Subject"] == "Reminder: Tuesday 17 March, 2pm"
    assert "16 March" not in text_of(mail)


def test_whoever_was_reminded_and_then_moves_it_is_reminded_again(app, visitor):
    book(visitor, at=MONDAY)
    assert len(reminded(app, TEN - timedelta(hours=48))) == 1
    with time_machine.travel(TEN - timedelta(hours=47), tick=False):
        move(visitor, at="20260320T1400Z")
    assert len(waiting()) == 1
    assert sent() == [TEN - timedelta(hours=48)]  # it stays on record
    (mail,) = reminded(app, datetime(2026, 3, 18, 14, tzinfo=UTC))
    assert mail["Subject"] == "Reminder: Friday 20 March, 2pm"


def test_moved_away_and_back_it_is_reminded_of_once(app, visitor):
    book(visitor, at=MONDAY)
    move(visitor)
    move(visitor, at=MONDAY)
    assert waiting() == [TEN - timedelta(hours=48)]


def test_nobody_is_reminded_of_what_is_cancelled(app, visitor):
    book(visitor, at=MONDAY)
    cancel(visitor)
    assert waiting() == []
    assert reminded(app, TEN - timedelta(hours=48)) == []


def test_a_reminder_that_waits_while_its_cause_goes_is_dropped(app, visitor):
    """Even where it could not be taken out of the outbox: the letter is composed when it is sent."""
    book(visitor, at=MONDAY)
    cancel(visitor)
    with writing():
        row = {"occasion": "appointment_reminder", "dedupe_key": "one more", "due_at": NOW}
        db.session.add(OutgoingMessage(subject_id=db.session.scalar(select(Appointment.id)), **row))
        db.session.commit()
    assert reminded(app, NOW) == []
    assert waiting() == []


def test_a_mail_server_that_comes_back_too_late_reminds_nobody_of_the_past(app, visitor):
    book(visitor, at=MONDAY)
    box = Letterbox()
    box.trouble = ConnectionRefusedError()
    with time_machine.travel(TEN - timedelta(hours=48), tick=False):
        box.round(app, TEN - timedelta(hours=48))
    assert len(waiting()) == 1
    assert reminded(app, TEN) == []
    assert waiting() == []


def test_a_reminder_says_thank_you_where_they_have_confirmed(app, visitor):
    book(visitor, at=MONDAY)
    with writing():
        db.session.execute(update(Appointment).values(confirmed_at=NOW))
        db.session.commit()
    text = text_of(reminded(app, TEN - timedelta(hours=48))[0])
    assert "You have told us that you are coming" in text
    assert "/confirmation" not in text
