"""The day sheet's buttons: how far a visit has come, undo, cancel; to each what is theirs."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from clinic.booking.models import Appointment, Attendance, Cancellation, Claim
from clinic.booking.rules import STEPS
from clinic.core import clock
from clinic.core.db import db
from tests.conftest import NOW
from tests.letterbox import Letterbox, text_of
from tests.steps import book
from tests.visitor import fields_of

TEN = NOW + timedelta(days=1, hours=1)
THURSDAY = "/today?on=2026-03-12"


@pytest.fixture
def at_ten(new_visitor, cast):
    """Clara with Ana, Dora with Ben; it is ten to ten, and Rosa looks at the day."""
    book(new_visitor(), therapist="ana-moreau")
    book(new_visitor(), therapist="ben-okafor", at="20260312T1000Z", name="Dora Ladle", email="dora@client.test")
    with time_machine.travel(TEN - timedelta(minutes=10), tick=False) as clock:
        yield clock


@pytest.fixture
def rosa(at_ten, new_visitor):
    visitor = new_visitor()
    visitor.sign_in("rosa")
    visitor.get("/today")
    return visitor


def of(name):
    return db.session.scalar(select(Appointment).where(Appointment.client.has(name=name)))


def path(name, way="attendance"):
    return f"/diary/appointments/{of(name).id}/{way}"


def press(visitor, way, name="Clara Teacup", **fields):
    """As the button on the day sheet does, which names the page to come back to."""
    return visitor.post(f"{path(name, way)}?next={THURSDAY}", **fields)


def states():
    found = select(Attendance.state).where(Attendance.undone_at.is_(None))
    return sorted(db.session.scalars(found), key=STEPS.index)


def test_one_tap_says_that_they_are_here_and_the_next_tap_that_it_began(rosa, at_ten):
    assert ">Arrived<" in rosa.page.text
    press(rosa, "attendance", step="arrived")
    assert "Clara Teacup arrived. Undo" in rosa.text
    assert "Arrived 9:50am Started : Clara Teacup" in rosa.text
    at_ten.shift(timedelta(minutes=12))
    press(rosa, "attendance", step="started")
    assert "Started 10:02am Finished : Clara Teacup" in rosa.text
    press(rosa, "attendance", step="finished")
    assert "Finished 10:02am" in rosa.text
    assert states() == ["arrived", "started", "finished"]
    assert len({row.by for row in db.session.scalars(select(Attendance))}) == 1


def test_what_was_done_is_said_once(rosa):
    press(rosa, "attendance", step="arrived")
    rosa.get("/today")
    assert "Clara Teacup arrived." not in rosa.text
    assert "Arrived 9:50am" in rosa.text


def test_a_slip_is_undone_by_the_button_beside_what_was_done(rosa):
    press(rosa, "attendance", step="arrived")
    undoing = fields_of(rosa.page.text)["csrf_token"]
    rosa.post(path("Clara Teacup", "attendance/undoing"), step="arrived", csrf_token=undoing)
    assert "Undone for Clara Teacup." in rosa.text
    assert "Arrived 9:50am" not in rosa.text
    assert states() == []


def test_whoever_did_not_come_is_marked_once_it_should_have_begun(rosa, at_ten):
    assert "Did not come" not in rosa.text
    press(rosa, "attendance", step="no_show")
    assert "It has not begun yet. If they are not coming, cancel it." in rosa.text
    assert states() == []
    at_ten.shift(timedelta(minutes=30))
    press(rosa, "attendance", step="no_show")
    assert "Clara Teacup did not come. Undo" in rosa.text
    assert states() == ["no_show"]


def test_names_are_hidden_in_what_was_done_too(rosa):
    rosa.post("/today/names", hidden="yes")
    press(rosa, "attendance", step="arrived")
    assert "C. T. arrived." in rosa.text
    assert "Clara" not in rosa.text


def test_reception_cancels_for_a_client_and_puts_a_slip_back(rosa):
    press(rosa, "cancellation")
    assert "The visit of Clara Teacup is cancelled. Undo" in rosa.text
    assert "Dora Ladle" in rosa.text
    assert db.session.scalar(select(Cancellation.late)) is True
    press(rosa, "attendance/undoing", step="cancelled")
    assert "Undone for Clara Teacup." in rosa.text
    assert db.session.scalar(select(Cancellation.late)) is None
    assert len(db.session.scalars(select(Claim)).all()) == 6


def test_what_the_clinic_calls_off_is_not_the_clients_doing(rosa):
    press(rosa, "cancellation", ours="yes")
    assert db.session.scalar(select(Cancellation.late)) is False


def test_a_client_whom_the_clinic_cancels_is_told_by_whom(app, rosa):
    press(rosa, "cancellation")
    letters = Letterbox()
    letters.round(app, clock.now())
    (text,) = [text_of(mail) for mail in letters.mails if mail["Subject"].startswith("Cancelled")]
    assert "We have cancelled this appointment: Thursday 12 March, 10am" in text
    assert "we are sorry, and would gladly find another time with you" in text


def test_what_has_begun_is_not_cancelled(rosa, at_ten):
    at_ten.shift(timedelta(minutes=30))
    press(rosa, "cancellation")
    assert "It has already begun." in rosa.text
    assert db.session.scalar(select(Cancellation)) is None


@pytest.mark.parametrize("way", ["attendance", "attendance/undoing", "cancellation"])
def test_a_therapist_changes_their_own_visits_alone(at_ten, new_visitor, way):
    ana = new_visitor()
    ana.sign_in("ana")
    other = ana.post(path("Dora Ladle", way), step="arrived")
    absent = ana.post(f"/diary/appointments/{of('Dora Ladle').client_id}/{way}", step="arrived")
    assert (other.status_code, other.data) == (404, absent.data)
    assert ana.post(path("Clara Teacup"), step="arrived").status_code == 200
    assert states() == ["arrived"]


def test_it_comes_back_to_the_page_it_was_said_on_and_to_no_other_house(rosa):
    rosa.post(f"{path('Clara Teacup')}?next=/diary?on=2026-03-12", step="arrived")
    assert rosa.page.request.path == "/diary"
    assert "Clara Teacup arrived." in rosa.text
    rosa.post(f"{path('Clara Teacup')}?next=//elsewhere.test/", step="started")
    assert rosa.page.request.path == "/today"


def test_a_step_that_is_none_is_refused(rosa):
    for step in ("", "cancelled", "gone"):
        assert rosa.post(path("Clara Teacup"), step=step).status_code == 400


def test_the_appointments_own_page_has_the_buttons_and_who_said_what(rosa):
    press(rosa, "attendance", step="arrived")
    rosa.get(f"/diary/appointments/{of('Clara Teacup').id}")
    assert "How far it has come Arrived 9:50am Started" in rosa.text
    assert "Arrived Thursday 12 March, 9:50am · Rosa" in rosa.text


def test_a_therapist_runs_late_and_everybody_sees_since_when(rosa, new_visitor, at_ten):
    rosa.post(f"/diary/delays?next={THURSDAY}", therapist="ana-moreau", minutes="15")
    assert "Ana runs 15 minutes late told at 9:50am" in rosa.text
    ana = new_visitor()
    ana.sign_in("ana")
    ana.get("/today")
    assert "Ana runs 15 minutes late" in ana.text
    at_ten.shift(timedelta(minutes=5))
    ana.post("/diary/delays", therapist="ana-moreau", minutes="0")
    assert "minutes late" not in ana.text.replace("Minutes late", "")


@pytest.mark.parametrize("minutes", ["", "-5", "181", "soon", "9999999", "1.5"])
def test_minutes_that_cannot_be_read_are_asked_again(rosa, minutes):
    rosa.post("/diary/delays", therapist="ana-moreau", minutes=minutes)
    assert "Type the minutes as a number from 0 to 180." in rosa.text


def test_a_therapist_says_it_for_themselves_alone(at_ten, new_visitor):
    ana = new_visitor()
    ana.sign_in("ana")
    assert ana.post("/diary/delays", therapist="ben-okafor", minutes="15").status_code == 404
    assert ana.post("/diary/delays", therapist="nobody", minutes="15").status_code == 404
