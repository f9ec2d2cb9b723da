"""Logs tell which page, what answer and how long; never who, nor anything that opens a door."""

import io
import json
import logging
import re

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from clinic.core.access import public
from clinic.core.db import db
from clinic.core.logs import EXTRAS
from tests.cast import PASSWORD
from tests.conftest import NOW
from tests.house.tour import clients_pages, front_door, lost_pages, staff_pages
from tests.letterbox import Letterbox
from tests.steps import WHO, book

TOLD = {**WHO, "phone": "0117 496 0123", "word": "it hurts on stairs"}
SECRETS = [
    *TOLD.values(),
    "Clara",
    "Teacup",
    "0117",
    "stairs",
    PASSWORD,
    "olu@clinic.test",
    "eve@clinic.test",
    "127.0.0.1",
]


@pytest.fixture
def logged(app):
    """All that is logged meanwhile, by us as it is printed, by libraries with their tracebacks."""
    out = io.StringIO()
    ours, root = logging.getLogger("clinic"), logging.getLogger()
    printed, others = logging.StreamHandler(out), logging.StreamHandler(out)
    printed.setFormatter(ours.handlers[0].formatter)
    ours.addHandler(printed)
    root.addHandler(others)
    yield out
    ours.removeHandler(printed)
    root.removeHandler(others)


def found(logged):
    return [secret for secret in SECRETS if secret in logged.getvalue()]


def test_a_booking_and_its_link_leave_no_trace_of_who(visitor, logged):
    page = book(visitor, **TOLD)
    token = page.request.path.rpartition("/")[2]
    visitor.get(f"/appointments/{token}/cancellation")
    visitor.send(visitor.page.request.path)
    visitor.get(f"/appointments/{token[:-4]}AAAA")
    visitor.get("/today?next=Clara")
    assert "/appointments/<token>/cancellation" in logged.getvalue()
    assert not any(part in logged.getvalue() for part in token.split("."))
    assert found(logged) == []


def test_the_address_of_a_feed_leaves_no_trace(visitor, logged):
    own = book(visitor, **TOLD).request.path
    visitor.post(f"{own}/calendar")
    address = re.search(r"/calendar/(\S+)\.ics", visitor.page.text)[1]
    visitor.get(f"/calendar/{address}.ics")
    visitor.get(f"{own}/again")
    assert "/calendar/<token>.ics" in logged.getvalue()
    assert not any(part in logged.getvalue() for part in (*address.split("."), *own.split("/")[2].split(".")))


def test_no_page_logs_what_it_shows_or_what_was_sent_to_it(app, cast, logged):
    for pages in (clients_pages, staff_pages, lost_pages):
        assert len(list(pages(app))) > 3
    assert len(logged.getvalue().splitlines()) > 50
    assert found(logged) == []


def test_who_tries_to_sign_in_is_not_logged(visitor, logged):
    visitor.get("/sign-in")
    for _ in range(11):
        visitor.post("/sign-in", email="eve@clinic.test", password="Clara")
    visitor.sign_in("olu")
    assert found(logged) == []


def test_every_line_is_json_with_known_fields_alone(app, cast, logged):
    list(lost_pages(app))
    lines = [json.loads(line) for line in logged.getvalue().splitlines()]
    assert lines
    assert {name for line in lines for name in line} <= {"time", "level", "event", *EXTRAS}


@pytest.mark.parametrize(
    "trouble",
    [
        lambda: {}["Clara Teacup"],
        lambda: int("clara@client.test"),
        lambda: db.session.execute(
            text("INSERT INTO client (id, name) VALUES (:id, :name)"), {"id": "1", "name": "Clara"}
        ),
    ],
    ids=["key", "value", "database"],
)
def test_an_error_logs_its_kind_and_place_and_none_of_its_words(app, visitor, logged, trouble):
    def broken():
        raise RuntimeError("Clara Teacup broke it") from failure(trouble)

    with front_door(app, public(broken)):
        assert visitor.get("/?name=Clara").status_code == 500
    (line,) = [line for line in map(json.loads, logged.getvalue().splitlines()) if line["event"] == "failed"]
    assert line["kind"] == "RuntimeError"
    assert any("test_logs.py:" in place for place in line["at"])
    assert found(logged) == []


def failure(trouble):
    with pytest.raises((LookupError, ValueError, DBAPIError)) as caught:
        trouble()
    db.session.rollback()
    return caught.value


def test_mail_that_could_not_go_out_is_logged_without_its_address(app, visitor, logged):
    book(visitor, **TOLD)
    box = Letterbox()
    box.trouble = OSError("550 clara@client.test is unknown here")
    assert box.round(app, NOW) == 0
    assert "mail not sent" in logged.getvalue()
    assert "appointment_booked" in logged.getvalue()
    assert found(logged) == []


def test_an_error_of_the_database_never_quotes_what_was_written(app, cast):
    error = failure(lambda: db.session.execute(text("INSERT INTO nothing VALUES (:name)"), {"name": "Clara Teacup"}))
    assert "Clara" not in str(error)
