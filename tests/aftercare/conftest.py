import pytest
from sqlalchemy import select

from clinic.core.db import db
from clinic.people.models import Client
from tests.steps import book


@pytest.fixture
def clara(new_visitor):
    """The id of a client who is booked with Ana."""
    book(new_visitor())
    return db.session.scalar(select(Client.id))


@pytest.fixture
def signed_in(new_visitor):
    """A person of the staff at their browser, by first name."""

    def enter(name):
        visitor = new_visitor()
        visitor.sign_in(name)
        return visitor

    return enter


@pytest.fixture
def ana(clara, signed_in):
    return signed_in("ana")
