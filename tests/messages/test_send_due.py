"""The worker's round: each mail once, later where it cannot go now, never where its cause has gone."""

import smtplib
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from clinic.booking.models import Appointment
from clinic.core.db import db, writing
from clinic.core.mail import Sender
from clinic.messages import operations
from clinic.messages.models import OutgoingMessage
from clinic.messages.operations import Postbox, queue, send_due
from clinic.people.models import Client
from tests.conftest import NOW
from tests.letterbox import Letterbox
from tests.steps import book


@pytest.fixture
def box():
    return Letterbox()


def later(**by):
    return NOW + timedelta(**by)


def message():
    return db.session.scalar(select(OutgoingMessage).execution_options(populate_existing=True))


def test_what_is_due_is_sent_once(app, visitor, box):
    book(visitor)
    assert [box.round(app, later(minutes=n)) for n in range(5)] == [1, 0, 0, 0, 0]
    assert len(box.mails) == 1
    assert message().sent_at == NOW


def test_what_is_not_due_waits(app, visitor, box):
    book(visitor)
    assert box.round(app, later(seconds=-1)) == 0
    assert box.round(app, NOW) == 1


def test_whoever_gave_no_mail_address_is_written_nothing_and_nobody_else_waits_for_it(app, visitor, new_visitor, box):
    book(visitor)
    with writing():
        db.session.execute(update(Client).values(email=""))
        db.session.commit()
    book(new_visitor(), at="20260313T1000Z", name="Dmitri Wool", email="dmitri@client.test")
    assert [box.round(app, later(minutes=n)) for n in range(3)] == [1, 0, 0]
    assert [mail["To"] for mail in box.mails] == ["dmitri@client.test"]


@pytest.mark.parametrize(
    "trouble", [ConnectionRefusedError(), TimeoutError(), smtplib.SMTPServerDisconnected("gone"), OSError("no route")]
)
def test_a_mail_server_that_is_away_gets_the_same_mail_when_it_is_back(app, visitor, box, trouble):
    book(visitor)
    box.trouble = trouble
    tried = [box.round(app, later(seconds=n)) for n in range(3)]
    assert tried == [0, 0, 0]
    assert message().tries == 1  # it is left alone for a while
    box.trouble = None
    assert box.round(app, later(hours=1)) == 1
    assert box.round(app, later(hours=2)) == 0


def test_each_try_waits_longer_than_the_one_before_and_an_hour_at_most(app, visitor, box):
    book(visitor)
    box.trouble, now, pauses = ConnectionRefusedError(), NOW, []
    for _ in range(15):
        box.round(app, now)
        pauses.append(message().due_at - now)
        now = message().due_at
    assert pauses == sorted(pauses)
    assert pauses[0] < timedelta(minutes=1)
    assert pauses[-1] == timedelta(hours=1)


def test_the_message_id_is_the_same_on_every_try(app, visitor, box):
    book(visitor)

    class Lossy(Letterbox):
        """Takes the mail, and then fails to say so."""

        def send(self, mail):
            self.mails.append(mail)
            raise TimeoutError

    lossy = Lossy()
    lossy.round(app, NOW)
    box.round(app, later(hours=1))
    ids = {mail["Message-ID"] for mail in lossy.mails + box.mails}
    assert len(lossy.mails + box.mails) == 2
    assert ids == {f"<{message().id}@clinic.test>"}


def test_what_was_cancelled_before_it_was_sent_is_not_said_to_be_booked(app, visitor, box):
    book(visitor)
    visitor.get(visitor.link("Cancel it"))
    visitor.send(visitor.page.request.path)
    assert box.round(app, NOW) == 1
    assert [mail["Subject"] for mail in box.mails] == ["Cancelled: Thursday 12 March, 10am"]
    dropped = db.session.scalars(select(OutgoingMessage.occasion).where(OutgoingMessage.dropped)).all()
    assert dropped == ["appointment_booked"]


def test_the_same_occasion_is_queued_once(app, visitor):
    book(visitor)
    appointment_id = db.session.scalar(select(Appointment.id))
    with writing(), pytest.raises(Exception, match="dedupe_key"):
        queue(db.session, "appointment_booked", appointment_id, due_at=NOW)
    db.session.rollback()


def test_two_workers_do_not_both_send(app, visitor, box):
    book(visitor)
    other = Letterbox()

    class Meanwhile(Letterbox):
        """While this worker talks to its mail server, another makes its round."""

        def send(self, mail):
            super().send(mail)
            with Session(db.engine) as session:
                postbox = Postbox(other, Sender("desk@clinic.test", "Test Clinic"))
                assert send_due(session, app.extensions["clinic.composers"], postbox, now=later(seconds=30)) == 0

    first = Meanwhile()
    assert first.round(app, NOW) == 1
    assert (len(first.mails), len(other.mails)) == (1, 0)


def test_what_a_worker_took_and_died_with_is_sent_by_another_after_a_while(app, visitor, box):
    book(visitor)
    with writing():
        db.session.execute(update(OutgoingMessage).values(leased_until=NOW + operations.LEASE))
        db.session.commit()
    assert box.round(app, later(seconds=1)) == 0
    assert box.round(app, later(minutes=3)) == 1


def test_one_that_cannot_be_composed_does_not_hold_up_the_others(app, visitor, new_visitor, box):
    with writing():
        queue(db.session, "no_such_occasion", uuid4(), due_at=later(hours=-1))
        db.session.commit()
    book(visitor)
    book(new_visitor(), at="20260312T1400Z")
    assert box.round(app, NOW) == 2
    assert box.round(app, later(hours=2)) == 0
    left = db.session.scalars(select(OutgoingMessage).where(OutgoingMessage.sent_at.is_(None))).all()
    assert [one.occasion for one in left] == ["no_such_occasion"]
    assert left[0].due_at > later(hours=2)


def test_no_transaction_is_open_while_the_mail_server_talks(app, visitor, new_visitor):
    book(visitor)
    during = []

    class Slow(Letterbox):
        """Somebody books while this one is at it."""

        def send(self, mail):
            book(new_visitor(), at="20260312T1400Z")
            during.append(db.session.scalar(select(Appointment.starts_at).order_by(Appointment.starts_at.desc())))
            db.session.rollback()

    Slow().round(app, NOW)
    assert during[0].hour == 14


def test_what_many_wait_for_is_sent_in_the_order_it_was_due(app, visitor, box):
    for hour in ("10", "12", "14"):
        book(visitor, at=f"20260312T{hour}00Z")
    with writing():
        for n, row in enumerate(db.session.scalars(select(OutgoingMessage))):
            row.due_at = later(minutes=-n)
        db.session.commit()
    due = db.session.scalars(select(OutgoingMessage.id).order_by(OutgoingMessage.due_at)).all()
    db.session.rollback()
    assert box.round(app, NOW) == 3
    assert [mail["Message-ID"] for mail in box.mails] == [f"<{one}@clinic.test>" for one in due]
