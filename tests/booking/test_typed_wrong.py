"""Whatever is typed or sent, the answer is a sentence, and nothing typed is lost."""

import html

import pytest
from sqlalchemy import select

from clinic.booking.models import Appointment
from clinic.core.db import db
from clinic.people.models import Client
from tests.rows import rows
from tests.steps import TEN, book, details, screen

TYPED = {"name": "Clara Teacup", "email": "clara@client.test", "phone": "0117 496 0001", "word": "It hurts on stairs"}
ADDRESS = f"/treatments/massage/details?minutes=60&slot={TEN}.ana-moreau"


def sent(visitor, **changed):
    """The check page, sent with something changed."""
    details(visitor, **TYPED)
    return visitor.send("/appointments", **changed)


@pytest.mark.parametrize(
    ("changed", "status", "sentence"),
    [
        ({"slot": "20260310T1000Z.ana-moreau"}, 409, "That time is in the past."),
        ({"slot": "20260311T1000Z.ana-moreau"}, 409, "too soon to book online"),
        ({"slot": "20260312T1003Z.ana-moreau"}, 409, "do not start at that minute"),
        ({"slot": "20260312T0600Z.ana-moreau"}, 409, "not open for that whole time"),
        ({"slot": "20260312T1630Z.ana-moreau"}, 409, "not open for that whole time"),
        ({"slot": "20280312T1000Z.ana-moreau"}, 409, "further ahead than we book online"),
        ({"slot": f"{TEN}.ben-okafor", "treatment": "psoas-release"}, 409, "Answer the safety page first"),
        ({"name": "   "}, 422, "Enter your name."),
        ({"name": "\0"}, 422, "Enter your name."),
        ({"name": "C" * 121}, 422, "Shorten this to 120 characters or fewer."),
        ({"email": "nobody"}, 422, "Enter an email address like name@example.com."),
        ({"email": "a@b"}, 422, "Enter an email address like name@example.com."),
        ({"email": "a@b.test\nBcc: c@d.test"}, 422, "Enter an email address like name@example.com."),
        ({"phone": "call me"}, 422, "Enter a phone number with its area code, or leave it empty."),
        ({"word": "w" * 1001}, 422, "Shorten this to 1000 characters or fewer."),
        ({"area": "heart"}, 422, "Choose one of these, or none."),
        ({"side": "top"}, 422, "Choose one of these, or none."),
    ],
)
def test_what_cannot_be_booked_is_told_and_the_rest_kept(visitor, changed, status, sentence):
    page = sent(visitor, **changed)
    assert page.status_code == status
    assert sentence in visitor.text
    assert rows()["appointment"] == 0
    if "treatment" not in changed:
        assert not [text for name, text in TYPED.items() if name not in changed and text not in page.text]


@pytest.mark.parametrize(
    ("changed", "status", "sentence"),
    [
        ({"treatment": "cupping"}, 404, "We do not offer that treatment."),
        ({"treatment": ""}, 404, "We do not offer that treatment."),
        ({"slot": f"{TEN}.nobody"}, 409, "That time could not be read."),
        ({"slot": TEN}, 409, "That time could not be read."),
        ({"slot": "tomorrow"}, 409, "That time could not be read."),
        ({"slot": "20261312T1000Z.ana-moreau"}, 409, "That time could not be read."),
        ({"slot": "00010101T0000Z.ana-moreau"}, 409, "That time could not be read."),
        ({"slot": "99991231T2359Z.ana-moreau"}, 409, "That time could not be read."),
        ({"slot": ""}, 409, "That time could not be read."),
        ({"minutes": "47"}, 409, "We do not offer that length"),
        ({"minutes": "-60"}, 409, "We do not offer that length"),
        ({"minutes": "6e1"}, 409, "We do not offer that length"),
        ({"minutes": ""}, 409, "We do not offer that length"),
        ({"key": ""}, 422, "There is a problem"),
    ],
)
def test_what_no_page_of_ours_sends_is_answered_with_a_sentence(visitor, changed, status, sentence):
    page = sent(visitor, **changed)
    assert page.status_code == status
    assert sentence in visitor.text
    assert rows()["appointment"] == 0


def test_a_mail_address_that_few_servers_take_is_pointed_out(visitor):
    page = visitor.post(ADDRESS, **{**TYPED, "email": "clåra@client.test"})
    assert page.status_code == 422
    assert "Enter an email address like name@example.com." in visitor.text


@pytest.mark.parametrize(
    ("phone", "sentence"),
    [
        ("", "Enter your phone number: we ring you before your visit."),
        ("call me", "Enter a phone number with its area code."),
        ("0117" + "." * 30 + "4960001", "Shorten this to 40 characters or fewer."),
    ],
)
def test_whoever_is_rung_before_the_visit_is_asked_for_a_number_that_can_be_kept(visitor, phone, sentence):
    screen(visitor, "under_18", query=f"?minutes=60&slot={TEN}.ana-moreau")
    address = visitor.link("Book this instead")
    visitor.get(address)
    page = visitor.post(address, **{**TYPED, "phone": phone})
    assert page.status_code == 422
    assert sentence in visitor.text
    assert "leave it empty" not in visitor.text
    assert "It hurts on stairs" in visitor.text


def test_an_empty_form_is_told_all_that_is_missing_and_where(visitor):
    visitor.get(ADDRESS)
    page = visitor.post(ADDRESS, word="It hurts on stairs")
    assert page.status_code == 422
    assert '<a href="#name">Enter your name.</a>' in page.text
    assert '<a href="#email">Enter your email address' in page.text
    assert "<title>Error:" in page.text
    assert "It hurts on stairs" in page.text


@pytest.mark.parametrize("query", ["00010101T0000Z", "99991231T2359Z", "x", "20260312T1000Z.", "%00", "🦶"])
def test_an_address_with_a_broken_time_shows_the_times(visitor, query):
    page = visitor.get(f"/treatments/massage/details?slot={query}.ana-moreau")
    assert page.status_code == 404
    assert "That time could not be read." in visitor.text
    assert "Thursday 12 March" in visitor.text


@pytest.mark.parametrize(
    "typed",
    [
        {"name": "🦶 Clara 👩‍👩‍👧"},
        {"name": "נועה לוי", "word": "كتفي يؤلمني"},
        {"name": "O'Brien-<Smith> & Co"},
        {"name": "X"},
        {"email": "clara+hips@client.test"},
        {"email": "clara@müller.test"},
        {"phone": "+44 117 496 0001"},
        {"word": "first line\nsecond line"},
        {"area": "low_back", "side": "both"},
    ],
)
def test_unusual_people_are_booked_as_they_typed(visitor, typed):
    book(visitor, **{**TYPED, **typed})
    assert "You're booked" in visitor.text
    client = db.session.scalar(select(Client))
    kept = db.session.scalar(select(Appointment))
    found = {"name": client.name, "email": client.email, "phone": client.phone, "word": kept.word}
    found.update(area=kept.area, side=kept.side)
    assert {name: found[name] for name in typed} == typed


def test_spaces_around_and_characters_no_database_keeps_are_dropped(visitor):
    book(visitor, name="  Cla\0ra ", email=" clara@client.test ")
    client = db.session.scalar(select(Client))
    assert (client.name, client.email) == ("Clara", "clara@client.test")


def test_a_megabyte_is_too_big_and_says_so(visitor):
    visitor.get(ADDRESS)
    page = visitor.post(ADDRESS, **{**TYPED, "word": "w" * 1_000_000})
    assert page.status_code == 413
    assert "make the text or the file smaller and send it again" in visitor.text


def test_changing_the_details_keeps_all_that_was_typed(visitor):
    details(visitor, **TYPED, area="hip", side="left")
    page = visitor.send(ADDRESS, change="yes")
    assert not [text for text in TYPED.values() if html.escape(text) not in page.text]
    assert page.text.count("checked") == 2
