"""The page that says why a time is not offered: in words, with links to what is in the way."""

import re
from pathlib import Path

import pytest
from sqlalchemy import select, update

from clinic.booking import reason_words
from clinic.booking.models import Appointment
from clinic.booking.programme import whole_programme
from clinic.booking.reasons import Asked, Reason
from clinic.core.db import db, writing
from clinic.people.models import Therapist
from clinic.treatments.models import Treatment
from tests.conftest import NOW
from tests.house.test_statements import make_busy, statements
from tests.steps import book

SOURCE = (Path(__file__).parent.parent.parent / "clinic/booking/reasons.py").read_text()
PAGE = "/diary/reasons?treatment=massage&minutes=60&therapist={who}&at={at}"


def page(visitor, who="ana-moreau", at="20260312T1000Z"):
    visitor.get(PAGE.format(who=who, at=at))
    return visitor.text


@pytest.fixture
def staff(new_visitor):
    def sign_in(name):
        visitor = new_visitor()
        visitor.sign_in(name)
        return visitor

    return sign_in


def test_a_time_that_is_offered_says_so_and_leads_to_booking_it(staff, cast):
    rosa = staff("rosa")
    assert "It is offered." in page(rosa)
    rosa.get(rosa.link("Book it"))
    assert rosa.page.status_code == 200
    assert "Ana Moreau" in rosa.text


def test_who_is_in_the_way_is_named_to_whoever_may_know_and_leads_to_their_appointment(staff, new_visitor, cast):
    book(new_visitor())
    appointment = db.session.scalar(select(Appointment.id))
    for name in ("rosa", "olu", "ana"):
        told = staff(name)
        assert "1 reason Ana Moreau has an appointment then. 10am–11am · Clara Teacup" in page(told)
        assert told.link("Clara Teacup") == f"/diary/appointments/{appointment}"
    ben = staff("ben")
    assert "10am–11am · appointment of Ana Moreau" in page(ben)
    assert "Clara" not in ben.page.text
    assert str(appointment) not in ben.page.text
    rosa = staff("rosa")
    rosa.post("/today/names", hidden="yes")
    page(rosa)
    assert "Clara" not in rosa.page.text


def test_all_reasons_stand_on_the_page_each_with_where_it_is_set(staff, new_visitor, cast):
    book(new_visitor(), at="20260312T1100Z")
    with writing():
        db.session.execute(
            update(Treatment).where(Treatment.slug == "massage").values(notice_minutes=3000, offered=False)
        )
        db.session.execute(update(Therapist).where(Therapist.id == cast.ana.id).values(listed=False))
        db.session.commit()
    told = page(staff("rosa"), at="20260312T1007Z")
    for words in (
        "5 reasons",
        "Massage is not offered online.",
        "Ana Moreau is not listed for booking.",
        "Set in the treatment's notice: 3000 minutes",
        "Set in the treatment's grid: every 15 minutes",
        "has an appointment then. 11am–midday · Clara Teacup",
    ):
        assert words in told, words


def test_a_private_block_is_named_to_its_therapist_alone(staff, cast):
    ana = staff("ana")
    ana.get("/diary/blocks/new?at=20260312T1000Z&minutes=60")
    ana.send("/diary/blocks", kind="private", words="the dentist", weeks="1")
    assert "10am–11am · Private: the dentist" in page(ana)
    rosa, ben = staff("rosa"), staff("ben")
    assert "10am–11am · Private" in page(rosa)
    assert "10am–11am · blocked" in page(ben)
    assert "dentist" not in rosa.page.text + ben.page.text


@pytest.mark.parametrize(
    "query",
    ["", "?treatment=massage", "?treatment=x&therapist=y&at=z", "?treatment=massage&therapist=ana-moreau&day=x&time=y"],
)
def test_what_names_no_time_asks_for_one(staff, cast, query):
    rosa = staff("rosa")
    assert rosa.get(f"/diary/reasons{query}").status_code == 200
    assert "Choose a treatment, a therapist and a time" in rosa.text


def test_a_day_and_a_time_as_the_form_sends_them_are_on_the_clock_on_the_wall(staff, cast):
    rosa = staff("rosa")
    rosa.get("/diary/reasons?treatment=massage&minutes=60&therapist=ana-moreau&day=2026-03-30&time=09:00")
    assert "Monday 30 March, 9am" in rosa.text
    assert "It is offered." in rosa.text


def test_every_reason_has_a_sentence_of_its_own(app, cast):
    found = set(re.findall(r'(?:Reason\(|return |if isinstance\(way.what, Appointment\) else )"(\w+)"', SOURCE))
    codes = found | {"therapist_taken", "past", "too_soon", "too_far", "outside_hours", "off_grid"}
    codes |= {"most_a_day", "deep_enough", "releases_apart"}
    codes |= {f"{kind}_{how}" for kind in reason_words.OF_PAPERS for how in ("missing", "lapsed")}
    assert len(codes) >= 26
    with app.test_request_context():
        known = whole_programme(db.session)
        asked = Asked(known.treatment("massage"), 60, known.therapist("ana-moreau"), NOW)
        said = [reason_words.sentence(Reason(code), asked, known, "Europe/London") for code in codes]
        assert len(set(said)) == len(said)
        assert all(reason_words.where(Reason(code), asked, known) is not None for code in codes)


def test_the_page_asks_the_database_as_often_at_a_busy_clinic_as_at_an_empty_one(visitor, cast):
    visitor.sign_in("rosa")
    address = PAGE.format(who="ana-moreau", at="20260312T0900Z")
    before = statements(visitor, address)
    make_busy(cast)
    assert statements(visitor, address) == before
