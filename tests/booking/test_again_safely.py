"""Booking the same again asks whether it is still safe: at most one tap, and never for what was not answered clean."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from sqlalchemy import select

from clinic.aftercare.queries import link_of as plan_link_of
from clinic.booking.models import Appointment
from clinic.core.db import db, writing
from clinic.intake.models import Screening
from clinic.intake.rules import ANSWER, CONFIRM, CONFIRMED_WITHIN, NOTHING, PAGE, asked_again, decide_by
from clinic.intake.safety_lists import shipped
from clinic.treatments.models import Treatment
from clinic.work.models import WorkItem
from tests.booking.again import FRIDAY_TWO, appointments, choose, near
from tests.conftest import NOW
from tests.plans import plan_for
from tests.rows import rows
from tests.steps import WHO, book, safety_page, screen
from tests.tellings import tell
from tests.visitor import fields_of

ASKED = [rule for rule in shipped() if rule.asked and rule.group in PAGE]
UNCHANGED = "Nothing on this list has changed"


@pytest.fixture
def release(visitor):
    """Clara has booked a release, with nothing to tick."""
    screen(visitor)
    book(visitor, "psoas-release", therapist="ana-moreau")
    return f"{visitor.page.request.path}/again"


def answers():
    found = db.session.scalars(select(Screening).order_by(Screening.created_at)).all()
    return [(one.answers, one.created_at, one.visit_digest) for one in found]


def test_a_release_shows_the_whole_list_and_nothing_of_what_was_answered(visitor, release):
    choose(visitor, release)
    assert UNCHANGED in visitor.text
    assert all(rule.question in visitor.text for rule in ASKED)
    assert not re.search(r"checkbox|checked|None of these", visitor.page.text)


def test_nothing_has_changed_books_and_keeps_the_answers_once_more(visitor, release):
    first, later = NOW, NOW + timedelta(hours=2)
    with time_machine.travel(later, tick=False):
        choose(visitor, release)
        asked = visitor.page
        for _ in range(3):
            visitor.page = asked
            visitor.send(release)
    assert "You're booked" in visitor.text
    assert answers() == [("[]", first, None), ("[]", later, None)]
    assert len({one.screening_id for one in appointments()}) == 2


def test_a_refused_release_leaves_no_answers_behind_and_one_tap_still_books(visitor, release, new_visitor):
    choose(visitor, release)
    asked = visitor.page
    screen(dora := new_visitor())
    book(dora, "psoas-release", at=FRIDAY_TWO, name="Dora Ladle", email="dora@client.test")
    visitor.page = asked
    assert visitor.send(release).status_code == 409
    assert len(answers()) == 2  # Clara's and Dora's
    visitor.send(release, slot=near(visitor)[0])
    assert "You're booked" in visitor.text
    assert len(answers()) == 3


def test_a_release_is_not_booked_without_the_word_that_nothing_changed(visitor, release):
    choose(visitor, release)
    fields = {name: value for name, value in fields_of(visitor.page.text).items() if name != "unchanged"}
    visitor.post(release, **fields)
    assert UNCHANGED in visitor.text
    assert rows()["appointment"] == 1


def test_something_has_changed_leads_to_the_safety_page_for_the_time_that_was_tapped(visitor, release):
    choose(visitor, release)
    visitor.get(visitor.link("Something has changed"))
    assert "Is this safe for you?" in visitor.text
    assert f"{FRIDAY_TWO}.ana-moreau" in visitor.page.request.full_path


def test_answers_older_than_six_months_are_asked_anew(visitor, release):
    grow_old()
    choose(visitor, release)
    assert "Is this safe for you?" in visitor.text
    assert UNCHANGED not in visitor.text


def grow_old():
    """The answers are no longer such as can be confirmed."""
    with writing():
        db.session.execute(sa.update(Screening).values(created_at=NOW - CONFIRMED_WITHIN - timedelta(minutes=1)))
        db.session.commit()


def answer(visitor):
    """The safety page that came up, with nothing to tick, sent."""
    return visitor.post(visitor.page.request.full_path, **safety_page())


def by_the_mailed_link(new_visitor, path):
    """Whoever opens the link on another day, in a browser that knows nothing yet, and answers the safety page."""
    grow_old()
    other = new_visitor()
    choose(other, path)
    return other, answer(other)


def test_after_the_safety_page_the_client_is_still_known_and_types_nothing(visitor, release, new_visitor):
    other, _page = by_the_mailed_link(new_visitor, release)
    assert fields_of(other.page.text).items() >= WHO.items()
    other.send(other.page.request.full_path)
    other.send("/appointments")
    assert "You're booked" in other.text
    assert rows()["client"] == 1
    assert len({one.client_id for one in appointments()}) == 1


def test_where_something_has_changed_the_client_is_still_known(release, new_visitor):
    choose(other := new_visitor(), release)
    other.get(other.link("Something has changed"))
    answer(other)
    assert fields_of(other.page.text)["name"] == "Clara Teacup"


def test_what_they_told_before_rules_a_release_out_whatever_the_safety_page_says(release, new_visitor):
    tell(appointments()[0].client_id, "pregnant")
    other, _page = by_the_mailed_link(new_visitor, release)
    assert "Book this instead" in other.text
    book(other, "psoas-release", at=FRIDAY_TWO, therapist="ana-moreau")
    assert rows()["appointment"] == 1


def test_who_was_assessed_is_known_to_have_been_after_the_safety_page(release, new_visitor, cast):
    with writing():
        needs = sa.update(Treatment).where(Treatment.id == cast.release.id)
        db.session.execute(needs.values(assessment_id=cast.alternative.id, assessment_months=12))
        db.session.commit()
    other, _page = by_the_mailed_link(new_visitor, release)
    other.send(other.page.request.full_path)
    other.send("/appointments")
    assert "You're booked" in other.text


def test_the_plans_link_tells_nobody_whose_it_is_after_the_safety_page(release, new_visitor):
    """It is not the link of an appointment: who has it sees no name and no address of the client's."""
    with writing():
        first = appointments()[0]
        made = plan_for(first.client, first.therapist)
        token = plan_link_of(db.session, made.id).token
        db.session.commit()
    other, page = by_the_mailed_link(new_visitor, f"/plans/{token}/again")
    assert "Who is it for?" in other.text
    assert not [word for word in ("Clara", "clara@client.test") if word in page.text]


def test_the_list_that_grew_old_between_look_and_tap_books_nothing(visitor, release):
    with writing():
        db.session.execute(sa.update(Screening).values(created_at=NOW - CONFIRMED_WITHIN))
        db.session.commit()
    choose(visitor, release)
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        visitor.send(release)
    assert "Is this safe for you?" in visitor.text
    assert rows()["appointment"] == 1


def test_another_clients_answers_are_never_confirmed(visitor, new_visitor, cast):
    book(visitor)
    path = f"{visitor.page.request.path}/again"
    screen(other := new_visitor())
    book(other, "psoas-release", at="20260316T1000Z", therapist="ana-moreau")
    with writing():
        db.session.execute(
            sa.update(Appointment).where(Appointment.screening_id.is_(None)).values(treatment_id=cast.release.id)
        )
        db.session.commit()
    choose(visitor, path)
    assert "Is this safe for you?" in visitor.text


def test_the_latest_answers_count(visitor, release, cast):
    """Clean ones first, then some that rule a release out."""
    choose(visitor, release)
    visitor.send(release)
    with writing():
        earlier = db.session.scalar(select(Screening).order_by(Screening.created_at).limit(1))
        earlier.answers, earlier.created_at = '["pregnant"]', NOW + timedelta(hours=1)
        db.session.commit()
    with time_machine.travel(NOW + timedelta(hours=2), tick=False):
        choose(visitor, release, at="20260316T1000Z")
    assert UNCHANGED not in visitor.text
    assert "Is this safe for you?" in visitor.text


def test_a_call_before_the_visit_is_made_again(visitor):
    screen(visitor, "tummy_unexplained", query="?slot=20260312T1000Z.ana-moreau")
    visitor.get(visitor.link("Book this instead"))
    visitor.post(visitor.page.request.full_path, name="Walter", email="walter@client.test", phone="0117 496 0001")
    visitor.send("/appointments")
    path = f"{visitor.page.request.path}/again"
    choose(visitor, path, at="20260320T1000Z")
    assert "0117 496 0000 before you book" in visitor.text
    visitor.send(path)
    assert "Ana Moreau will ring you" in visitor.text or "Ana will ring you" in visitor.text
    assert len(db.session.scalars(select(WorkItem)).all()) == 2
    assert [answered for answered, _, _ in answers()] == ['["tummy_unexplained"]'] * 2


@pytest.mark.parametrize("question", ASKED, ids=lambda question: question.id)
def test_no_ticked_answer_is_ever_confirmed_for_a_release(question):
    decision = decide_by(shipped(), [question.id], deep=True)
    assert asked_again(decision, timedelta(), is_release=True) == ANSWER
    assert asked_again(decision, timedelta(days=9999), is_release=False) == CONFIRM


def test_what_is_asked_when_nothing_was_ticked():
    clean, old = decide_by(shipped(), [], deep=True), CONFIRMED_WITHIN + timedelta(seconds=1)
    assert asked_again(clean, CONFIRMED_WITHIN, is_release=True) == CONFIRM
    assert asked_again(clean, old, is_release=True) == ANSWER
    assert asked_again(None, timedelta(), is_release=True) == ANSWER
    assert asked_again(clean, timedelta(), is_release=False) == NOTHING
    assert asked_again(None, timedelta(), is_release=False) == NOTHING
