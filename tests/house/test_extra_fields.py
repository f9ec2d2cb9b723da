"""Whoever adds fields to a form gains nothing: each form of the tour is sent with every column of every table besides its
own fields, and the database is as if it had been sent without.
"""

import re
from collections import Counter
from datetime import date, datetime, time
from uuid import UUID

import pytest
import sqlalchemy as sa

from clinic.core.db import Model, db, writing
from tests.cast import make_cast
from tests.conftest import NOW, _empty
from tests.house.test_access_matrix import SLOT, WRITES
from tests.house.tour import tour
from tests.visitor import Visitor

NUMBER, WORDS = 74747, "planted words"
PLANTED = {
    bool: "y",
    int: str(NUMBER),
    datetime: "2031-07-08T09:10",
    date: "2031-07-08",
    time: "03:07",
    UUID: "74747474-7474-4747-a474-747474747474",
    str: WORDS,
}
NEVER = (
    str(NUMBER),
    WORDS,
    "2031-07-08",
    "2031, 7, 8",
    PLANTED[UUID],
    PLANTED[UUID].replace("-", ""),
)  # in no column of any table
NAMES = {
    one.key: PLANTED.get(one.columns[0].type.python_type, WORDS) if hasattr(one, "columns") else WORDS
    for mapper in Model.registry.mappers
    for one in mapper.attrs
    if one.key != "reason"  # a field of several forms, which most of them show only when it is asked for
}
TABLES = {f"{table}_id": str(NUMBER) for table in Model.metadata.tables}
EXTRA = {**TABLES, **NAMES, "role": "owner", "is_owner": "y", "account": "1"}
# Fields of its own that a form does not show just then.
HIDDEN = {
    "/clinic/staff": {"therapist"},
    "/diary/bookings": {"client", "name", "phone", "email", "chaperone", "reason"},
    "/checking/": {"meets_level"},
    "/handouts/": {"title", "words"},
    "/days": {"weekday", "usual"},
    "/details": {"phone", "area", "side", "word"},
    "/diary/appointments/": {"reason"},
    "/waiting-list": {"gender"},
    "/revocation": {"reason"},
}
# Different each time of themselves: columns, and what stands within words.
RANDOM = {"ref", "password_hash", "booking_key", "detail"}
MADE = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|link:[\w-]{22}|(?:own|part)_[0-9a-f]{8}|(?<=:)\d+(?=')|'[0-9a-f]{64}'")


def own_fields(path, page):
    """What the forms of the page at hand have: what is not ticked and the buttons too; and what is never added there."""
    shown = re.findall(r'\sname="([^"]+)"', page.text) if page is not None else []
    return {*shown, *(name for place, names in HIDDEN.items() if place in path for name in names)}


def has_file(data):
    """Then no more than two hundred fields are taken: half of them each time."""
    return any(isinstance(value, tuple) for value in data.values())


def told(table):
    """The columns that are the same each time."""
    return [
        column
        for column in table.columns
        if not (column.primary_key or column.foreign_keys or column.name in RANDOM)
        and column.type.python_type not in {bytes, UUID}
    ]


def kept():
    """How often each row stands in each table, without what is random."""
    db.session.rollback()
    return {
        table.name: Counter(MADE.sub("…", repr(row)) for row in db.session.execute(sa.select(*told(table))).all())
        for table in Model.metadata.sorted_tables
        if table.name != "versions" and told(table)
    }


def planted():
    """Where something of what was added stands."""
    db.session.rollback()
    return [
        (table.name, word)
        for table in Model.metadata.sorted_tables
        for row in db.session.execute(sa.select(table)).all()
        for word in NEVER
        if word in repr(tuple(row))
    ]


def after_the_tour(app):
    """What the database holds once everybody has seen every page, and sent the forms."""
    _empty(app)
    with writing():
        make_cast(db.session, now=NOW)
        db.session.commit()
    for _what, _answer in tour(app):
        pass
    return kept()


@pytest.mark.parametrize("database_kind", ["sqlite"])  # what a form takes is the same on both
def test_no_form_takes_a_field_that_is_not_its_own(app, monkeypatch):
    plain = after_the_tour(app)
    sent, request = set(), Visitor._request

    def with_more(visitor, method, path, follow=True, **more):
        if method == "POST" and isinstance(more.get("data"), dict):
            own = own_fields(path, visitor.page)
            added = [(name, value) for name, value in EXTRA.items() if name not in own]
            more["data"] = {**dict(added[len(sent) % 2 :: 2] if has_file(more["data"]) else added), **more["data"]}
            sent.add(path)
        return request(visitor, method, path, follow, **more)

    monkeypatch.setattr(Visitor, "_request", with_more)
    assert after_the_tour(app) == plain
    assert planted() == []
    assert len(sent) > 50


@pytest.mark.parametrize("database_kind", ["sqlite"])
def test_nor_does_any_other_address_whoever_asks(world):
    world.places["slot"] = SLOT
    before = dict(db.session.execute(sa.text("SELECT email, role FROM account")).all())
    for path in WRITES:
        for who in ("stranger", "ana", "rosa", "olu"):
            own = {"csrf_token": world.token(who), **dict.fromkeys(own_fields(path, None), "")}
            world.visitor(who)._request("POST", world.at(path), follow=False, data={**EXTRA, **own})
    assert planted() == []
    after = dict(db.session.execute(sa.text("SELECT email, role FROM account")).all())
    assert {email: after[email] for email in before} == before
