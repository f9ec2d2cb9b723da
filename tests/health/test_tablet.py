"""A tablet in the waiting room: handed over, it shows one appointment's health questions and nothing else."""

import json
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine

from clinic.booking.models import Appointment
from clinic.booking.operations import link_of
from clinic.consent.models import Consent
from clinic.core.audit import AuditLine
from clinic.core.db import db, writing
from clinic.people.models import Account
from clinic.places.models import Clinic
from tests.cast import PASSWORD
from tests.conftest import NOW
from tests.steps import book

STAFFS = ("/today", "/diary", "/clients", "/work", "/account", "/clinic", "/sign-in", "/sign-in/code", "/my/sign-in")
ANYBODYS = ("/", "/treatments/massage/times", "/lost-link", "/no-such-page", "/healthz")


@pytest.fixture
def booked(new_visitor):
    """Clara's appointment, and the path of its link."""
    book(new_visitor())
    found = db.session.scalar(sa.select(Appointment))
    return found.id, f"/appointments/{link_of(db.session, found.id).token}"


@pytest.fixture
def tablet(new_visitor, booked):
    """Rosa's browser, handed over to Clara."""
    rosa = new_visitor()
    rosa.sign_in("rosa")
    hand_over(rosa, booked[0])
    return rosa


def hand_over(visitor, appointment_id):
    visitor.get(f"/diary/appointments/{appointment_id}")
    return visitor.send(f"/diary/appointments/{appointment_id}/tablet", follow=False)


def opened(visitor, path):
    """The status of a page, and where it leads."""
    page = visitor._request("GET", path, follow=False)
    return page.status_code, page.headers.get("Location")


def take_back(visitor, password=PASSWORD):
    visitor.get("/tablet")
    return visitor.send("/tablet", password=password)


def change_rosa(**values):
    with writing():
        db.session.execute(sa.update(Account).where(Account.name == "Rosa").values(**values))
        db.session.commit()


def test_handing_over_leads_to_the_health_questions_of_that_appointment(new_visitor, booked):
    rosa = new_visitor()
    rosa.sign_in("rosa")
    page = hand_over(rosa, booked[0])
    assert (page.status_code, page.headers["Location"]) == (303, f"{booked[1]}/health")
    line = db.session.scalar(sa.select(AuditLine).where(AuditLine.action == "tablet.handed_over"))
    assert line.subject == f"appointment:{booked[0]}"


@pytest.mark.parametrize("path", [*STAFFS, *ANYBODYS])
def test_every_other_page_leads_to_the_one_where_it_is_given_back(tablet, booked, path):
    assert opened(tablet, path) == (303, "/tablet")


def test_neither_the_appointment_itself_nor_anybody_elses_questions_open(tablet, new_visitor, booked):
    book(new_visitor(), at="20260312T1400Z", name="Dmitri Wool", email="dmitri@client.test")
    other = db.session.scalar(sa.select(Appointment).where(Appointment.id != booked[0]))
    others = f"/appointments/{link_of(db.session, other.id).token}"
    mine = (booked[1], f"{booked[1]}/cancellation", f"{booked[1]}/healthy", f"{booked[1]}/health-checks")
    for path in (*mine, others, f"{others}/health", f"{others}/consent", f"/clients/{other.client_id}"):
        assert opened(tablet, path) == (303, "/tablet"), path


@pytest.mark.parametrize("page", ["health", "health-check", "consent"])
def test_its_own_questions_check_and_consent_open_without_the_clinics_menus(tablet, booked, page):
    answer = tablet.get(f"{booked[1]}/{page}")
    assert answer.status_code == 200
    assert answer.request.path == f"{booked[1]}/{page}"
    assert "Give the tablet back" in tablet.text
    assert 'href="/my/appointments"' not in answer.text
    assert 'href="/sign-in"' not in answer.text


def test_the_privacy_notice_that_is_accepted_on_it_can_be_read_on_it(tablet):
    with writing():
        db.session.execute(sa.update(Clinic).values(privacy_words="We keep what you tell us sealed."))
        db.session.commit()
    tablet.get("/privacy")
    assert "We keep what you tell us sealed." in tablet.text
    assert "Give the tablet back" in tablet.text


def test_where_it_is_given_back_leads_on_to_each_form(tablet, booked):
    tablet.get("/tablet")
    assert tablet.link("Your health") == f"{booked[1]}/health"
    assert tablet.link("What has changed") == f"{booked[1]}/health-check"
    assert tablet.link("Your consent") == f"{booked[1]}/consent"


def test_nothing_is_done_by_a_tablet_but_what_belongs_to_the_questions(tablet, booked):
    tablet.get("/tablet")
    for path in (f"{booked[1]}/cancellation", "/sign-in", "/sign-out", f"/diary/appointments/{booked[0]}/time"):
        assert tablet.post(path, follow=False).status_code == 403, path
        tablet.get("/tablet")
    assert db.session.get(Appointment, booked[0]).cancellation is None


def test_the_page_of_giving_it_back_names_nobody(tablet):
    page = tablet.get("/tablet")
    assert "Please give the tablet back" in tablet.text
    assert [name for name in ("Clara", "Rosa", "Ana", "rosa@") if name in page.text] == []
    assert 'href="/"' not in page.text


def test_what_the_browser_held_before_is_gone(new_visitor, booked):
    rosa = new_visitor()
    rosa.sign_in("rosa")
    before = rosa.client.get_cookie("session").value
    answer = hand_over(rosa, booked[0])
    assert rosa.client.get_cookie("session").value != before
    with rosa.client.session_transaction() as kept:
        assert set(kept) == {"handed_over"}  # nobody is signed in
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_password_of_whoever_handed_it_over_signs_them_in_again(tablet, booked):
    take_back(tablet)
    assert tablet.page.request.path == f"/diary/appointments/{booked[0]}"
    assert "Rosa" in tablet.text
    tablet.get("/today")
    assert tablet.page.request.path == "/today"


@pytest.mark.parametrize("change", [{"active": False}, {"sessions_version": 2}])
def test_an_account_that_was_closed_or_told_to_end_meanwhile_is_not_signed_in_again(tablet, booked, change):
    change_rosa(**change)
    assert take_back(tablet).status_code == 422
    assert "That password is not right" in tablet.text
    assert opened(tablet, "/today") == (303, "/tablet")


def test_a_wrong_password_and_one_of_somebody_else_are_answered_alike(tablet):
    wrong = take_back(tablet, "three odd wrong spoons")
    words = tablet.text
    nothing = take_back(tablet, "")
    assert (wrong.status_code, nothing.status_code) == (422, 422)
    assert "That password is not right. Check it and try again." in words
    assert "three odd wrong spoons" not in wrong.text


def test_tries_are_counted_together_with_those_at_the_sign_in_page(tablet, new_visitor):
    for _ in range(9):  # and one when she signed in
        assert take_back(tablet, "three odd wrong spoons").status_code == 422
    assert take_back(tablet).status_code == 429
    assert "Wait five minutes" in tablet.text
    stranger = new_visitor()
    stranger.get("/sign-in")
    assert stranger.post("/sign-in", email="rosa@clinic.test", password=PASSWORD).status_code == 429


def test_one_that_nobody_took_back_ends_signed_out(tablet, booked):
    with time_machine.travel(NOW + timedelta(hours=1, minutes=59), tick=False):
        assert opened(tablet, "/today") == (303, "/tablet")
    with time_machine.travel(NOW + timedelta(hours=2), tick=False):
        assert opened(tablet, "/today")[1].startswith("/sign-in")
        assert opened(tablet, "/tablet")[1].startswith("/sign-in")
        assert opened(tablet, "/")[0] == 200


def test_a_tablet_that_was_not_handed_over_is_not_given_back(visitor):
    assert opened(visitor, "/tablet")[1].startswith("/sign-in")
    visitor.get("/sign-in")
    assert visitor.post("/tablet", password=PASSWORD, follow=False).status_code == 403


def test_a_therapist_hands_over_for_their_own_appointments_alone(new_visitor, booked):
    ben = new_visitor()
    ben.sign_in("ben")
    assert ben.post(f"/diary/appointments/{booked[0]}/tablet", follow=False).status_code == 404
    assert opened(ben, "/today")[0] == 200


def test_nothing_is_handed_over_for_an_appointment_that_was_cancelled(new_visitor, booked):
    clara, rosa = new_visitor(), new_visitor()
    clara.get(f"{booked[1]}/cancellation")
    clara.send(f"{booked[1]}/cancellation")
    rosa.sign_in("rosa")
    rosa.get(f"/diary/appointments/{booked[0]}")
    assert "Hand over the tablet" not in rosa.text
    assert rosa.post(f"/diary/appointments/{booked[0]}/tablet", follow=False).status_code == 409


def test_what_is_signed_on_it_was_signed_at_the_clinic(new_visitor, release):
    appointment, link = release
    rosa = new_visitor()
    rosa.sign_in("rosa")
    hand_over(rosa, appointment.id)
    rosa.get(f"{link}/consent")
    rosa.send(f"{link}/consent", name="Clara Teacup")
    assert "Thank you, it is signed" in rosa.text
    assert json.loads(db.session.scalar(sa.select(Consent)).document)["place"] == "clinic"
