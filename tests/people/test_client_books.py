"""Who is signed in to their own account books as themselves, or as a guest for somebody else."""

import pytest
import sqlalchemy as sa

from clinic.core.db import db
from clinic.people.models import Client
from tests.accounts import with_account
from tests.steps import book, details


@pytest.fixture
def clara(app, visitor):
    with_account(app, visitor)
    return visitor


def test_who_is_signed_in_types_nothing_anew_and_books_as_themselves(clara):
    address = "/treatments/massage/details?minutes=60&slot=20260313T1000Z.ana-moreau"
    clara.get(address)
    assert 'value="Clara Teacup"' in clara.page.text
    assert 'value="clara@client.test"' in clara.page.text
    clara.send(address, phone="0117 496 0123")
    clara.send("/appointments")
    assert "make an account" not in clara.text
    assert clara.get("/my").text.count("Reference:") == 2
    assert db.session.scalars(sa.select(Client.phone)).all() == ["0117 496 0123"]


def test_who_is_signed_in_is_not_in_two_places_at_once(clara):
    page = book(clara, therapist="ben-okafor")
    assert page.status_code == 409
    assert "You have another appointment at that time" in clara.text


@pytest.mark.parametrize("typed", [{"name": "Tom Teacup"}, {"email": "tom@client.test"}])
def test_a_time_for_somebody_else_is_a_guests(clara, typed):
    assert details(clara, at="20260313T1000Z", **typed).status_code == 200
    clara.send("/appointments")
    assert clara.page.status_code == 200
    assert clara.get("/my").text.count("Reference:") == 1
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Client)) == 2
