"""What the clinic is called and says is set by its owner, and read by clients at once."""

import pytest
import sqlalchemy as sa

from clinic.core.audit import AuditLine
from clinic.core.db import db
from clinic.places.models import Clinic
from tests.steps import book

PAGE = "/clinic/identity"


@pytest.fixture
def olu(visitor):
    visitor.sign_in("olu")
    visitor.get(PAGE)
    return visitor


def kept():
    return db.session.get(Clinic, 1)


def test_clients_read_new_words_at_once(olu, new_visitor):
    client = new_visitor()
    client.get("/")
    olu.send(PAGE, tagline="Breathe out", phone="0117 496 0999")
    client.get("/")
    assert "Breathe out" in client.text
    assert "0117 496 0999" in client.text


def test_a_privacy_notice_has_its_page_and_says_our_words_until_the_clinic_writes_its_own(olu, new_visitor):
    client = new_visitor()
    client.get("/")
    assert "Test Clinic keeps what we need" in client.get(client.link("Privacy")).text
    olu.send(PAGE, privacy_words="We keep little.\n\n<b>Ask</b> us.")
    client.get("/")
    page = client.get(client.link("Privacy"))
    assert "We keep little." in page.text
    assert "Test Clinic keeps" not in page.text
    assert "&lt;b&gt;Ask" in page.text


def test_rules_hold_for_the_next_booking(olu, new_visitor):
    olu.send(PAGE, client_most_a_day="1", reminder_hours="3, 48 3", change_notice_hours="0")
    assert (kept().client_most_a_day, kept().reminder_hours, kept().change_notice_hours) == (1, [48, 3], 0)
    book(new_visitor())


def test_what_was_changed_stands_there_with_who_changed_it(olu):
    olu.send(PAGE, hold_minutes="15", missed_rule="deposit", tells_of_delays="")
    assert "A tapped time is kept, in minutes: from “10” to “15”" in olu.text
    assert "What happens then?: from “Ask them to call” to “Tell them about a deposit”" in olu.text
    line = db.session.scalars(sa.select(AuditLine).where(AuditLine.action == "clinic.changed")).one()
    assert line.detail["before"] == {"hold_minutes": 10, "missed_rule": "call", "tells_of_delays": True}


def test_saving_the_page_as_it_stands_changes_nothing(olu):
    olu.send(PAGE)
    assert db.session.scalars(sa.select(AuditLine).where(AuditLine.action == "clinic.changed")).all() == []


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": " "}, "This cannot be empty."),
        ({"phone": ""}, "This cannot be empty."),
        ({"email": "nobody"}, "email"),
        ({"hold_minutes": "1"}, "Enter 2 to 60."),
        ({"reminder_hours": "soon"}, "Enter up to four numbers of hours"),
        ({"reminder_hours": "1 2 3 4 5"}, "Enter up to four numbers of hours"),
        ({"reminder_hours": "0"}, "Enter up to four numbers of hours"),
        ({"missed_rule": "shout"}, "Choose one of these."),
        ({"accent": "teal"}, "Choose a colour such as #1d5c63."),
        ({"privacy_words": "x" * 6001}, "6000 characters"),
    ],
)
def test_what_cannot_be_kept_is_said_at_its_field(olu, typed, sentence):
    answer = olu.send(PAGE, **{"tagline": "As typed", **typed})
    assert (answer.status_code, sentence in olu.text, "As typed" in answer.text) == (422, True, True)
    assert kept().tagline == "Rest here"


def test_what_is_not_in_the_form_is_not_set_by_sending_it(olu):
    olu.send(PAGE, currency="USD", country="US", demo="y", name="Still ours")
    assert (kept().name, kept().currency, kept().country, kept().demo) == ("Still ours", "GBP", "GB", False)


def test_a_colour_of_their_own_is_kept_and_the_green_we_began_with_is_none(olu):
    olu.send(PAGE, accent="#7A2048")
    assert kept().accent == "#7a2048"
    assert "Your colour: from nothing to “#7a2048”" in olu.text
    olu.send(PAGE, accent="#1d5c63")
    assert kept().accent == ""


def test_a_colour_nobody_can_read_words_on_is_refused_and_the_nearest_that_works_is_taken_by_saving(olu):
    answer = olu.send(PAGE, accent="#ff8800")
    assert (answer.status_code, kept().accent) == (422, "")
    assert "The nearest that works stands here now: #a05500." in olu.text
    olu.send(PAGE)
    assert kept().accent == "#a05500"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"pain_amber_from": "6", "pain_red_from": "6"}, "Enter more than for the pain to watch."),
        ({"check_in_hours": "12"}, "Enter 24 to 72, or 0 for never."),
        ({"plan_silence_days": "61"}, "Enter 0 to 60."),
    ],
)
def test_what_cannot_hold_for_plans_at_home_is_said_at_its_field(olu, typed, told):
    olu.send(PAGE, **typed)
    assert olu.page.status_code == 422
    assert told in olu.text


def test_what_holds_for_plans_at_home_is_the_clinics_to_set(olu):
    olu.send(
        PAGE, pain_amber_from="3", pain_red_from="7", plan_silence_days="0", check_in_hours="0", shows_practice="y"
    )
    found = kept()
    assert (found.pain_amber_from, found.pain_red_from) == (3, 7)
    assert (found.plan_silence_days, found.check_in_hours, found.shows_practice) == (0, 0, True)
