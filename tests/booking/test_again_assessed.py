"""Booking again what begins with an assessment, long after that: the way leads to another one."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from clinic.aftercare.queries import link_of as plan_link_of
from clinic.booking.models import Appointment
from clinic.core.db import db, writing
from tests.booking.again import appointments, choose
from tests.booking.assessed import ASSESSMENT, HIPS, ask_first, follow
from tests.conftest import NOW
from tests.plans import plan_for
from tests.rows import rows
from tests.steps import WHO, book
from tests.visitor import fields_of

THURSDAY, FRIDAY, MONDAY = "20260312T1400Z", "20260313T1000Z", "20260316T1000Z"


@pytest.fixture
def path(visitor, cast):
    """Clara has booked her assessment and what follows it; the link by which she books that again."""
    ask_first(cast)
    book(visitor, at="20260311T1200Z")
    follow(visitor)
    book(visitor, HIPS, at=FRIDAY)
    assert "You're booked" in visitor.text
    return f"{visitor.page.request.path}/again"


def long_ago(days=200):
    """Both were so many days earlier; both count like an assessment for six months."""
    with writing():
        for one in db.session.scalars(select(Appointment)).all():
            one.starts_at, one.ends_at = one.starts_at - timedelta(days=days), one.ends_at - timedelta(days=days)
        db.session.commit()


def good_until(at):
    """They are good until then, to the minute."""
    with writing():
        had = at.replace(year=2025, month=at.month + 6)
        db.session.execute(update(Appointment).values(starts_at=had - timedelta(hours=1), ends_at=had))
        db.session.commit()


def led_to_an_assessment(visitor):
    assert visitor.page.request.path == ASSESSMENT
    assert "An assessment comes first" in visitor.text


def test_who_comes_back_by_an_old_mail_is_led_to_another_assessment_and_types_nothing(path, new_visitor):
    long_ago()
    other = new_visitor()
    other.get(path)
    led_to_an_assessment(other)
    assert "If yours is older, another comes first." in other.text
    other.tap(other.slots[0])
    assert fields_of(other.page.text).items() >= WHO.items()
    other.send(other.page.request.full_path)
    other.send("/appointments")
    assert "You're booked" in other.text
    assert "Then book: Hips without tummy work" in other.text
    assert rows()["client"] == 1


def test_a_time_for_which_it_will_be_too_old_leads_there_too(path, new_visitor):
    good_until(NOW.replace(day=13, hour=10))
    other = new_visitor()
    other.get(path)
    assert other.page.request.path == path
    choose(other, path, at=THURSDAY)
    assert "The same again?" in other.text
    choose(other, path, at=MONDAY)
    led_to_an_assessment(other)
    other.tap(other.slots[0])
    assert fields_of(other.page.text).items() >= WHO.items()


def test_what_lapses_between_look_and_tap_books_nothing_and_leads_there(path, new_visitor):
    other = new_visitor()
    choose(other, path, at=MONDAY)
    long_ago()
    other.send(path)
    led_to_an_assessment(other)
    assert rows()["appointment"] == 2
    other.tap(other.slots[0])
    assert fields_of(other.page.text).items() >= WHO.items()


def test_by_the_plans_link_it_leads_there_too_and_tells_nobody_whose_it_is(path, new_visitor):
    with writing():
        first = appointments()[0]
        made = plan_for(first.client, first.therapist)
        again = f"/plans/{plan_link_of(db.session, made.id).token}/again"
        db.session.commit()
    other = new_visitor()
    choose(other, again, at=MONDAY)
    asked = other.page
    long_ago()
    for step in (lambda: other.get(again), lambda: choose(other, again, at=MONDAY), lambda: other.send(again)):
        other.page = asked
        step()
        led_to_an_assessment(other)
        other.tap(other.slots[0])
        assert "Who is it for?" in other.text
        assert not [word for word in ("Clara", "clara@client.test") if word in other.page.text]
