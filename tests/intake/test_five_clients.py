"""The five clients the safety page must get right: Clara, Dmitri, a man under investigation, Priya, George."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from clinic.booking.models import Appointment, Claim
from clinic.core.db import db
from clinic.intake.models import Screening
from clinic.work.models import WorkItem
from tests.rows import rows
from tests.steps import TEN, book, details, screen

SLOT = f"?slot={TEN}.ana-moreau"
AT_TEN = datetime(2026, 3, 12, 10, tzinfo=UTC)
HEALTH_WORDS = (
    "blood",
    "thinner",
    "investigation",
    "doctor is still",
    "aneurysm",
    "deep tummy",
    "question",
    "No deep",
    "apixaban",
)


def take_the_alternative(visitor, name):
    """The tap on "Book this instead", and the rest of the way."""
    visitor.get(visitor.link("Book this instead"))
    visitor.post(visitor.page.request.full_path, name=name, email=f"{name.lower()}@client.test", phone="0117 496 0001")
    return visitor.send("/appointments")


def test_clara_who_ticks_nothing_books_the_release_with_somebody_trained(visitor, new_visitor, cast):
    screen(visitor)
    assert "with Ana" in visitor.page.text
    assert "with Ben" not in visitor.page.text
    book(visitor, "psoas-release", area="hip", side="right")
    assert "You're booked" in visitor.text
    assert "Light meal, empty bladder, loose shorts" in visitor.text
    ana = new_visitor()
    ana.sign_in("ana")
    ana.get("/today?on=2026-03-12")
    ana.get(ana.link("Clara Teacup"))
    assert "Right" in ana.text
    assert "a release may be given" in ana.text


def test_dmitri_on_a_blood_thinner_books_the_alternative_at_the_same_time_with_the_same_therapist(visitor, cast):
    screen(visitor, "blood_thinner", query=SLOT)
    assert "We leave out deep tummy work for you" in visitor.text
    take_the_alternative(visitor, "Dmitri")
    appointment = db.session.scalar(select(Appointment))
    assert appointment.treatment_id == cast.alternative.id
    assert (appointment.starts_at, appointment.therapist_id) == (AT_TEN, cast.ana.id)


def test_dmitri_cannot_book_the_release_by_hand(visitor):
    screen(visitor, "blood_thinner")
    details(visitor, "massage")
    page = visitor.send("/appointments", treatment="psoas-release", slot=f"{TEN}.ana-moreau")
    assert page.status_code == 409
    assert "we leave out deep tummy work" in visitor.text
    assert rows()["appointment"] == rows()["claim"] == 0


def test_nobody_books_a_release_by_hand_without_the_safety_page(visitor):
    details(visitor, "massage")
    page = visitor.send("/appointments", treatment="psoas-release", slot=f"{TEN}.ana-moreau")
    assert page.status_code == 409
    assert "Answer the safety page first" in visitor.text
    assert rows()["appointment"] == 0


def test_reception_sees_no_reason_on_any_page_of_dmitris(visitor, new_visitor):
    screen(visitor, "blood_thinner", query=SLOT)
    take_the_alternative(visitor, "Dmitri")
    for name in ("rosa", "olu"):
        staff = new_visitor()
        staff.sign_in(name)
        pages = [staff.get("/today?on=2026-03-12").text, staff.get(staff.link("Dmitri")).text]
        assert not [word for page in pages for word in HEALTH_WORDS if word in page]


def test_dmitri_with_sudden_groin_pain_is_an_emergency(visitor):
    page = screen(visitor, "blood_thinner", "groin_locked", query=SLOT)
    assert "Get help now" in visitor.text
    assert "Go to A&E now. Don't drive yourself." in visitor.text
    assert page.status_code == 200


def test_a_man_under_investigation_gets_the_alternative_and_a_call_before(visitor, new_visitor, cast):
    screen(visitor, "tummy_unexplained", query=SLOT)
    assert "Ana will ring you before your visit" in visitor.text
    take_the_alternative(visitor, "Walter")
    call = db.session.scalar(select(WorkItem))
    assert (call.owner_id, call.done_at) == (cast.ana.account_id, None)
    assert call.due_at == datetime(2026, 3, 11, 10, tzinfo=UTC)  # a day before
    for name in ("ana", "rosa"):
        staff = new_visitor()
        staff.sign_in(name)
        staff.get("/today?on=2026-03-12")
        assert "Ring before the visit" in staff.text


def test_priya_numb_since_yesterday_is_sent_to_hospital_and_leaves_nothing_behind(visitor):
    visitor.get(f"/treatments/psoas-release/safety{SLOT}")
    before = rows()
    screen(visitor, "saddle_or_leg", query=SLOT)
    assert "Go to A&E now. Don't drive yourself. If you can't get there, call 999." in visitor.text
    assert "Unsure: call 111." in visitor.text
    assert rows() == before


def test_priya_is_sent_to_hospital_whatever_else_is_blank_or_wrong(visitor):
    visitor.get(f"/treatments/psoas-release/safety{SLOT}")
    before = rows()
    page = visitor.post(f"/treatments/psoas-release/safety{SLOT}", now=["none", "saddle_or_leg"], who="nonsense")
    assert page.status_code == 200
    assert "Go to A&E now" in visitor.text
    assert "<form" not in page.text
    assert rows() == before


def test_an_emergency_also_forgets_what_was_answered_before(visitor):
    screen(visitor, "pregnant")
    assert rows()["screening"] == 1
    screen(visitor, "chest_or_sudden")
    assert "Call 999 now." in visitor.text
    assert rows()["screening"] == 0


@pytest.mark.parametrize(("ticks", "booked"), [([], "Psoas release"), (["aneurysm_risk"], "Hips without tummy work")])
def test_george_of_67_books_the_release_with_a_normal_scan_and_the_alternative_without(visitor, ticks, booked):
    screen(visitor, *ticks, query=SLOT)
    if ticks:
        take_the_alternative(visitor, "George")
    else:
        book(visitor, "psoas-release")
    assert "You're booked" in visitor.text
    assert booked in visitor.text
    assert rows()["work_item"] == 0


def test_answers_belong_to_the_booking_and_are_sealed(visitor):
    screen(visitor, "tummy_unexplained", query=SLOT)
    take_the_alternative(visitor, "Walter")
    screening = db.session.scalar(select(Screening))
    assert screening.visit_digest is None
    assert b"tummy" not in screening.answers_sealed
    assert screening.ticks == ["tummy_unexplained"]
    assert len(db.session.scalars(select(Claim)).all()) == 3
