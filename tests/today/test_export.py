"""The table of clients for a spreadsheet: whole, readable, harmless, and nothing of anybody's health in it."""

import csv
import io
import tracemalloc
from uuid import uuid4

import pytest
import sqlalchemy as sa
from hypothesis import example, given
from hypothesis import strategies as st

from clinic.booking.models import Appointment, Attendance
from clinic.core.audit import AuditLine
from clinic.core.db import db, writing
from clinic.core.spreadsheet import defused, line
from clinic.people.models import Client
from clinic.people.rules import folded
from tests.conftest import NOW
from tests.steps import TEN, book, screen

STARTS = ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"]
REST = ["1+1", "cmd|' /C calc'!A0", 'HYPERLINK("http://x.test","hi")', "SUM(A1:A9)*2", "2,3", '"quoted"', "a\nb", ";=1"]
BEFORE = ["", " ", "\t", "\r\n", ";", "; ", ",", 'a";"', "Zoë|", "x\n"]
PAYLOADS = [f"{before}{start}{rest}" for before in BEFORE for start in STARTS for rest in REST]


def signed_in(new_visitor, name):
    visitor = new_visitor()
    visitor.sign_in(name)
    return visitor


def table(visitor):
    """As a spreadsheet reads it."""
    page = visitor.get("/clients.csv")
    assert page.content_type == "text/csv; charset=utf-8"
    assert page.data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(page.data.decode("utf-8-sig"), newline="")))


def formulas(cells):
    """What some spreadsheet would work out, of those that end a cell at commas and of those that do at semicolons."""
    ends = [cells, *(",".join(cells).split(sign) for sign in (";", "\t", "|", "\n", "\r"))]
    signs = {one for one in STARTS if not one.isspace()}
    read = [part for parts in ends for part in parts if part.strip()[:1] in signs]
    return read + [cell for cell in cells if cell[:1].isspace() and cell[:1] != " "]


@pytest.mark.parametrize("name", ["rosa", "olu"])
def test_whoever_is_a_client_with_their_visits(new_visitor, name):
    for at in (TEN, "20260313T1000Z"):
        book(new_visitor(), at=at)
    with writing():
        clara, again = db.session.scalars(sa.select(Appointment).order_by(Appointment.starts_at)).all()
        again.client_id = clara.client_id
        db.session.scalar(sa.select(Client).where(Client.id != clara.client_id)).merged_into_id = clara.client_id
        moved = sa.update(Appointment).where(Appointment.id == clara.id)
        db.session.execute(moved.values(starts_at=NOW.replace(day=2), ends_at=NOW.replace(day=2, hour=10)))
        db.session.commit()
    heads, *rows = table(signed_in(new_visitor, name))
    assert ", ".join(heads[:6]) == "Name, Email, Phone, First visit, Last visit, Next visit"
    days = ["2026-03-02", "2026-03-02", "2026-03-13"]
    assert rows == [["Clara Teacup", "clara@client.test", "", *days, "1", "0", str(clara.client_id)]]
    with writing():
        db.session.add(Attendance(appointment_id=clara.id, state="no_show", at=NOW, by="account:1"))
        db.session.commit()
    assert table(signed_in(new_visitor, name))[1][3:8] == ["", "", "2026-03-13", "0", "1"]


def test_nothing_that_was_told_or_decided_is_in_it(new_visitor):
    visitor = new_visitor()
    screen(visitor, "tummy_unexplained", query=f"?slot={TEN}.ana-moreau")
    book(visitor, "hips-without-tummy", name="Dmitri Kettle", phone="0117 496 0002", area="groin", word="on stairs")
    with writing():
        db.session.scalar(sa.select(Client)).desk_note = "Side door"
        db.session.commit()
    rosa = signed_in(new_visitor, "rosa")
    text = str(table(rosa))
    assert "Dmitri Kettle" in text
    assert not [words for words in ("roin", "stairs", "Hips", "ummy", "door", "ing before", "Ana") if words in text]


def test_whoever_was_merged_is_in_it_once(twice, visitor):
    with writing():
        db.session.get_one(Client, twice[1]).merged_into_id = twice[0]
        db.session.commit()
    visitor.sign_in("rosa")
    assert [row[0] for row in table(visitor)[1:]] == ["Clara Teacup"]


def test_therapists_take_no_table_with_them_and_who_did_stands_in_the_trail(new_visitor, cast):
    assert signed_in(new_visitor, "ana").get("/clients.csv").status_code == 403
    table(signed_in(new_visitor, "rosa"))
    lines = db.session.scalars(sa.select(AuditLine).where(AuditLine.action == "clients.exported")).all()
    assert [(one.actor, one.subject) for one in lines] == [(f"account:{cast.rosa.id}", "clients")]


def test_eight_hundred_names_and_numbers_that_are_formulas_are_read_as_words(new_visitor):
    assert len(PAYLOADS) >= 500
    with writing():
        for n, payload in enumerate(PAYLOADS):
            db.session.add(Client(name=payload, email=f"{n}@client.test", phone=payload[:40], created_at=NOW))
        db.session.commit()
    rows = table(signed_in(new_visitor, "rosa"))[1:]
    assert len(rows) == len(PAYLOADS)
    assert [row for row in rows if formulas(row)] == []
    assert all(len(row) == 9 for row in rows)
    by_email = {row[1]: row[0].replace("'", "") for row in rows}
    assert by_email == {f"{n}@client.test": payload.replace("'", "") for n, payload in enumerate(PAYLOADS)}


def test_a_number_with_its_countrys_code_is_no_sum():
    assert defused("+44 117 496 0002") == "'+44 117 496 0002"
    assert defused("0117 496 0002") == "0117 496 0002"
    assert defused("Anne-Marie O'Neill") == "Anne-Marie O'Neill"


@given(st.lists(st.text(), min_size=1, max_size=5))
@example([""])
def test_whatever_was_typed_comes_back_whole_and_harmless(cells):
    (read,) = csv.reader(io.StringIO(line(cells), newline=""))
    assert [one.replace("'", "") for one in read] == [one.replace("'", "") for one in cells]
    assert [one for one in read if one[:1] in STARTS] == []


def test_four_thousand_clients_take_little_more_memory_than_one_lot_of_them(visitor):
    visitor.sign_in("rosa")
    peak(visitor, 1)  # what is made once, and stays
    few, many = peak(visitor, 1000), peak(visitor, 4000)
    assert many < few * 2


def peak(visitor, more):
    """Bytes at most in use while the table is read line by line, with so many clients more."""
    rows = [{"name": f"Mona {n}", "email": f"m{n}@client.test", "created_at": NOW} for n in range(more)]
    with writing():
        db.session.execute(sa.insert(Client), [_row(**row) for row in rows])
        db.session.commit()
    tracemalloc.start()
    answer = visitor.client.get("/clients.csv", buffered=False)
    assert sum(chunk.count(b"\n") for chunk in answer.iter_encoded()) > more
    answer.close()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    db.session.rollback()
    return most


def _row(**row):
    return {"id": uuid4(), "phone": "", "search": folded(row["name"], row["email"]), **row}
