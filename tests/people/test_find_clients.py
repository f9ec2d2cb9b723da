"""Finding a client while somebody waits on the phone: accents and typos forgiven, whoever was merged found as one."""

from datetime import UTC, datetime
from string import ascii_lowercase

import pytest
import sqlalchemy as sa
from hypothesis import assume, given
from hypothesis import strategies as st

from clinic.core.db import db, writing
from clinic.people.models import Client
from clinic.people.queries import find_clients

LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)
PEOPLE = {
    "Zoë Müller": ("zoe@post.test", "+44 7700 900123"),
    "Łukasz O'Brien": ("luk.obrien@post.test", "0117 496 0007"),
    "Dmitri Kettle": ("dmitri@client.test", "07700 900456"),
    "Margaret Thistlewood": ("m.thistlewood@client.test", ""),
    "Ann Li": ("100%_me@client.test", "(0117) 496-0099"),
    "Annabel Lisle": ("bel@client.test", "0117 496 0100"),
}


@pytest.fixture
def people(app):
    with writing():
        made = [
            Client(name=name, email=email, phone=phone, created_at=LONG_AGO) for name, (email, phone) in PEOPLE.items()
        ]
        db.session.add_all(made)
        db.session.commit()
    return {one.name: one for one in made}


def names(text, **more):
    return [one.name for one in find_clients(db.session, text, **more)]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("zoe", "Zoë Müller"),
        ("MULLER zoë", "Zoë Müller"),
        ("mull zo", "Zoë Müller"),
        ("07700 900 123", "Zoë Müller"),
        ("+44 (0)7700-900123", "Zoë Müller"),
        ("900123", "Zoë Müller"),
        ("+447700900456", "Dmitri Kettle"),
        ("07700 9004", "Dmitri Kettle"),
        ("dmitri@client.test", "Dmitri Kettle"),
        ("dimtri", "Dmitri Kettle"),
        ("dmitrikettle", "Dmitri Kettle"),
        ("ketle dmi", "Dmitri Kettle"),
        ("lukasz obrien", "Łukasz O'Brien"),
        ("Magraret", "Margaret Thistlewood"),
        ("thistelwod", "Margaret Thistlewood"),
        ("0117 4960099", "Ann Li"),
    ],
)
def test_whoever_is_meant_comes_first(people, typed, name):
    assert names(typed)[:1] == [name]


def test_every_word_has_to_suit(people):
    assert names("zoe kettle") == []
    assert names("") == names("   ") == []


def test_what_is_written_comes_before_what_is_nearly_written(people):
    assert names("ann li")[0] == "Ann Li"
    assert names("ann l")[:2] == ["Ann Li", "Annabel Lisle"]


def test_signs_that_mean_something_to_a_database_mean_themselves(people):
    assert names("%_") == names("100%_me") == ["Ann Li"]
    assert names("%%%%") == names("____") == []


def test_whoever_was_merged_is_found_as_the_client_they_are_now(people):
    with writing():
        people["Dmitri Kettle"].merged_into_id = people["Zoë Müller"].id
        db.session.commit()
    assert names("kettle") == names("dimtri") == ["Zoë Müller"]
    assert names("test").count("Zoë Müller") == 1


def test_no_more_than_were_asked_for(people):
    assert len(names("test", limit=2)) == 2


def test_among_some_clients_alone(people):
    assert names("ann", among=Client.name == "Annabel Lisle") == ["Annabel Lisle"]
    assert names("dimtri", among=Client.name == "Annabel Lisle") == []


def test_two_statements_at_most(people):
    asked = []
    sa.event.listen(db.engine, "before_cursor_execute", keep := lambda *told: asked.append(told[2]))
    find_clients(db.session, "dimtri ketlte 0117")
    sa.event.remove(db.engine, "before_cursor_execute", keep)
    assert len([one for one in asked if one.startswith("SELECT")]) <= 2


@st.composite
def typed_with_a_slip(draw):
    name = draw(st.sampled_from([name for name in PEOPLE if name != "Ann Li"]))
    at, letter = draw(st.integers(0, len(name) - 1)), draw(st.sampled_from(ascii_lowercase + "éñ'"))
    slips = {
        "wrong": name[:at] + letter + name[at + 1 :],
        "missing": name[:at] + name[at + 1 :],
        "too many": name[:at] + letter + name[at:],
        "swapped": name[:at] + name[at + 1 : at + 2] + name[at] + name[at + 2 :],
    }
    return name, slips[draw(st.sampled_from(sorted(slips)))]


@given(typed_with_a_slip())
def test_a_name_with_any_one_slip_is_still_found(people, slip):
    name, typed = slip
    assume(all(len(word) > 2 for word in typed.split()))  # in less than three letters none is forgiven
    assert name in names(typed)


def test_whose_name_begins_so_stands_before_whose_last_name_does(people):
    with writing():
        db.session.add(Client(name="Agnes Margate", email="agnes@client.test", created_at=LONG_AGO))
        db.session.commit()
    assert names("marg") == ["Margaret Thistlewood", "Agnes Margate"]
