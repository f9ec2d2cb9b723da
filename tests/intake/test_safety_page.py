"""The safety page: its words, what it says of answers that cannot stand, and the ways it leads on."""

import re

import pytest
from sqlalchemy import update

from clinic.booking.models import Appointment
from clinic.core.db import db, writing
from clinic.intake.operations import forget_old_answers
from clinic.places.models import Clinic
from tests.conftest import NOW
from tests.rows import rows, whole_rows
from tests.steps import TEN, WHO, book, details, screen

PAGE = "/treatments/psoas-release/safety"
SLOT = f"?slot={TEN}.ana-moreau"


def ticked(page):
    return set(re.findall(r'<input(?=[^>]*type="checkbox")(?=[^>]*checked)[^>]*value="([^"]+)"', page.text))


def errors(page):
    """What the summary links to, and the sentences at the groups."""
    return re.findall(r'<li><a href="#(\w+)-0">([^<]+)', page.text)


def test_nothing_is_ticked_beforehand_and_the_emergency_words_stand_there(visitor):
    page = visitor.get(PAGE)
    assert ticked(page) == set()
    assert "Call 999 now." in visitor.text
    assert "Go to A&E now." in visitor.text
    assert "Not sure? Tick it." in visitor.text


def test_a_group_left_blank_is_told_and_what_was_ticked_is_kept(visitor):
    visitor.get(PAGE)
    page = visitor.post(PAGE, now=["none"], tummy=["pregnant", "aspirin"])
    assert page.status_code == 422
    assert errors(page) == [("who", "Who is coming: tick what is true, or “None of these”.")]
    assert ticked(page) == {"none", "pregnant", "aspirin"}
    assert "<title>Error:" in page.text
    assert "Call 999 now." in visitor.text
    assert rows()["screening"] == 0


def test_none_of_these_with_something_else_is_told_and_kept(visitor):
    page = screen(visitor, tummy=["none", "pregnant"])
    assert page.status_code == 422
    assert [group for group, _ in errors(page)] == ["tummy"]
    assert "Keep only what is true" in visitor.text
    assert ticked(page) >= {"none", "pregnant"}


def test_a_box_the_page_does_not_have_is_an_error_and_not_an_answer(visitor):
    page = screen(visitor, tummy=["invented"])
    assert page.status_code == 422
    assert errors(page) == [("tummy", "This list has changed. Please look at it again.")]
    assert rows()["screening"] == 0


def test_red_flags_lead_to_a_doctor_with_a_letter_and_to_no_booking(visitor):
    screen(visitor, "unwell_with_pain", "pregnant", query=SLOT)
    assert "Please see your doctor or call 111 today, before any massage. Here is a letter to take." in visitor.text
    assert "Dear doctor," in visitor.text
    assert "losing weight without trying" in visitor.text
    for slug in ("massage", "psoas-release", "hips-without-tummy"):
        details(visitor, slug)
        assert "Please see your doctor first" in visitor.text


def test_red_flags_refuse_any_booking_made_by_hand(visitor):
    details(visitor, "massage")
    asked = visitor.page
    screen(visitor, "unwell_with_pain")
    visitor.page = asked
    assert visitor.send("/appointments").status_code == 409
    assert "Please see your doctor first" in visitor.text
    assert rows()["appointment"] == 0


WORDS = {
    "GB": ("Go to A&E now", "call 999", "or call 111 today"),
    "US": ("Go to the emergency room now", "call 911", "see your doctor today"),
    "DE": ("Go to the nearest emergency department now", "call 112", "see your doctor today"),
    "IE": ("Go to A&E now", "call 112", "see your doctor today"),
}


@pytest.mark.parametrize("country", WORDS)
def test_emergency_words_name_the_numbers_of_the_country(visitor, country):
    with writing():
        db.session.execute(update(Clinic).values(country=country))
        db.session.commit()
    place, number, doctor = WORDS[country]
    screen(visitor, "saddle_or_leg")
    assert place in visitor.text
    assert number in visitor.text
    screen(visitor, "chest_or_sudden")
    assert f"{number.capitalize()} now." in visitor.text
    screen(visitor, "unwell_with_pain")
    assert doctor in visitor.text


@pytest.mark.parametrize("token", ["", "of-another-session"])
def test_an_emergency_is_answered_without_its_token_and_nothing_is_kept_or_forgotten(visitor, token):
    screen(visitor)
    before = whole_rows()
    screen(visitor, "saddle_or_leg", csrf_token=token)
    assert (visitor.page.status_code, "Go to A&E now" in visitor.text) == (200, True)
    assert screen(visitor, "aspirin", csrf_token=token).status_code == 400
    assert whole_rows() == before


def test_an_emergency_leaves_nothing_of_what_this_visit_answered_before(visitor):
    screen(visitor)
    assert rows()["screening"] == 1
    screen(visitor, "saddle_or_leg")
    assert rows()["screening"] == 0


def test_where_the_alternative_does_not_fit_the_nearest_times_are_offered(visitor, new_visitor):
    screen(visitor, "pregnant", query=SLOT)
    book(new_visitor(), "massage")
    visitor.get(f"{PAGE}/decision{SLOT}")
    assert "That very time does not fit" in visitor.text
    assert [time["treatment"] for time in visitor.times] == ["hips-without-tummy"] * 3


def test_without_a_time_the_alternative_leads_to_its_times(visitor):
    screen(visitor, "pregnant")
    visitor.get(visitor.link("See its times"))
    assert "When suits you?" in visitor.text
    assert "Hips without tummy work" in visitor.text


def test_answering_again_replaces_the_answers(visitor):
    screen(visitor, "pregnant")
    screen(visitor)
    assert rows()["screening"] == 1
    book(visitor, "psoas-release")
    assert "You're booked" in visitor.text


def test_one_answering_serves_one_booking(visitor):
    screen(visitor)
    book(visitor, "psoas-release")
    visitor.get(f"/treatments/psoas-release/details?slot={TEN}.ana-moreau")
    assert "Is this safe for you?" in visitor.text


def test_somebody_elses_answers_do_not_count(visitor, new_visitor):
    screen(visitor)
    other = new_visitor()
    other.get(f"/treatments/psoas-release/details?slot={TEN}.ana-moreau")
    assert "Is this safe for you?" in other.text


def test_answers_without_a_booking_are_gone_after_a_day_and_those_with_one_stay(visitor, new_visitor, app):
    import time_machine

    screen(visitor)
    book(visitor, "psoas-release", **WHO)
    screen(new_visitor(), "pregnant")
    tomorrow = NOW.replace(day=12, hour=10)
    with time_machine.travel(tomorrow, tick=False), writing():
        forget_old_answers(db.session, now=tomorrow)
        db.session.commit()
    assert rows()["screening"] == 1
    assert db.session.query(Appointment).one().screening is not None
