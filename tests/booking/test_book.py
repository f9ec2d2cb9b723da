"""A stranger books: page, record, outbox and audit."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from clinic.booking.models import Appointment, Cancellation, Claim
from clinic.core.audit import AuditLine
from clinic.core.db import db, writing
from clinic.messages.models import OutgoingMessage
from clinic.treatments.models import Treatment
from tests.steps import TEN, WHO, book, details, screen


def test_a_stranger_books_and_sees_what_happens_next(visitor):
    page = book(visitor)
    assert page.status_code == 200
    assert "You're booked" in visitor.text
    assert "Thursday 12 March, 10am–11am" in visitor.text


def test_a_booking_claims_therapist_room_and_client(visitor, cast):
    book(visitor)
    appointment = db.session.scalar(select(Appointment))
    minutes = sorted((c.ends_at - c.starts_at).seconds // 60 for c in db.session.scalars(select(Claim)))
    assert appointment.therapist_id == cast.ana.id
    assert minutes == [60, 70, 75]  # the client; the room and its cleaning; the therapist and their rest


def test_a_booking_queues_its_mail_and_writes_its_audit_line(visitor):
    book(visitor)
    appointment = db.session.scalar(select(Appointment))
    assert db.session.scalars(select(OutgoingMessage.occasion)).all() == ["appointment_booked"]
    lines = db.session.execute(select(AuditLine.action, AuditLine.subject, AuditLine.actor)).all()
    assert lines == [("appointment.booked", f"appointment:{appointment.id}", "guest")]


def test_a_release_leads_to_the_safety_page_first(visitor):
    visitor.get(f"/treatments/psoas-release/details?slot={TEN}.ana-moreau")
    assert "Is this safe for you?" in visitor.text
    screen(visitor, query=f"?slot={TEN}.ana-moreau")
    assert "Thursday 12 March, 10am" in visitor.text  # the time tapped first is kept


def test_a_cancelled_time_is_free_at_once(visitor, new_visitor):
    book(visitor)
    visitor.get(visitor.link("Cancel it"))
    visitor.send(visitor.page.request.path)
    assert "This appointment is cancelled" in visitor.text
    assert db.session.scalar(select(func.count()).select_from(Claim)) == 0
    assert db.session.scalar(select(func.count()).select_from(Cancellation)) == 1
    assert "You're booked" in (book(other := new_visitor()), other.text)[1]


@pytest.mark.parametrize("at", ["20260312T1000Z", "20260312T1015Z", "20260312T0930Z"])
def test_a_time_lost_keeps_the_details_and_offers_three_others(visitor, new_visitor, at):
    other = new_visitor()
    other.get(f"/treatments/massage/details?slot={at}.ana-moreau")
    other.post(f"/treatments/massage/details?slot={at}.ana-moreau", **WHO, word="it hurts on stairs")
    book(visitor)
    page = other.send("/appointments")
    assert page.status_code == 409
    assert "it hurts on stairs" in page.text
    assert page.text.count('name="slot"') == 3


def test_a_time_offered_instead_says_with_whom_before_one_tap_books_it(visitor, new_visitor):
    details(other := new_visitor())
    book(visitor)
    other.send("/appointments")
    offered = other.text.partition("One tap books the nearest:")[2].partition("All times")[0]
    names = {"ana-moreau": "Ana", "ben-okafor": "Ben"}
    assert [word for word in offered.split() if word in names.values()] == [
        names[slot.partition(".")[2]] for slot in other.slots
    ]


def test_preparation_takes_the_therapist_and_the_room_before_it_begins_and_not_the_client(visitor, new_visitor, cast):
    with writing():
        db.session.execute(update(Treatment).where(Treatment.slug == "massage").values(preparation_minutes=20))
        db.session.commit()
    book(visitor)
    starts = sorted(claim.starts_at for claim in db.session.scalars(select(Claim)))
    at = db.session.scalar(select(Appointment)).starts_at
    assert [at - start for start in starts] == [timedelta(minutes=20), timedelta(minutes=20), timedelta()]
    book(other := new_visitor(), at="20260312T0815Z")
    assert "We are not open" in other.text
    assert (
        book(other, at="20260312T1130Z").status_code == 409
    )  # its preparation would begin at 11:10, Ana rests until 11:15
    assert book(other, at="20260312T1145Z").status_code == 200
