"""How a client is getting on, told by their link before a visit, and what becomes of it on the note."""

import json
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select, update

from clinic.booking.models import Appointment
from clinic.booking.operations import link_of
from clinic.core.audit import AuditLine
from clinic.core.db import db, writing
from clinic.notes.models import MeasuresTold
from clinic.places.models import Clinic
from tests.accounts import with_account
from tests.conftest import NOW
from tests.letterbox import Letterbox, text_of
from tests.notes.conftest import AFTERWARDS, WORDS
from tests.steps import book
from tests.visitor import fields_of

TOLD = {"pain_on_arrival": "5", "pain_worst": "8", "hours_seated": "9,5", "global_change": "-1"}


def ask(asks=True):
    with writing():
        db.session.execute(update(Clinic).values(asks_measures=asks))
        db.session.commit()


def kept():
    return [json.loads(one.answers) for one in db.session.scalars(select(MeasuresTold))]


@pytest.fixture
def link(cast, appointment):
    ask()
    return f"/appointments/{link_of(db.session, appointment.id).token}"


def tell(visitor, link, **answers):
    visitor.get(f"{link}/measures")
    return visitor.send(f"{link}/measures", **answers)


def test_what_is_told_is_kept_sealed_and_never_shown_again(link, visitor, appointment):
    page = tell(visitor, link, **TOLD)
    assert (page.status_code, "Ana will read it before your visit" in visitor.text) == (200, True)
    assert kept() == [{"pain_on_arrival": 5, "pain_worst": 8, "hours_seated": 9.5, "global_change": -1}]
    assert b"pain" not in db.session.scalar(select(MeasuresTold.answers_sealed))
    again = fields_of(visitor.get(f"{link}/measures").text)
    assert {again[name] for name in TOLD} == {""}
    assert "9.5" not in visitor.get(link).text
    line = db.session.scalar(select(AuditLine).where(AuditLine.action == "measures.told"))
    assert (line.subject, line.actor.partition(":")[0], line.detail) == (f"appointment:{appointment.id}", "link", {})


def test_told_again_the_last_time_counts(link, visitor):
    tell(visitor, link, **TOLD)
    tell(visitor, link, pain_on_arrival="2")
    assert kept() == [{"pain_on_arrival": 2}]


def test_nothing_has_to_be_answered_but_one(link, visitor):
    assert tell(visitor, link).status_code == 422
    assert "Answer one of these." in visitor.text
    assert tell(visitor, link, practice_days="0").status_code == 200
    assert kept() == [{"practice_days": 0}]


@pytest.mark.parametrize(
    "wrong", [{"pain_worst": "11"}, {"hours_seated": "25"}, {"practice_days": "2.5"}, {"hours_seated": "much"}]
)
def test_what_cannot_be_is_told_at_its_field_with_the_rest_kept_on_the_page(link, visitor, wrong):
    page = tell(visitor, link, **{**TOLD, **wrong})
    assert page.status_code == 422
    assert fields_of(page.text)["pain_on_arrival"] == "5"
    assert "<title>Error:" in page.text
    assert kept() == []


def test_it_asks_six_questions_and_sends_what_is_new_to_the_check_of_the_day(link, visitor):
    visitor.get(f"{link}/measures")
    assert visitor.page.text.count("<legend>") + visitor.page.text.count('<label for="hours') == 4
    assert visitor.link("Tell us what has changed") == f"{link}/health-check"


def test_a_clinic_that_does_not_ask_has_no_such_page(link, visitor):
    ask(asks=False)
    assert visitor.get(f"{link}/measures").request.path == link
    assert "How are you getting on" not in visitor.text


def test_it_is_asked_in_the_last_three_days_until_the_visit_begins(link, visitor, appointment):
    for at, asked in ((timedelta(hours=-73), False), (timedelta(hours=-71), True)):
        with time_machine.travel(appointment.starts_at + at, tick=False):
            assert (visitor.get(f"{link}/measures").request.path != link) is asked
    visitor.get(f"{link}/measures")
    with time_machine.travel(appointment.starts_at, tick=False):
        page = visitor.send(f"{link}/measures", **TOLD)
        assert (page.status_code, "Your visit has begun" in visitor.text) == (409, True)
        assert "Your visit has begun" in visitor.get(f"{link}/measures").text
    assert kept() == []


def test_the_page_of_the_visit_leads_there_until_it_was_told(link, visitor):
    visitor.get(link)
    assert visitor.link("How are you getting on?") == f"{link}/measures"
    tell(visitor, link, **TOLD)
    visitor.get(link)
    assert "How are you getting on?" not in visitor.text


def reminded(app):
    """What the reminder says, two days before."""
    box, then = Letterbox(), NOW + timedelta(hours=2)
    with time_machine.travel(then, tick=False):
        box.round(app, then)
    return next(text for mail in box.mails if "A reminder of your appointment" in (text := text_of(mail)))


@pytest.mark.parametrize(("asks", "forms"), [(False, "3 short forms"), (True, "4 short forms")])
def test_the_reminder_counts_it_among_the_forms_and_says_nothing_more(app, cast, new_visitor, asks, forms):
    ask(asks)
    book(new_visitor(), at="20260313T1000Z")
    text = reminded(app)
    assert forms in text
    assert "getting on" not in text
    assert "pain" not in text.lower()


def test_in_their_account_it_stands_beside_the_visit(app, cast, visitor):
    ask()
    with_account(app, visitor)
    visitor.get("/my")
    tell(visitor, visitor.link("Tell how you are getting on").removesuffix("/measures"), **TOLD)
    visitor.get("/my")
    assert "Tell how you are getting on" not in visitor.text


def note_of(new_visitor, path, at=AFTERWARDS):
    ana = new_visitor()
    with time_machine.travel(at, tick=False):
        ana.sign_in("ana")
        ana.get(path)
    return ana


def test_the_note_begins_with_what_was_told_and_says_so(link, visitor, path, new_visitor, appointment):
    with time_machine.travel(appointment.starts_at - timedelta(hours=1), tick=False):
        tell(visitor, link, **TOLD)
    ana = note_of(new_visitor, path)
    fields = fields_of(ana.page.text)
    assert (fields["pain_on_arrival"], fields["pain_worst"], fields["hours_seated"]) == ("5", "8", "9.5")
    assert "Told by them on Thursday 12 March, 9am: Pain on arrival: 5" in ana.text


def test_pain_of_another_day_is_told_and_not_taken_for_pain_on_arrival(link, visitor, path, new_visitor):
    tell(visitor, link, **TOLD)
    ana = note_of(new_visitor, path)
    fields = fields_of(ana.page.text)
    assert (fields["pain_on_arrival"], fields["pain_worst"]) == ("", "8")
    assert "Told by them on Wednesday 11 March" in ana.text


def test_what_the_therapist_wrote_stays_and_what_they_took_away_does_not_come_back(
    link, visitor, path, new_visitor, later
):
    ana = note_of(new_visitor, path)
    ana.send(f"{path}/draft", **WORDS, pain_worst="7")
    later.move_to(NOW + timedelta(hours=2))
    db.session.rollback()
    with writing():
        db.session.execute(update(MeasuresTold).values(told_at=NOW))
        db.session.commit()
    tell(visitor, link, **TOLD)
    later.move_to(AFTERWARDS)
    ana.get(path)
    assert fields_of(ana.page.text)["pain_worst"] == "7"
    ana.send(f"{path}/draft", hours_seated="")
    assert fields_of(ana.get(path).text)["hours_seated"] == ""


def test_a_cancelled_visit_asks_nothing(link, visitor):
    visitor.get(f"{link}/cancellation")
    visitor.send(f"{link}/cancellation")
    assert visitor.get(f"{link}/measures").request.path == link
    assert db.session.scalar(select(func.count()).select_from(MeasuresTold)) == 0


def test_the_owner_has_clients_asked_by_one_tick(cast, visitor):
    visitor.sign_in("olu")
    visitor.get("/clinic/identity")
    visitor.send("/clinic/identity", asks_measures="y")
    assert db.session.scalar(select(Clinic.asks_measures)) is True
    assert db.session.scalar(select(func.count()).select_from(Appointment)) == 0
