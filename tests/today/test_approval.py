"""A treatment whose therapist says yes first: the time is taken meanwhile, and the client hears either way."""

import re
from datetime import timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import func, select, update

from clinic.booking.models import Appointment, Claim
from clinic.core.audit import AuditLine
from clinic.core.db import db, writing
from clinic.treatments.models import Treatment
from tests.conftest import NOW
from tests.letterbox import Letterbox, calendar_of, text_of
from tests.steps import TEN, book, details

LATER = "20260312T1400Z"
FIRST = "Ana looks at each booking of this treatment first: we will confirm yours by mail."


def ask_for_massages(*, asks=True):
    with writing():
        db.session.execute(update(Treatment).where(Treatment.slug == "massage").values(needs_approval=asks))
        db.session.commit()


@pytest.fixture(autouse=True)
def approved_first(cast):
    ask_for_massages()


@pytest.fixture
def box(app):
    """Rounds of the worker; what it sent last."""
    letters = Letterbox()

    def subjects_and_texts():
        letters.mails.clear()
        letters.round(app, NOW)
        return [(mail["Subject"].partition(":")[0], text_of(mail)) for mail in letters.mails]

    return subjects_and_texts


def signed_in(new_visitor, name):
    visitor = new_visitor()
    visitor.sign_in(name)
    return visitor


def buttons(visitor):
    return re.findall(r'action="(/work/\d+/(?:approval|refusal))[?"]', visitor.page.text)


def test_the_client_is_told_that_it_is_looked_at_first(visitor, box):
    book(visitor)
    assert "Ana looks at it first: we will confirm it by mail." in visitor.text
    assert "Your time is kept" in visitor.text
    assert "You're booked" not in visitor.text
    ((subject, text),) = box()
    assert subject == "Kept for you"
    assert "you get a mail as soon as it is confirmed" in text
    assert db.session.scalar(select(func.count()).select_from(Claim)) == 3


def test_yes_is_said_once_and_mailed(visitor, new_visitor, box):
    book(visitor)
    box()
    ana = signed_in(new_visitor, "ana")
    assert "Clara Teacup Say yes or no · Thursday 12 March, 10am" in ana.text
    yes, _no = buttons(ana)
    ana.post(yes, at=TEN)
    assert buttons(ana) == []
    ana.post(yes, at=TEN)
    ((subject, text),) = box()
    assert subject == "Confirmed"
    assert "Your appointment is confirmed." in text
    assert "assage" not in text
    visitor.get(visitor.page.request.path)
    assert "looks at it first" not in visitor.text
    lines = db.session.scalars(select(AuditLine.action).where(AuditLine.action == "appointment.approved")).all()
    assert len(lines) == 1


def test_no_cancels_it_and_the_client_hears(visitor, new_visitor, box):
    book(visitor)
    box()
    ana = signed_in(new_visitor, "ana")
    ana.post(buttons(ana)[1], at=TEN)
    assert buttons(ana) == []
    ((subject, text),) = box()
    assert subject == "Cancelled"
    assert "We are sorry: this appointment cannot take place" in text
    assert db.session.scalar(select(func.count()).select_from(Claim)) == 0
    assert db.session.scalar(select(Appointment)).approval.done_at == NOW


def test_only_who_is_asked_may_answer_and_a_call_is_not_an_answer(visitor, new_visitor):
    book(visitor)
    ana = signed_in(new_visitor, "ana")
    yes, no = buttons(ana)
    for name in ("ben", "rosa", "olu"):
        other = signed_in(new_visitor, name)
        assert buttons(other) == []
        assert {other.post(path, at=TEN).status_code for path in (yes, no)} == {404}
    assert "Clara Teacup Say yes or no" in signed_in(new_visitor, "rosa").text
    assert ana.post(yes.replace("approval", "completion")).status_code == 404


def test_a_cancelled_booking_asks_nobody(visitor, new_visitor):
    book(visitor)
    visitor.get(visitor.link("Cancel it"))
    visitor.send(visitor.page.request.path)
    assert buttons(signed_in(new_visitor, "ana")) == []


def test_a_move_asks_again_whoever_gives_it_then(visitor, new_visitor, box):
    book(visitor)
    ana = signed_in(new_visitor, "ana")
    ana.post(buttons(ana)[0], at=TEN)
    box()
    visitor.get(visitor.link("Move it"))
    address = visitor.page.request.path
    visitor.get(f"{address}?slot={LATER}.ben-okafor")
    assert "Ben looks at the new time first: we will confirm it by mail." in visitor.text
    visitor.send(address)
    assert "Ben looks at it first" in visitor.text
    ((subject, text),) = box()
    assert subject == "Moved"
    assert "Ben looks at it first, and you get a mail as soon as it is confirmed" in text
    assert buttons(signed_in(new_visitor, "ana")) == []
    ben = signed_in(new_visitor, "ben")
    ben.post(buttons(ben)[0], at=LATER)
    assert [subject for subject, _ in box()] == ["Confirmed"]


def test_who_is_about_to_book_reads_first_that_it_is_looked_at(visitor):
    details(visitor)
    assert FIRST in visitor.text
    visitor.send("/appointments")
    visitor.get(f"{visitor.page.request.path}/again?slot={LATER}.ana-moreau")
    assert FIRST in visitor.text


def test_a_move_of_what_nobody_was_asked_about_promises_no_answer(visitor):
    ask_for_massages(asks=False)
    book(visitor)
    ask_for_massages()
    visitor.get(f"{visitor.page.request.path}/move?slot={LATER}.ben-okafor")
    assert "Move it here?" in visitor.text
    assert "looks at" not in visitor.text


@pytest.mark.parametrize("answer", [0, 1])
def test_an_answer_is_to_the_time_that_was_on_the_page(visitor, new_visitor, box, answer):
    book(visitor)
    box()
    ana = signed_in(new_visitor, "ana")
    seen = buttons(ana)[answer], re.search(r'name="at" value="(\w+)"', ana.page.text)[1]
    visitor.get(visitor.link("Move it"))
    address = visitor.page.request.path
    visitor.get(f"{address}?slot={LATER}.ana-moreau")
    visitor.send(address)
    ana.post(seen[0], at=seen[1])
    assert "It has been moved meanwhile. Look at its new time, then say yes or no." in ana.text
    assert "Clara Teacup Say yes or no · Thursday 12 March, 2pm" in ana.text
    assert [subject for subject, _ in box()] == ["Moved"]
    ana.post(buttons(ana)[0], at=LATER)
    assert [subject for subject, _ in box()] == ["Confirmed"]


def test_a_calendar_holds_it_as_tentative_until_somebody_said_yes(app, visitor, new_visitor):
    letters, said = Letterbox(), []
    book(visitor)
    letters.round(app, NOW)
    ana = signed_in(new_visitor, "ana")
    ana.post(buttons(ana)[0], at=TEN)
    letters.round(app, NOW)
    for mail in letters.mails:
        (event,) = Calendar.from_ical(calendar_of(mail)).events
        said.append((event["status"], event["sequence"]))
    assert said == [("TENTATIVE", 0), ("CONFIRMED", 1)]


def test_nobody_is_asked_whether_they_come_before_somebody_said_yes(app, visitor):
    book(visitor)
    letters = Letterbox()
    letters.round(app, NOW)
    letters.round(app, db.session.scalar(select(Appointment.starts_at)) - timedelta(hours=1))
    assert [mail["Subject"].partition(":")[0] for mail in letters.mails] == ["Kept for you"]


def test_what_needs_no_approval_asks_nobody(visitor, new_visitor):
    book(visitor, "hips-without-tummy")
    assert "looks at it first" not in visitor.text
    assert buttons(signed_in(new_visitor, "ana")) == []
