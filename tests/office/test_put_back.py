"""A change of what the clinic is or offers is taken back: shown as it was, and saved."""

import re
from html import unescape

import pytest
import sqlalchemy as sa

from clinic.core.db import db
from clinic.places.models import Clinic, Location, Room
from clinic.treatments.models import Treatment
from tests.rows import rows
from tests.visitor import fields_of


@pytest.fixture
def olu(visitor):
    visitor.sign_in("olu")
    return visitor


def send(olu, page, **changed):
    """The form as it stands, long texts too."""
    areas = re.findall(r'<textarea[^>]* name="(\w+)"[^>]*>\n?(.*?)</textarea>', olu.page.text, re.DOTALL)
    olu.send(page, **{**{name: unescape(text) for name, text in areas}, **changed})


def columns(row):
    db.session.expire_all()
    return {column.name: getattr(row, column.name) for column in row.__table__.columns}


@pytest.mark.parametrize(
    ("kind", "page", "changed"),
    [
        (
            Clinic,
            "/clinic/identity",
            {
                "tagline": "Oops",
                "accent": "#7a2048",
                "reminder_hours": "",
                "missed_rule": "deposit",
                "hold_minutes": "3",
            },
        ),
        (Location, "/clinic/locations/{}", {"name": "Oops", "address": "", "zone": "Europe/Paris"}),
        (Room, "/clinic/rooms/{}", {"name": "Oops", "offered": ""}),
        (Treatment, "/clinic/treatments/{}", {"name": "Oops", "words": "Oops", "deep": "y", "most_a_day": "3"}),
    ],
)
def test_what_was_changed_by_mistake_is_put_back_by_two_presses(olu, kind, page, changed):
    row = db.session.scalars(sa.select(kind).order_by(kind.id)).first()
    before, page = columns(row), page.format(row.id)
    olu.get(page)
    send(olu, page, **changed)
    assert columns(row) != before
    olu.get(olu.link("Put this back"))
    assert "This is as it was before that change." in olu.text
    assert columns(row) != before
    send(olu, page)
    assert columns(row) == before


def test_lengths_and_prices_come_back_as_they_were(olu, cast):
    page = f"/clinic/treatments/{cast.massage.id}"
    before = [(one.minutes, one.price_minor, one.usual) for one in cast.massage.lengths]
    olu.get(page)
    send(olu, page, minutes_1="45", price_1="99", minutes_3="90", price_3="120", usual="3")
    olu.get(olu.link("Put this back : Lengths and prices"))
    assert (fields_of(olu.page.text)["minutes_1"], fields_of(olu.page.text)["minutes_3"]) == ("30", "")
    send(olu, page)
    db.session.expire_all()
    assert [(one.minutes, one.price_minor, one.usual) for one in cast.massage.lengths] == before


def test_only_that_change_is_put_back_and_looking_at_it_changes_nothing(olu):
    olu.get("/clinic/identity")
    send(olu, "/clinic/identity", tagline="First")
    first = olu.link("Put this back")
    send(olu, "/clinic/identity", welcome="Second")
    before = rows()
    olu.get(first)
    assert rows() == before
    send(olu, "/clinic/identity")
    kept = db.session.get(Clinic, 1)
    assert (kept.tagline, kept.welcome) == ("Rest here", "Second")


@pytest.mark.parametrize("asked", ["987654", "9" * 30, "-1", "x"])
def test_a_change_that_there_was_not_shows_the_page_as_it_is(olu, asked):
    olu.get(f"/clinic/identity?before={asked}")
    assert "as it was before" not in olu.text
    assert fields_of(olu.page.text)["tagline"] == "Rest here"


def test_a_change_of_something_else_is_none_of_this(olu, cast):
    olu.get("/clinic/identity")
    send(olu, "/clinic/identity", name="Another")
    line = olu.link("Put this back").partition("=")[2]
    olu.get(f"/clinic/rooms/{cast.rooms[0].id}?before={line}")
    assert "as it was before" not in olu.text
    assert fields_of(olu.page.text)["name"] == "Room 1"
