"""A client says that they are coming, by the link in the mail."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from clinic.booking.models import Appointment
from clinic.core.audit import AuditLine
from clinic.core.db import db
from tests.conftest import NOW
from tests.rows import rows
from tests.steps import book


@pytest.fixture
def path(visitor):
    """Booked for Thursday at ten, and asked whether they are coming."""
    book(visitor)
    path = f"{visitor.page.request.path}/confirmation"
    visitor.get(path)
    return path


def confirmed_at():
    return db.session.scalar(select(Appointment.confirmed_at))


def confirmations():
    return db.session.scalars(select(AuditLine.action)).all().count("appointment.confirmed")


def test_a_mail_program_that_follows_the_link_confirms_nothing(visitor, path):
    before = rows()
    for method in ("GET", "HEAD"):
        visitor._request(method, path)
    assert (confirmed_at(), rows()) == (None, before)


def test_one_button_confirms_and_it_is_kept_once(visitor, path):
    asked = visitor.page
    assert "Are you coming? Thursday 12 March, 10am, with Ana Moreau" in visitor.text
    visitor.send(path)
    assert "You have confirmed" in visitor.text
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        visitor.page = asked
        assert visitor.send(path).status_code == 200
    assert (confirmed_at(), confirmations()) == (NOW, 1)
    by = db.session.scalar(select(AuditLine.actor).where(AuditLine.action == "appointment.confirmed"))
    assert by == f"link:{path.split('/')[2].partition('.')[0]}"


def test_whoever_cannot_come_finds_the_ways_out(visitor, path):
    asked = visitor.page
    for way, heading in (("Move it", "Leave it as it is"), ("Cancel it", "Cancel your appointment?")):
        visitor.page = asked
        assert visitor.get(visitor.link(way)).status_code == 200
        assert heading.lower() in visitor.text.lower()


def test_who_has_confirmed_is_not_asked_again(visitor, path):
    visitor.send(path)
    visitor.get(path)
    assert visitor.page.request.path == path.removesuffix("/confirmation")
    assert "You have confirmed" in visitor.text


def test_what_is_cancelled_cannot_be_confirmed(visitor, path):
    asked = visitor.page
    visitor.get(visitor.link("Cancel it"))
    visitor.send(visitor.page.request.path)
    visitor.page = asked
    assert visitor.send(path).status_code == 409
    assert "This appointment is cancelled" in visitor.text
    assert (confirmed_at(), confirmations()) == (None, 0)
    visitor.get(path)
    assert visitor.page.request.path == path.removesuffix("/confirmation")


def test_what_has_begun_cannot_be_confirmed_and_says_whom_to_call(visitor, path):
    asked, starts = visitor.page, db.session.scalar(select(Appointment.starts_at))
    with time_machine.travel(starts, tick=False):
        visitor.page = asked
        assert visitor.send(path).status_code == 409
        assert "It has already begun" in visitor.text
        assert "0117 496 0000" in visitor.text
        assert "I'm coming" not in visitor.text
    assert (confirmed_at(), confirmations()) == (None, 0)


def test_a_move_asks_anew(visitor, path):
    visitor.send(path)
    appointment = path.removesuffix("/confirmation")
    visitor.get(f"{appointment}/move?slot=20260313T1400Z.ana-moreau")
    visitor.send(f"{appointment}/move")
    assert confirmed_at() is None
    assert "You have confirmed" not in visitor.text
    visitor.get(path)
    assert "Are you coming? Friday 13 March, 2pm" in visitor.text


@pytest.mark.parametrize("name", ["ana", "rosa"])
def test_the_staff_sees_who_has_confirmed(visitor, path, new_visitor, name):
    staff = new_visitor()
    staff.sign_in(name)
    staff.get("/today?on=2026-03-12")
    assert "Confirmed" not in staff.text
    visitor.send(path)
    staff.get("/today?on=2026-03-12")
    assert "Confirmed" in staff.text
    staff.get(staff.link("Clara Teacup"))
    assert "Confirmed" in staff.text
