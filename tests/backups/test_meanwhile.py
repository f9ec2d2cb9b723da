"""A backup holds one instant, while people go on booking and cancelling."""

import json
from threading import Thread

from clinic.backups import contents
from clinic.backups.make import snapshot
from tests.backups.conftest import PASSPHRASE, back_up
from tests.conftest import NOW
from tests.steps import book
from tests.visitor import Visitor

TIMES = [f"202603{day}T{hour}00Z" for day in (16, 17, 18) for hour in (10, 12, 14)]


def by_table(values):
    """{table: [{column: value}]} of the values of a backup."""
    found = {}
    for value in values:
        if isinstance(value, dict) and "table" in value:
            columns, rows = value["columns"], found.setdefault(value["table"], [])
        elif isinstance(value, list):
            rows.append(dict(zip(columns, value, strict=True)))
    return found


def book_and_cancel(app, at, *, cancel):
    with app.app_context():
        visitor = Visitor(app)
        book(visitor, at=at, name=f"At {at}", email=f"{at}@client.test".lower())
        if cancel:
            visitor.get(visitor.link("Cancel it"))
            visitor.send(visitor.page.request.path)
            assert "This appointment is cancelled" in visitor.text


def assert_one_instant(found):
    """Every appointment has its three claims, or its cancellation and none; nothing belongs to nothing."""
    booked = {row["id"] for row in found["appointment"]}
    cancelled = {row["appointment_id"] for row in found["cancellation"]}
    claims = [row["appointment_id"] for row in found["claim"]]
    assert cancelled <= booked
    assert sorted(claims) == sorted(3 * list(booked - cancelled))


def test_what_is_booked_after_it_began_is_not_in_it(clinic, file):
    with snapshot() as connection:
        lines = contents.lines(connection, now=NOW)
        first = next(lines)
        book_and_cancel(clinic, TIMES[0], cancel=False)
        book_and_cancel(clinic, TIMES[1], cancel=True)
        found = by_table(map(json.loads, [first, *lines]))
    assert_one_instant(found)
    assert len(found["appointment"]) == 2


def test_backups_made_while_others_book_are_each_of_one_instant(clinic, tmp_path):
    def keep_booking():
        for number, at in enumerate(TIMES):
            book_and_cancel(clinic, at, cancel=number % 2 == 0)

    booking, files = Thread(target=keep_booking), []
    booking.start()
    while booking.is_alive() or not files:
        files.append(tmp_path / f"{len(files)}.backup")
        back_up(clinic, files[-1])
    booking.join()
    for file in files:
        assert_one_instant(by_table(contents.read(file, PASSPHRASE)))
    back_up(clinic, tmp_path / "last.backup")
    assert len(by_table(contents.read(tmp_path / "last.backup", PASSPHRASE))["appointment"]) == 2 + len(TIMES)
