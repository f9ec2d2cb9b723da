"""How often the pain has not come back: a figure for the owner, once enough have answered."""

import json
from datetime import timedelta

import pytest

from clinic.aftercare.models import CheckIn
from clinic.core.db import db, writing
from clinic.people.models import Client
from tests.conftest import NOW

PAGE = "/clinic/figures"


@pytest.fixture
def olu(visitor):
    visitor.sign_in("olu")
    return visitor


@pytest.fixture
def told(cast):
    """Clients who answered so, each anew, so many days ago."""

    def tell(*answers, kind="review", ago=1, client=None):
        with writing():
            for back in answers:
                who = client or Client(name="Clara Teacup", email="clara@client.test", created_at=NOW)
                db.session.add(who)
                db.session.flush()
                at = NOW - timedelta(days=ago)
                whose = {"client_id": who.id, "therapist_id": cast.ana.id}
                db.session.add(
                    CheckIn(kind=kind, due_at=at, answered_at=at, answers=json.dumps({"back": back}), **whose)
                )
            db.session.commit()
        return who

    return tell


def test_four_answers_are_too_few_and_five_a_figure(olu, told):
    told("no", "no", "now_and_then", "yes")
    olu.get(PAGE)
    assert "Too few have answered to say." in olu.text
    told("no")
    olu.get(PAGE)
    assert "3 of 5, 60%" in olu.text
    assert "not for advertising" in olu.text


def test_each_client_counts_once_by_their_last_answer(olu, told):
    told("no", "no", "no", "no")
    clara = told("yes", ago=9)
    told("no", ago=2, client=clara)
    olu.get(PAGE)
    assert "5 of 5, 100%" in olu.text


def test_whoever_told_that_it_is_back_after_their_review_does_not_count_as_well(olu, told):
    told("no", "no", "no", "no")
    told("", kind="back")  # no review: not in the figure
    clara = told("no", ago=9)
    told("", kind="back", ago=12, client=clara)
    olu.get(PAGE)
    assert "5 of 5, 100%" in olu.text
    told("", kind="back", ago=2, client=clara)
    olu.get(PAGE)
    assert "4 of 5, 80%" in olu.text


def test_two_records_of_one_client_are_one(olu, told, cast):
    told("no", "no", "no", "no")
    clara, again = told("no", ago=9), told("", kind="back", ago=2)
    with writing():
        db.session.merge(clara).merged_into_id = again.id
        db.session.commit()
    olu.get(PAGE)
    assert "4 of 5, 80%" in olu.text


def test_what_is_older_than_a_year_or_was_asked_elsewhere_or_left_out_does_not_count(olu, told):
    told("no", "no", "no", "yes")
    told("no", ago=366)
    told("no", kind="release")
    told("")
    olu.get(PAGE)
    assert "Too few have answered to say." in olu.text


def test_nobody_but_the_owner_sees_it(new_visitor, told):
    told(*["no"] * 5)
    for who in ("ana", "rosa"):
        visitor = new_visitor()
        visitor.sign_in(who)
        assert visitor.get(PAGE).status_code == 403
