"""A treatment that begins with an assessment: strangers are led to it, and whoever had it books by their link."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from sqlalchemy import select, update

from clinic.booking.models import Appointment
from clinic.core.db import db, writing
from clinic.people.models import Client
from clinic.treatments.models import Treatment
from tests.conftest import NOW
from tests.steps import TEN, book, details

AFTER, BEFORE = "20260313T1000Z", "20260311T1200Z"  # Friday and Wednesday; the assessment is on Thursday


@pytest.fixture(autouse=True)
def assessed_first(cast):
    """Hips without tummy work asks for a massage in the six months before it."""
    with writing():
        asks = {"assessment_id": cast.massage.id, "assessment_months": 6}
        db.session.execute(update(Treatment).where(Treatment.id == cast.alternative.id).values(**asks))
        db.session.commit()


def hips(visitor, at=AFTER):
    return details(visitor, "hips-without-tummy", at=at)


def refused(visitor, at=AFTER):
    """Whether this time leads to the page of the assessment."""
    visitor.get(f"/treatments/hips-without-tummy/details?minutes=60&slot={at}.ana-moreau")
    return "Your first visit is an assessment" in visitor.text


def follow(visitor):
    """The button on the page of the assessment."""
    token = urlsplit(visitor.page.request.path).path.split("/")[2]
    return visitor.post(f"/appointments/{token}/following", treatment="hips-without-tummy")


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
    assert "Your first visit is an assessment" in stranger.text
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
    assert "Your first visit is an assessment" in visitor.text
    assert visitor.post(f"/appointments/{token}/move", slot=f"{BEFORE}.ana-moreau").status_code == 409
    visitor.get(f"/appointments/{token}/move?slot=20260316T1000Z.ana-moreau")
    assert visitor.send(f"/appointments/{token}/move").status_code == 200


def test_without_the_rule_nothing_is_asked(visitor, cast):
    with writing():
        db.session.execute(update(Treatment).values(assessment_id=None))
        db.session.commit()
    assert book(visitor, "hips-without-tummy", at=TEN).status_code == 200
    assert visitor.get("/treatments/hips-without-tummy/assessment").request.path.endswith("/times")
