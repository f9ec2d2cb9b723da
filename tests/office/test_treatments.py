"""Treatments: set up by the owner in plain words, and never changed under what is booked."""

import pytest
import sqlalchemy as sa

from clinic.booking.models import Appointment
from clinic.core.db import db
from clinic.treatments.models import Treatment
from tests.steps import book

NEW = {
    "name": "Neck & shoulders",
    "minutes_1": "30",
    "price_1": "35",
    "minutes_2": "60",
    "price_2": "62.50",
    "usual": "2",
}


@pytest.fixture
def olu(visitor):
    visitor.sign_in("olu")
    return visitor


@pytest.fixture
def massage(olu, cast):
    """The page of the massage."""
    address = f"/clinic/treatments/{cast.massage.id}"
    olu.get(address)
    return address


def make(olu, **typed):
    olu.get("/clinic/treatments/new")
    return olu.send("/clinic/treatments", **{**NEW, **typed})


def kept(slug):
    return db.session.scalars(sa.select(Treatment).where(Treatment.slug == slug)).one()


def test_a_new_treatment_is_booked_at_once(olu, new_visitor):
    make(olu)
    made = kept("neck-shoulders")
    assert [(one.minutes, one.price_minor, one.usual) for one in made.lengths] == [(30, 3500, False), (60, 6250, True)]
    book(new_visitor(), "neck-shoulders", minutes=60)
    assert db.session.scalar(sa.select(Appointment.price_minor)) == 6250


def test_its_address_stays_when_its_name_changes_and_is_never_shared(olu):
    make(olu)
    make(olu)
    assert kept("neck-shoulders-2").name == "Neck & shoulders"
    address = f"/clinic/treatments/{kept('neck-shoulders').id}"
    olu.get(address)
    olu.send(address, name="Neck")
    assert kept("neck-shoulders").name == "Neck"


def test_what_is_booked_keeps_its_price_and_its_length(olu, massage, new_visitor):
    book(new_visitor())
    booked = sa.select(Appointment.price_minor, Appointment.starts_at, Appointment.ends_at)
    before = db.session.execute(booked).one()
    olu.get(massage)
    olu.send(massage, minutes_1="45", price_1="51", minutes_2="", price_2="", rest_minutes="30")
    assert [(one.minutes, one.price_minor, one.usual) for one in kept("massage").lengths] == [(45, 5100, True)]
    assert db.session.execute(booked).one() == before
    assert "Lengths and prices: from 30 min £35, 60 min £60 to 45 min £51" in olu.text
    assert "Rest, in minutes: from “15” to “30”" in olu.text


def test_a_page_that_is_saved_as_it_stands_changes_nothing(olu, cast):
    for one in (cast.massage, cast.release, cast.alternative):
        address = f"/clinic/treatments/{one.id}"
        olu.get(address)
        assert olu.send(address).status_code == 200
        assert "Last changes" not in olu.text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": ""}, "This cannot be empty."),
        ({"minutes_1": "", "price_1": "", "minutes_2": "", "price_2": ""}, "Enter at least one length and its price."),
        ({"minutes_1": "five"}, "Enter a whole number."),
        ({"minutes_1": "5"}, "Enter 10 to 240."),
        ({"minutes_1": "31"}, "Enter 10 to 240 minutes, in steps of five."),
        ({"minutes_1": "60"}, "This length stands there already."),
        ({"minutes_1": ""}, "Enter 10 to 240 minutes, in steps of five."),
        ({"price_1": ""}, "Enter a price such as 68.50."),
        ({"price_1": "-3"}, "Enter a price such as 68.50."),
        ({"price_1": "3.555"}, "Enter a price such as 68.50."),
        ({"rest_minutes": "61"}, "Enter 0 to 60."),
        ({"rest_minutes": ""}, "This cannot be empty."),
        ({"cleaning_minutes": "-1"}, "Enter 0 to 60."),
        ({"preparation_minutes": "9" * 400}, "Enter 0 to 60."),
        ({"preparation_minutes": "9" * 5000}, "Enter a whole number."),
        ({"grid_minutes": "7"}, "Choose one of these."),
        ({"room_kind": "pool"}, "Choose one of these."),
        ({"activity": ""}, "Choose one of these."),
        ({"assessment_id": "x"}, "Choose one of these."),
        ({"is_release": "y", "least_level": "3"}, "A release needs level 4 or above."),
        ({"is_release": "y"}, "A release needs a training."),
        ({"is_release": "y", "activity": "massage"}, "A release needs insurance that names deep tummy work"),
        ({"is_release": "y"}, "Choose what is offered instead of this release."),
    ],
)
def test_what_cannot_be_kept_is_said_at_its_field_and_what_was_typed_stays(olu, typed, sentence):
    answer = make(olu, **{"words": "As typed", **typed})
    assert (answer.status_code, sentence in olu.text, "As typed" in olu.text) == (422, True, True)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Treatment)) == 3


def test_a_release_that_has_all_it_needs_is_kept(olu, cast):
    make(olu, is_release="y", training="psoas_release", activity="abdominal", alternative_id=str(cast.massage.id))
    made = kept("neck-shoulders")
    assert (made.is_release, made.alternative_id, made.least_level) == (True, cast.massage.id, 4)


def test_a_release_cannot_lose_its_safety_page(olu, cast):
    address = f"/clinic/treatments/{cast.release.id}"
    olu.get(address)
    answer = olu.send(address, is_release="")
    assert (answer.status_code, "A release stays one." in olu.text) == (422, True)
    assert kept("psoas-release").is_release


def test_what_is_offered_instead_of_a_release_cannot_become_one(olu, cast):
    address = f"/clinic/treatments/{cast.alternative.id}"
    olu.get(address)
    olu.send(address, is_release="y", training="psoas_release", alternative_id=str(cast.massage.id))
    assert "Psoas release is replaced by this one" in olu.text


def test_an_assessment_cannot_ask_for_one_itself(olu, massage, cast):
    olu.send(massage, assessment_id=str(cast.alternative.id))
    address = f"/clinic/treatments/{cast.alternative.id}"
    olu.get(address)
    answer = olu.send(address, assessment_id=str(cast.massage.id))
    assert (answer.status_code, "An assessment cannot ask for an assessment itself." in olu.text) == (422, True)


def test_a_withdrawn_treatment_is_not_offered_and_can_be_offered_again(olu, massage, new_visitor):
    olu.post(f"{massage}/withdrawal")
    assert new_visitor().get("/treatments/massage/times").status_code == 404
    assert "Offered: from yes to no" in olu.text
    olu.post(f"{massage}/offer")
    assert new_visitor().get("/treatments/massage/times").status_code == 200


def test_what_others_lead_to_is_not_withdrawn_under_them(olu, cast):
    answer = olu.post(f"/clinic/treatments/{cast.alternative.id}/withdrawal")
    assert (answer.status_code, "Psoas release sends people to this one." in olu.text) == (409, True)
    assert kept("hips-without-tummy").offered


def test_a_column_that_is_not_in_the_form_is_not_set_by_sending_it(olu, massage, cast):
    olu.send(massage, id="99", slug="stolen", offered="", treatment_id="1", name="Massage still")
    found = kept("massage")
    assert (found.id, found.name, found.offered) == (cast.massage.id, "Massage still", True)


def test_the_list_says_what_nobody_can_book(olu):
    make(olu, activity="pregnancy")
    make(olu, name="Couples", room_kind="two_tables")
    olu.get("/clinic/treatments")
    assert "Nobody listed may give it today" in olu.text
    assert "No room in use is fit for it" in olu.text
