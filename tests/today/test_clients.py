"""The list of clients: to each of the staff those they may see, with what comes and what is to be done."""

import re
from datetime import datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select, update

from clinic.booking.models import Appointment
from clinic.core.db import db, writing
from clinic.people.models import Client
from tests.conftest import NOW
from tests.steps import TEN, book, screen

THURSDAY = datetime.fromisoformat("2026-03-12T10:00Z")


@pytest.fixture
def two_clients(new_visitor):
    """Clara with Ana on Thursday at ten, Dora with Ben at eleven."""
    book(new_visitor(), therapist="ana-moreau", phone="0117 496 0001")
    book(new_visitor(), therapist="ben-okafor", at="20260312T1100Z", name="Dóra Ladle", email="dora@client.test")


def signed_in(new_visitor, name):
    visitor = new_visitor()
    visitor.sign_in(name)
    return visitor


def matches(visitor, text):
    return visitor._request("GET", "/clients/matches", query_string={"q": text}).json


@pytest.mark.parametrize("name", ["rosa", "olu"])
def test_reception_and_owner_find_everybody(two_clients, new_visitor, name):
    staff = signed_in(new_visitor, name)
    staff.get("/clients")
    assert staff.text.index("Clara Teacup 0117 496 0001 · clara@client.test") < staff.text.index("Dóra Ladle")
    assert [one["name"] for one in matches(staff, "clra")] == ["Clara Teacup"]
    assert [one["name"] for one in matches(staff, "dora")] == ["Dóra Ladle"]


def test_a_therapist_finds_their_own_clients_alone(two_clients, new_visitor):
    ben = signed_in(new_visitor, "ben")
    for page in ("/clients", "/clients?q=a", "/clients?letter=c", "/clients?q=clara@client.test"):
        ben.get(page)
        assert "Clara" not in ben.text.replace("“clara@client.test”", "")
    assert matches(ben, "clara") == matches(ben, "nobody at all") == []
    assert [one["name"] for one in matches(ben, "dora")] == ["Dóra Ladle"]


def test_a_client_who_cancelled_is_not_their_therapists_any_more(two_clients, new_visitor, visitor):
    book(visitor, at="20260313T1000Z", therapist="ben-okafor", name="Emil Fork", email="emil@client.test")
    visitor.get(visitor.link("Cancel it"))
    visitor.send(visitor.page.request.path)
    ben, rosa = signed_in(new_visitor, "ben"), signed_in(new_visitor, "rosa")
    assert matches(ben, "emil") == []
    assert len(matches(rosa, "emil")) == 1


def test_the_list_says_what_comes_and_what_was(two_clients, new_visitor):
    rosa = signed_in(new_visitor, "rosa")
    rosa.get("/clients?letter=c")
    assert "Next Thursday 12 March Not been yet" in rosa.text
    assert matches(rosa, "clara")[0]["last_visit"] == ""
    with time_machine.travel(THURSDAY + timedelta(hours=1), tick=False):
        rosa.get("/clients?letter=c")
        assert "Nothing booked Last Thursday 12 March 2026" in rosa.text
        assert matches(rosa, "clara")[0]["last_visit"] == "Thursday 12 March 2026"


def test_what_is_to_be_done_is_marked_and_never_why(new_visitor):
    visitor = new_visitor()
    screen(visitor, "tummy_unexplained", query=f"?slot={TEN}.ana-moreau")
    book(visitor, "hips-without-tummy", name="Dmitri Kettle", phone="0117 496 0002", area="groin", word="on stairs")
    with writing():
        db.session.execute(update(Appointment).values(chaperone=True))
        db.session.scalar(select(Client)).desk_note = "Ring twice"
        db.session.commit()
    rosa = signed_in(new_visitor, "rosa")
    rosa.get("/clients")
    assert "Ring before the visit Wants a chaperone Desk note" in rosa.text
    assert not [words for words in ("ummy_", "roin", "stairs", "twice") if words in rosa.page.text]


def test_fifty_to_a_page_and_nobody_twice(two_clients, new_visitor):
    with writing():
        for n in range(103):
            db.session.add(Client(name=f"Mona {n:03}", email=f"m{n}@client.test", created_at=NOW))
        db.session.commit()
    rosa, seen = signed_in(new_visitor, "rosa"), []
    rosa.get("/clients?letter=m")
    for page in (1, 2, 3):
        assert rosa.page.status_code == 200
        seen += re.findall(r">(Mona \d+)<", rosa.page.text)
        if page < 3:
            rosa.get(rosa.link("More"))
    assert seen == sorted(set(seen))
    assert len(seen) == 103
    rosa.get("/clients?page=99999999999999999999")
    assert rosa.page.status_code == 200


def test_hidden_names_are_hidden_here_too(two_clients, new_visitor):
    rosa = signed_in(new_visitor, "rosa")
    rosa.post("/today/names", hidden="yes")
    rosa.get("/clients")
    assert "C. T." in rosa.text
    assert "Teacup" not in rosa.page.text
    assert "0117 496 0001" not in rosa.page.text
    found = matches(rosa, "clara")[0]
    assert (found["name"], found["phone"], found["email"]) == ("C. T.", "", "")
