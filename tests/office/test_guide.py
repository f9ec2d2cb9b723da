"""What is still missing before the first time can be booked."""

import pytest
import sqlalchemy as sa

from clinic.booking.models import WorkingHours
from clinic.core.db import db, writing
from clinic.office.rules.guide import Person, first_steps
from clinic.people.models import Account, Therapist
from clinic.places.models import Clinic, Location
from clinic.qualifications.models import Verification

ALL = {"phone", "location", "room", "treatment", "therapist", "qualification", "insurance", "hours"}
UNCHECKED = ["qualification_missing", "insurance_missing", "training_missing"]
UNINSURED = ["insurance_lapsed"]


def missing(*, phone=True, locations=1, rooms=1, treatments=1, people=()):
    steps = first_steps(phone=phone, locations=locations, rooms=rooms, treatments=treatments, people=people)
    return {one.code for one in steps if not one.done}


@pytest.mark.parametrize(
    ("people", "lacks"),
    [
        ([], {"therapist", "qualification", "insurance", "hours"}),
        ([Person([], has_hours=False)], {"qualification", "insurance", "hours"}),
        ([Person([UNCHECKED], has_hours=False)], {"qualification", "insurance", "hours"}),
        ([Person([UNCHECKED], has_hours=True)], {"qualification", "insurance"}),
        ([Person([UNINSURED], has_hours=True)], {"insurance"}),
        ([Person([UNCHECKED, UNINSURED], has_hours=True)], {"insurance"}),
        ([Person([[]], has_hours=False)], {"hours"}),
        ([Person([[]], has_hours=False), Person([UNCHECKED], has_hours=True)], {"hours"}),
        ([Person([UNCHECKED, []], has_hours=True)], set()),
    ],
)
def test_of_therapists_one_has_to_have_all_of_it(people, lacks):
    assert missing(people=people) == lacks


def test_without_a_phone_number_it_is_missing():
    assert missing(phone=False, people=[Person([[]], has_hours=True)]) == {"phone"}


@pytest.mark.parametrize("one", ["locations", "rooms", "treatments"])
def test_without_any_of_these_it_is_missing(one):
    ready = [Person([[]], has_hours=True)]
    assert missing(people=ready, **{one: 0}) == {one.removesuffix("s")}


def test_an_empty_clinic_lacks_all_of_it_and_is_told_in_order():
    steps = first_steps(phone=False, locations=0, rooms=0, treatments=0, people=[])
    assert [one.code for one in steps] == [
        "phone",
        "location",
        "room",
        "treatment",
        "therapist",
        "qualification",
        "insurance",
        "hours",
    ]
    assert {one.code for one in steps if not one.done} == ALL


def test_a_clinic_that_can_be_booked_has_no_guide(visitor):
    visitor.sign_in("olu")
    visitor.get("/clinic")
    assert "Until the first time can be booked" not in visitor.text


def test_what_is_missing_leads_to_where_it_is_done(visitor, cast):
    with writing():
        db.session.execute(sa.delete(WorkingHours))
        db.session.commit()
    visitor.sign_in("olu")
    visitor.get("/clinic")
    assert "Until the first time can be booked" in visitor.text
    assert visitor.link("○ Working hours") == "/clinic/hours"
    assert visitor.link("✓ A room") == "/clinic/rooms"
    assert visitor.link("✓ A qualification that was checked") == "/qualifications"


@pytest.mark.parametrize(
    ("column", "line", "page"),
    [
        (Clinic.phone, "A phone number", "/clinic/identity"),
        (Location.address, "A location with its address", "/clinic/locations"),
    ],
)
def test_what_mails_tell_everybody_has_to_be_there_first(visitor, column, line, page):
    with writing():
        db.session.execute(sa.update(column.class_).values({column: ""}))
        db.session.commit()
    visitor.sign_in("olu")
    visitor.get("/clinic")
    assert visitor.link(f"○ {line}") == page


def test_whoever_works_alone_is_told_first_that_somebody_else_has_to_look_and_where_to_ask(visitor, cast):
    with writing():
        db.session.execute(sa.delete(Verification))
        db.session.execute(sa.update(Therapist).where(Therapist.id == cast.ben.id).values(listed=False))
        db.session.get(Account, cast.olu.id).name = "Ana Moreau"
        db.session.commit()
    visitor.sign_in("olu")
    visitor.get("/clinic")
    assert visitor.link("○ Somebody else who checks") == "/qualifications/ana-moreau/checkers"
    assert visitor.text.index("Somebody else who checks") < visitor.text.index("A phone number")
    assert "nothing of theirs is offered" in visitor.text


def test_where_an_owner_may_check_nobody_else_has_to_be_found(visitor, cast):
    with writing():
        db.session.execute(sa.delete(Verification))
        db.session.commit()
    visitor.sign_in("olu")
    visitor.get("/clinic")
    assert "Somebody else who checks" not in visitor.text
    assert visitor.link("○ A qualification that was checked") == "/qualifications"


def test_whoever_has_saved_something_is_led_on_while_anything_is_missing(visitor):
    visitor.sign_in("olu")
    visitor.get("/clinic/identity")
    visitor.send("/clinic/identity", tagline="Breathe out")
    assert "Next:" not in visitor.text
    with writing():
        db.session.execute(sa.delete(WorkingHours))
        db.session.commit()
    visitor.send("/clinic/identity", tagline="Breathe in")
    assert visitor.link("Next: Working hours") == "/clinic/hours"
