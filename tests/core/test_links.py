"""Links: their bearer manages one thing, until a date, and nobody can make or guess one."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.core import links
from clinic.core.db import db, writing
from clinic.core.links import Link
from tests.conftest import NOW
from tests.steps import book


@pytest.fixture
def link(app):
    made = Link(scope="appointment", subject_id=uuid4(), version=1, expires_at=NOW + timedelta(days=1))
    with writing():
        db.session.add(made)
        db.session.commit()
    return made


def opens(token, scope="appointment", now=NOW):
    return links.subject_of(db.session, token, scope, now)


def test_a_link_opens_what_it_is_for_until_it_expires(link):
    assert opens(link.token) == link.subject_id
    assert opens(link.token, now=link.expires_at - timedelta(seconds=1)) == link.subject_id
    assert opens(link.token, now=link.expires_at) is None


def test_a_link_opens_nothing_of_another_kind(link):
    assert opens(link.token, scope="plan") is None


def test_a_revoked_link_opens_nothing(link):
    with writing():
        link.revoked_at = NOW
        db.session.commit()
    assert opens(link.token) is None


def test_a_new_version_ends_the_old_token(link):
    old = link.token
    with writing():
        link.version += 1
        db.session.commit()
    assert opens(old) is None
    assert opens(link.token) == link.subject_id


def test_a_token_changed_in_any_one_place_opens_nothing(link):
    token = link.token
    for at in range(len(token)):
        for letter in {*"Az0_=."} - {token[at]}:
            assert opens(token[:at] + letter + token[at + 1 :]) is None
            assert opens(token[:at] + letter + token[at:]) is None


def test_a_token_spelt_another_way_opens_nothing(link):
    name, digest = link.token.split(".")
    for spelt in (
        f"{name}==.{digest}",
        f"{name}.{digest}=",
        f"{name}!.{digest}",
        f" {name}.{digest}",
        f"{name}.{digest}\0",
    ):
        assert opens(spelt) is None
    for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_":
        assert (opens(f"{name[:-1]}{letter}.{digest}") is None) == (letter != name[-1])


@given(length=st.integers(0, 46))
@settings(max_examples=47)
def test_a_token_cut_short_opens_nothing(link, length):
    assert opens(link.token[:length]) is None


@given(token=st.text())
@settings(max_examples=60)
def test_whatever_else_is_sent_opens_nothing(link, token):
    assert opens(token) is None


def test_a_token_has_at_least_128_bits_that_the_database_does_not_hold(link):
    name, digest = link.token.split(".")
    assert len(digest) * 6 >= 128
    assert link.id.hex not in digest
    stranger = Link(id=uuid4(), version=1)
    assert opens(f"{name}.{stranger.token.split('.')[1]}") is None


def test_a_link_that_is_wrong_expired_or_revoked_is_the_same_404(app, visitor, new_visitor):
    book(visitor)
    path = visitor.page.request.path
    stranger = new_visitor()
    wrong = stranger.get(f"/appointments/{'A' * 22}.{'B' * 24}").data
    assert stranger.page.status_code == 404
    with time_machine.travel(NOW + timedelta(days=32), tick=False):
        assert stranger.get(path).data == wrong
    with writing():
        db.session.query(Link).one().revoked_at = NOW
        db.session.commit()
    assert stranger.get(path).data == wrong
    for page in ("/cancellation", "/appointment.ics"):
        assert stranger.get(path + page).status_code == 404
