"""The page for whoever comes from another system: shown first, brought in as one, and nothing left lying about."""

import csv
import io
import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine

from clinic.booking.models import Appointment
from clinic.bringing import shelf
from clinic.core.audit import AuditLine
from clinic.core.db import db
from clinic.messages.models import OutgoingMessage
from clinic.people.models import Client
from tests.conftest import NOW
from tests.rows import rows

PAGE = "/clinic/import"
CLIENTS = "Name,Email,Number\nIda Saucer,ida@client.test,7\nJo,nobody,8\n"
VISITS = "Client ID,Start,Service,Staff\n7,2026-03-30 10:00,Rub,Annie\n7,2026-03-31 10:00,Rub,Annie\n"


@pytest.fixture
def olu(visitor):
    visitor.sign_in("olu")
    return visitor


def upload(visitor, text, kind="clients"):
    visitor.get(PAGE)
    data = text if isinstance(text, bytes) else text.encode()
    return visitor.post(PAGE, kind=kind, file=(io.BytesIO(data), "theirs.csv"))


def send(visitor, **chosen):
    return visitor.send(re.search(rf'action="({PAGE}/[^"]+)"', visitor.page.text)[1], **chosen)


def names():
    return sorted(db.session.scalars(sa.select(Client.name)))


def kept(app):
    return list((app.extensions["clinic.settings"].instance / "imports").glob("*"))


@pytest.fixture(autouse=True)
def nothing_kept(app):
    for path in kept(app):
        path.unlink()


def test_a_file_is_shown_before_anything_is_written(olu):
    before = rows()
    page = upload(olu, CLIENTS)
    assert page.status_code == 200
    for words in (
        "Nothing is written yet",
        "Ida Saucer · ida@client.test",
        "Line 3, Jo",
        "“nobody” is no mail address.",
    ):
        assert words in olu.text
    assert rows() == before


def test_and_comes_in_with_one_press(olu, cast):
    upload(olu, CLIENTS)
    page = send(olu, bring="yes")
    assert "Brought in" in olu.text
    assert page.request.path.startswith(f"{PAGE}/results/")
    assert names() == ["Ida Saucer"]
    line = db.session.scalar(sa.select(AuditLine).where(AuditLine.action == "clients.brought"))
    assert line.actor == f"account:{cast.olu.id}"
    left = list(csv.reader(io.StringIO(olu.get(olu.link("All of these")).data.decode("utf-8-sig"))))
    assert left[1:] == [["3", "Jo", "“nobody” is no mail address."]]


def test_pressed_twice_it_comes_in_once(olu):
    upload(olu, CLIENTS)
    shown = olu.page
    send(olu, bring="yes")
    olu.page = shown
    assert send(olu, bring="yes").status_code == 404
    assert names() == ["Ida Saucer"]


def test_names_are_mapped_and_appointments_come_in_without_a_mail(olu):
    upload(olu, CLIENTS)
    send(olu, bring="yes")
    upload(olu, VISITS, "appointments")
    assert "Which treatment is “Rub”?" in olu.text
    chosen = {"treatment:Rub": "massage", "therapist:Annie": "ana-moreau"}
    send(olu, look="yes", **chosen)
    assert db.session.scalars(sa.select(Appointment)).all() == []
    send(olu, bring="yes")  # what was chosen is chosen still
    assert [one.therapist.slug for one in db.session.scalars(sa.select(Appointment))] == ["ana-moreau"] * 2
    assert db.session.scalars(sa.select(OutgoingMessage)).all() == []


def test_columns_that_are_not_understood_can_be_chosen(olu):
    upload(olu, "Wer,Wo\nIda,ida@client.test\n")
    send(olu, **{"column:name": "Wer", "column:email": "Wo"})
    assert "Ida · ida@client.test" in olu.text
    send(olu, bring="yes")
    assert names() == ["Ida"]


@pytest.mark.parametrize(
    ("data", "words"),
    [("Name\nZoë".encode("cp1252"), "CSV UTF-8"), (b"PK\x03\x04", "This is a workbook"), (b"", "nothing in this file")],
)
def test_a_file_that_cannot_be_read_is_one_sentence_and_not_kept(app, olu, data, words):
    page = upload(olu, data)
    assert (page.status_code, words in olu.text) == (422, True)
    assert kept(app) == []


def test_what_is_kept_meanwhile_is_sealed_and_goes_when_it_is_done_or_after_an_hour(app, olu):
    upload(olu, CLIENTS)
    (path,) = kept(app)
    assert path.stat().st_mode & 0o777 == 0o600
    assert b"Saucer" not in path.read_bytes()
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        assert send(olu, bring="yes").status_code == 404
        shelf.sweep(path.parent, NOW + timedelta(hours=1))
    assert kept(app) == []
    upload(olu, CLIENTS)
    send(olu, bring="yes")
    assert len(kept(app)) == 1  # what was left out, to be downloaded


def test_the_worker_takes_away_what_nobody_came_back_for(app, olu):
    upload(olu, CLIENTS)
    app.test_cli_runner().invoke(args=["worker", "--once"])
    assert len(kept(app)) == 1
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        app.test_cli_runner().invoke(args=["worker", "--once"])
    assert kept(app) == []


def test_nobody_else_sees_what_an_owner_keeps(app, cast, olu):
    upload(olu, CLIENTS)
    folder, token = kept(app)[0].parent, re.search(rf'action="{PAGE}/([^"]+)"', olu.page.text)[1]
    assert shelf.get(folder, token, f"account:{cast.olu.id}", now=NOW)["name"] == "theirs.csv"
    assert shelf.get(folder, token, f"account:{cast.rosa.id}", now=NOW) is None
    assert shelf.get(folder, "another", f"account:{cast.olu.id}", now=NOW) is None


def send_whole(visitor, path, data):
    """A file in a body made by hand: the test client would leave a large one of its own open."""
    fields = {"csrf_token": visitor.token(), "kind": "clients"}
    head = "".join(f'--X\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n' for n, v in fields.items())
    head += '--X\r\nContent-Disposition: form-data; name="file"; filename="x.csv"\r\n\r\n'
    body = head.encode() + data + b"\r\n--X--\r\n"
    return visitor._request("POST", path, data=body, content_type="multipart/form-data; boundary=X")


def test_this_page_takes_ten_megabytes_of_an_owner_and_no_page_takes_them_of_strangers(olu, new_visitor):
    large = b"Name\n" + b"Ida Saucer\n" * 60_000
    assert send_whole(olu, PAGE, large).status_code == 200
    assert send_whole(olu, PAGE, b"x" * (10 * 1024 * 1024)).status_code == 413
    assert send_whole(olu, "/clinic/rooms", large).status_code == 413
    assert send_whole(new_visitor(), PAGE, large).status_code == 413
