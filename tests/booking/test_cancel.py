"""Calling an appointment off, by the link in the mail."""

from datetime import timedelta

import time_machine
from sqlalchemy import func, select

from clinic.booking.models import Appointment, Cancellation
from clinic.core.audit import AuditLine
from clinic.core.db import db
from clinic.messages.models import OutgoingMessage
from tests.rows import rows
from tests.steps import book


def cancellation_of(visitor):
    """Booked, and on the page that asks whether to cancel."""
    book(visitor)
    visitor.get(visitor.link("Cancel it"))
    return visitor.page.request.path


def test_looking_at_the_page_cancels_nothing(visitor):
    cancellation_of(visitor)
    before = rows()
    visitor.get(visitor.page.request.path)
    assert "Cancel your appointment?" in visitor.text
    assert rows() == before


def test_cancelling_frees_the_time_and_tells_everybody_once(visitor):
    path = cancellation_of(visitor)
    asked = visitor.page
    for _ in range(3):
        visitor.page = asked
        assert visitor.send(path).status_code == 200
        assert "This appointment is cancelled" in visitor.text
    assert (rows()["cancellation"], rows()["claim"], rows()["appointment"]) == (1, 0, 1)
    occasions = db.session.scalars(select(OutgoingMessage.occasion).order_by(OutgoingMessage.occasion)).all()
    assert occasions == ["appointment_booked", "appointment_cancelled"]
    assert db.session.scalar(
        select(func.count()).select_from(AuditLine).where(AuditLine.action == "appointment.cancelled")
    ) == 1  # fmt: skip


def test_who_cancelled_is_the_bearer_of_the_link(visitor):
    path = cancellation_of(visitor)
    visitor.send(path)
    by = db.session.scalar(select(Cancellation.by))
    assert by.startswith("link:")
    assert path.split("/")[2].partition(".")[2] not in by  # the half of the token that is secret


def test_the_page_of_a_cancelled_appointment_offers_no_second_cancelling(visitor):
    path = cancellation_of(visitor)
    visitor.send(path)
    visitor.get(path)
    assert "This appointment is cancelled" in visitor.text
    assert "Cancel it" not in visitor.text


def test_what_has_begun_cannot_be_cancelled_and_says_whom_to_call(visitor):
    path = cancellation_of(visitor)
    asked, starts = visitor.page, db.session.scalar(select(Appointment.starts_at))
    with time_machine.travel(starts, tick=False):
        visitor.page = asked
        assert visitor.send(path).status_code == 409
        assert "It has already begun. Please call us" in visitor.text
        assert "0117 496 0000" in visitor.text
    assert rows()["cancellation"] == 0


def test_until_the_last_minute_it_can_be_cancelled(visitor):
    path = cancellation_of(visitor)
    asked, starts = visitor.page, db.session.scalar(select(Appointment.starts_at))
    with time_machine.travel(starts - timedelta(minutes=1), tick=False):
        visitor.page = asked
        visitor.send(path)
    assert rows()["cancellation"] == 1


def test_a_cancelled_time_can_be_booked_by_somebody_else(visitor, new_visitor):
    visitor.send(cancellation_of(visitor))
    other = new_visitor()
    book(other)
    assert "You're booked" in other.text
