import pytest
from sqlalchemy import select

from clinic.core.db import db
from clinic.people.models import Client
from tests.aftercare.steps import plan_link
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


@pytest.fixture
def link(ana, clara):
    """The address of Clara's plan, which Ana sent."""
    return plan_link(ana, clara, "glute_bridge")


@pytest.fixture
def client(new_visitor, link):
    """Clara, with her plan open."""
    visitor = new_visitor()
    visitor.get(link)
    return visitor
