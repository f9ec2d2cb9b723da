"""After the visit, one screen: signed, the home plan, the next appointment, the next client."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from clinic.booking.models import Appointment
from clinic.core.db import db, writing
from tests.aftercare.steps import build, find, send
from tests.conftest import NOW
from tests.steps import book

AFTERWARDS = datetime(2026, 3, 12, 11, 30, tzinfo=UTC)


@pytest.fixture
def path(cast, new_visitor):
    book(new_visitor(), therapist="ana-moreau")
    return f"/notes/{db.session.scalar(select(Appointment.id))}"


@pytest.fixture
def later(path):
    with time_machine.travel(AFTERWARDS, tick=False) as clock:
        yield clock


@pytest.fixture
def ana(later, path, signed_in):
    """Ana, who has just signed Clara's note."""
    ana = signed_in("ana")
    ana.get(path)
    ana.send(f"{path}/signature", subjective="Sore")
    return ana


@pytest.fixture
def client_id(path):
    return db.session.scalar(select(Appointment.client_id))


def test_signing_leads_to_what_is_left_over_the_signed_note(ana, path):
    assert ana.page.request.path == f"{path}/afterwards"
    assert "Signed by Ana Moreau" in ana.text
    assert "None yet. Massage helps low backs most together with exercise." in ana.text
    assert "None is booked" in ana.text


def test_a_plan_that_is_sent_leads_back_with_its_step_ticked(ana, path, client_id, later):
    find(ana, client_id)
    build(ana, client_id, "pelvic_tilt")
    send(ana, client_id)
    assert ana.page.request.path == f"{path}/afterwards"
    assert "Home plan ✓ done Sent Thursday 12 March" in ana.text
    later.shift(timedelta(minutes=5))
    find(ana, client_id, psoas_left="acute")
    ana.get(f"{path}/afterwards")
    assert "Something was found since" in ana.text


def test_a_plan_sent_before_the_visit_is_looked_at_again_after_it(ana, path, client_id, later):
    later.move_to(AFTERWARDS - timedelta(days=3))
    ana.sign_in("ana")
    find(ana, client_id)
    build(ana, client_id, "pelvic_tilt")
    later.move_to(AFTERWARDS - timedelta(days=3))
    send(ana, client_id)
    later.move_to(AFTERWARDS)
    ana.sign_in("ana")
    ana.get(f"{path}/afterwards")
    assert "Does it still fit?" in ana.text


def test_the_next_is_booked_with_the_same_treatment_and_therapist_and_then_ticked(
    ana, path, client_id, later, new_visitor
):
    ana.get(ana.link("Book the next"))
    assert ana.page.status_code == 200
    asked = ana.page.request.args
    assert (asked["treatment"], asked["therapist"], asked["client"]) == ("massage", "ana-moreau", str(client_id))
    later.move_to(NOW)
    book(new_visitor(), therapist="ana-moreau", at="20260319T1000Z")
    later.move_to(AFTERWARDS)
    with writing():
        another = db.session.scalar(select(Appointment).order_by(Appointment.starts_at.desc()))
        another.client_id = client_id  # booked as a guest, and the same person
        db.session.commit()
    ana.get(f"{path}/afterwards")
    assert "Next appointment ✓ done Thursday 19 March, 10am" in ana.text


def test_whom_they_see_next_today_is_one_press_away(path, later, new_visitor, signed_in):
    later.move_to(NOW)
    book(new_visitor(), therapist="ana-moreau", at="20260312T1400Z", name="Dmitri Ladle", email="d@client.test")
    later.move_to(AFTERWARDS)
    ana = signed_in("ana")
    ana.get(path)
    ana.send(f"{path}/signature", subjective="Sore")
    assert ana.link("2pm Dmitri Ladle").endswith("/card")
    assert ana.get(ana.link("Your day")).status_code == 200


def test_before_the_note_is_signed_the_way_leads_to_it(later, path, signed_in):
    ana = signed_in("ana")
    assert ana.get(f"{path}/afterwards").request.path == path
