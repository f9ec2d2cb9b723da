"""A treatment that begins with an assessment: strangers are led to it, and whoever had it books by their link."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select, update

from clinic.booking.models import Appointment, Cancellation
from clinic.booking.operations import ASSESS
from clinic.core.db import db, writing
from clinic.people.models import Client
from clinic.treatments.models import Treatment
from tests.booking.assessed import HIPS, ask_first, follow, the, work_waiting
from tests.conftest import NOW
from tests.letterbox import Letterbox
from tests.rows import rows
from tests.steps import TEN, book, details

AFTER, BEFORE = "20260313T1000Z", "20260311T1200Z"  # Friday and Wednesday; the assessment is on Thursday
HIPS_DETAILS = f"/treatments/{HIPS}/details?minutes=60&slot={AFTER}.ana-moreau"


@pytest.fixture(autouse=True)
def assessed_first(cast):
    """Hips without tummy work asks for a massage in the six months before it."""
    ask_first(cast)


def hips(visitor, at=AFTER):
    return details(visitor, "hips-without-tummy", at=at)


def refused(visitor, at=AFTER):
    """Whether this time leads to the page of the assessment."""
    visitor.get(f"/treatments/hips-without-tummy/details?minutes=60&slot={at}.ana-moreau")
    return "An assessment comes first" in visitor.text


def test_a_stranger_is_led_to_the_assessment_and_its_next_three_times(visitor):
    assert refused(visitor)
    assert visitor.page.request.path == "/treatments/hips-without-tummy/assessment"
    assert visitor.page.text.count('class="time"') == 3
    visitor.get("/treatments/hips-without-tummy/times")
    visitor.get(visitor.link("Its next times"))
    assert "After an assessment in the last 6 months" in visitor.text


def test_a_name_and_an_address_that_were_assessed_prove_nothing(visitor, new_visitor):
    book(visitor)
    stranger = new_visitor()
    assert refused(stranger)
    hips(stranger)  # sent all the same
    assert stranger.send("/appointments").status_code == 409
    assert "An assessment comes first" in stranger.text
    stranger.get(stranger.link("What we can do"))
    assert "Its next times" not in stranger.text
    assert "Been here before?" in stranger.text
    assert len(db.session.scalars(select(Appointment)).all()) == 1


def test_what_follows_is_booked_from_the_page_of_the_assessment_for_the_same_client(visitor):
    book(visitor)
    assert "Then book: Hips without tummy work" in visitor.text
    follow(visitor)
    assert "When suits you?" in visitor.text
    assert 'value="20260312' not in visitor.page.text
    hips(visitor)
    assert "Is this right?" in visitor.text
    assert visitor.send("/appointments").status_code == 200
    assert "You're booked" in visitor.text
    assert len(db.session.scalars(select(Client)).all()) == 1


@pytest.mark.parametrize(
    ("mended", "sentence"),
    [
        ({"name": "Clara Teacup"}, "The assessment was for Clara Teacpu, so this is too."),
        ({"email": "clara@saucer.test"}, "Use the address of your assessment, clara@client.test."),
    ],
)
def test_whoever_mends_their_name_or_address_is_told_at_once_and_keeps_what_they_typed(visitor, mended, sentence):
    was = {"name": "Clara Teacpu", "email": "clara@client.test"}
    book(visitor, **was)
    follow(visitor)
    visitor.get(HIPS_DETAILS)
    assert "Only whoever had the assessment can book this." in visitor.text
    for path in (HIPS_DETAILS, "/appointments"):
        assert visitor.send(path, word="It hurts on stairs", **mended).status_code == 422
        assert sentence in visitor.text
        assert "It hurts on stairs" in visitor.text
        visitor.send(HIPS_DETAILS, **was)
        assert "Is this right?" in visitor.text
    assert visitor.send("/appointments").status_code == 200
    assert len(db.session.scalars(select(Client)).all()) == 1


def test_what_needs_no_assessment_is_booked_for_somebody_else_in_the_same_visit(visitor):
    book(visitor)
    follow(visitor)
    visitor.get("/treatments/massage/details?minutes=60&slot=20260312T1400Z.ana-moreau")
    assert "It joins your appointments. For somebody else, type their name and email." in visitor.text
    assert book(visitor, at="20260312T1400Z", name="Dmitri Saucer").status_code == 200
    assert {one.name for one in db.session.scalars(select(Client))} == {"Clara Teacup", "Dmitri Saucer"}


def test_it_does_not_come_before_the_assessment_nor_long_after_it(visitor):
    book(visitor)
    follow(visitor)
    assert refused(visitor, BEFORE)
    with writing():
        long_ago = db.session.scalar(select(Appointment)).starts_at - timedelta(days=200)
        db.session.execute(update(Appointment).values(starts_at=long_ago, ends_at=long_ago + timedelta(hours=1)))
        db.session.commit()
    assert refused(visitor)


def test_a_cancelled_assessment_opens_nothing(visitor):
    book(visitor)
    booked = visitor.page.request.path
    follow(visitor)
    visitor.get(f"{booked}/cancellation")
    visitor.send(f"{booked}/cancellation")
    assert "Then book" not in visitor.text
    assert refused(visitor)


def test_the_visit_is_known_for_an_hour(visitor):
    book(visitor)
    follow(visitor)
    with time_machine.travel(NOW + timedelta(minutes=61), tick=False):
        assert refused(visitor)


def test_a_treatment_of_its_own_is_not_opened(visitor):
    book(visitor)
    token = visitor.page.request.path.split("/")[2]
    assert visitor.post(f"/appointments/{token}/following", treatment="massage").status_code == 404


def test_what_follows_is_not_moved_before_its_assessment(visitor):
    book(visitor)
    follow(visitor)
    hips(visitor)
    visitor.send("/appointments")
    token = visitor.page.request.path.split("/")[2]
    visitor.get(f"/appointments/{token}/move?slot={BEFORE}.ana-moreau")
    assert "An assessment comes first" in visitor.text
    assert visitor.post(f"/appointments/{token}/move", slot=f"{BEFORE}.ana-moreau").status_code == 409
    visitor.get(f"/appointments/{token}/move?slot=20260316T1000Z.ana-moreau")
    assert visitor.send(f"/appointments/{token}/move").status_code == 200


def test_without_the_rule_nothing_is_asked(visitor, cast):
    with writing():
        db.session.execute(update(Treatment).values(assessment_id=None))
        db.session.commit()
    assert book(visitor, "hips-without-tummy", at=TEN).status_code == 200
    assert visitor.get("/treatments/hips-without-tummy/assessment").request.path.endswith("/times")


def both_booked(visitor):
    """An assessment, and what follows it, a day later; the address of the assessment."""
    book(visitor)
    assessment = visitor.page.request.path
    follow(visitor)
    hips(visitor)
    visitor.send("/appointments")
    return assessment


def standing():
    """When what is not cancelled begins."""
    found = select(Appointment.starts_at).outerjoin(Cancellation).where(Cancellation.appointment_id.is_(None))
    return sorted(f"{at:%Y%m%dT%H%MZ}" for at in db.session.scalars(found))


def subject_of_what_follows():
    return f"appointment:{the(HIPS)}"


def test_whoever_cancels_an_assessment_is_told_what_needs_it_and_may_cancel_that_in_the_same_click(app, visitor):
    assessment = both_booked(visitor)
    visitor.get(f"{assessment}/cancellation")
    assert "Hips without tummy work on Friday 13 March, 10am, needs this assessment before it." in visitor.text
    asked = visitor.page
    for _ in range(2):
        visitor.page = asked
        visitor.send(f"{assessment}/cancellation")
        assert "This appointment is cancelled" in visitor.text
    assert (standing(), work_waiting()) == ([], [])
    assert rows()["claim"] == 0
    box = Letterbox()
    box.round(app, NOW)
    assert sum("ancelled" in mail["Subject"] for mail in box.mails) == 2


def test_what_the_client_keeps_waits_for_the_desk_until_it_is_moved_or_called_off(visitor, new_visitor):
    assessment = both_booked(visitor)
    hips_page = visitor.page.request.path
    visitor.get(f"{assessment}/cancellation")
    visitor.post(f"{assessment}/cancellation")
    assert standing() == [AFTER]
    assert work_waiting() == [(ASSESS, subject_of_what_follows())]
    rosa = new_visitor()
    rosa.sign_in("rosa")
    rosa.get("/work")
    assert "Book an assessment before it: it has none any more" in rosa.text
    visitor.get(f"{hips_page}/cancellation")
    visitor.send(f"{hips_page}/cancellation")
    assert (standing(), work_waiting()) == ([], [])


def test_another_assessment_before_it_is_all_the_desk_was_asked_for(visitor):
    assessment = both_booked(visitor)
    visitor.get(f"{assessment}/cancellation")
    visitor.post(f"{assessment}/cancellation")
    assert work_waiting() == [(ASSESS, subject_of_what_follows())]
    book(visitor, at="20260312T1400Z")
    assert (standing(), work_waiting()) == (["20260312T1400Z", AFTER], [])


@pytest.mark.parametrize("too", [True, False])
def test_the_staff_are_told_first_wherever_they_cancel_it(visitor, new_visitor, too):
    both_booked(visitor)
    rosa = new_visitor()
    rosa.sign_in("rosa")
    first = db.session.scalar(select(Appointment.id).where(Appointment.treatment.has(slug="massage")))
    rosa.get("/today?on=2026-03-12")
    rosa.post(f"/diary/appointments/{first}/cancellation", ours="yes")
    assert rosa.page.request.path == f"/diary/appointments/{first}"
    assert 'name="ours" value="yes" checked' in rosa.page.text
    assert "Hips without tummy work on Friday 13 March, 10am, needs this assessment before it." in rosa.text
    assert len(standing()) == 2
    rosa.post(f"/diary/appointments/{first}/cancellation", told="yes", **({"following": "yes"} if too else {}))
    assert (len(standing()), len(work_waiting())) == ((0, 0) if too else (1, 1))
    rosa.post(f"/diary/appointments/{first}/attendance/undoing", step="cancelled")
    assert (len(standing()), work_waiting()) == (1 if too else 2, [])


def test_what_another_assessment_opens_too_is_left_alone(visitor):
    assessment = both_booked(visitor)
    follow_again = visitor.page.request.path
    visitor.get(assessment)
    follow(visitor)
    book(visitor, at="20260312T1400Z")
    visitor.get(f"{assessment}/cancellation")
    assert "needs this assessment" not in visitor.text
    visitor.send(f"{assessment}/cancellation")
    assert (standing(), work_waiting()) == (["20260312T1400Z", AFTER], [])
    visitor.get(f"{follow_again}/cancellation")
    assert "needs this assessment" not in visitor.text


def test_what_needs_an_assessment_that_was_missed_waits_for_the_desk_unless_that_was_a_slip(visitor, new_visitor):
    both_booked(visitor)
    first = db.session.scalar(select(Appointment).where(Appointment.treatment.has(slug="massage")))
    first_id, over = first.id, first.ends_at
    rosa = new_visitor()
    rosa.sign_in("rosa")
    with time_machine.travel(over, tick=False):
        rosa.get("/today?on=2026-03-12")
        rosa.post(f"/diary/appointments/{first_id}/attendance", step="no_show")
        assert work_waiting() == [(ASSESS, subject_of_what_follows())]
        rosa.post(f"/diary/appointments/{first_id}/attendance/undoing", step="no_show")
        assert work_waiting() == []


def test_what_needs_an_assessment_that_moved_behind_it_waits_for_the_desk_until_that_moves_back(visitor):
    assessment = both_booked(visitor)
    for slot, waits in (("20260316T1000Z", [(ASSESS, subject_of_what_follows())]), ("20260312T1400Z", [])):
        visitor.get(f"{assessment}/move?slot={slot}.ana-moreau")
        assert ("10am, needs this assessment before it." in visitor.text) == bool(waits)
        visitor.send(f"{assessment}/move")
        assert "/move" not in visitor.page.request.path
        assert work_waiting() == waits
