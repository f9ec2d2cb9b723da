"""`flask setup`: a real clinic, empty, with its first owner; or one line that says which answer will not do."""

import pytest
import sqlalchemy as sa

from clinic.core.db import Model, db
from clinic.people.models import Account
from clinic.places.models import Clinic, Location
from tests import phones
from tests.visitor import Visitor

ANSWERS = {
    "name": "Quiet Hands", "location": "Bristol", "zone": "Europe/London", "currency": "gbp", "country": "gb",
    "owner": "Olu", "email": "Olu@clinic.example", "password": "a long quiet afternoon",
}  # fmt: skip


def set_up(app, **changed):
    answers = {**ANSWERS, **changed}
    done = app.test_cli_runner().invoke(args=["setup", *(f"--{name}={answer}" for name, answer in answers.items())])
    db.session.rollback()
    return done


def rows(*tables):
    return {
        name: db.session.scalar(sa.select(sa.func.count()).select_from(Model.metadata.tables[name])) for name in tables
    }


def test_good_answers_make_a_clinic_its_location_and_its_owner(app):
    assert set_up(app).exit_code == 0
    clinic, location, owner = (db.session.scalars(sa.select(kind)).one() for kind in (Clinic, Location, Account))
    assert (clinic.name, clinic.currency, clinic.country, clinic.demo) == ("Quiet Hands", "GBP", "GB", False)
    assert (location.name, location.zone) == ("Bristol", "Europe/London")
    assert (owner.name, owner.email, owner.role) == ("Olu", "olu@clinic.example", "owner")


def test_nothing_else_is_in_it(app):
    set_up(app)
    made = {"clinic", "location", "account", "audit_line", "key_fingerprint", "versions"}
    others = set(Model.metadata.tables) - made
    assert set(rows(*others).values()) == {0}
    assert set(rows(*made).values()) == {1}


@pytest.mark.parametrize(
    ("answer", "value", "said"),
    [
        ("zone", "Bristol", "Europe/London"),
        ("zone", "Factory", "Europe/London"),
        ("currency", "pounds", "GBP"),
        ("country", "United Kingdom", "GB"),
        ("country", "UK", "GB"),
        ("email", "olu", "email address"),
        ("email", "o" * 300 + "@clinic.example", "email address"),
        ("password", "short", "12"),
        ("password", "password1234", "12"),
        ("password", "x" * 201, "200"),
        ("name", " ", "empty"),
        ("owner", "", "empty"),
        ("name", "n" * 121, "120"),
        ("owner", "o" * 121, "120"),
        ("location", "l" * 121, "120"),
    ],
)
def test_a_bad_answer_is_one_line_and_nothing_is_written(app, answer, value, said):
    before = rows(*Model.metadata.tables)
    done = set_up(app, **{answer: value})
    (line,) = done.output.splitlines()
    assert done.exit_code == 1
    assert said in line
    assert rows(*Model.metadata.tables) == before


def test_a_clinic_is_set_up_once(app):
    set_up(app)
    before = rows(*Model.metadata.tables)
    again = set_up(app, name="Loud Hands")
    assert again.exit_code == 1
    assert "There is a clinic already" in again.output
    assert rows(*Model.metadata.tables) == before


def test_before_it_is_set_up_its_pages_say_so_kindly(app):
    visitor = Visitor(app)
    for path, status in (("/", 200), ("/treatments/massage/times", 404), ("/sign-in", 200), ("/nowhere", 404)):
        assert visitor.get(path).status_code == status
    assert "Not open yet" in (visitor.get("/"), visitor.text)[1]


def test_set_up_and_still_empty_it_says_so_kindly_and_lets_its_owner_in(app):
    set_up(app)
    visitor = Visitor(app)
    assert visitor.get("/").status_code == 200
    assert "Not open yet" in visitor.text
    assert "Quiet Hands" in visitor.text
    visitor.get("/sign-in")
    visitor.post("/sign-in", email="olu@clinic.example", password=ANSWERS["password"])
    phones.set_up(visitor)
    visitor.get("/today")
    assert visitor.page.request.path == "/today"
    assert "Nobody is booked" in visitor.text
