"""Mail is away, the clock is put wrong, the disk is full: nobody is lost, nobody is booked twice."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import event, select, text

from clinic.booking.models import Appointment, Claim
from clinic.booking.operations import offer_free_times
from clinic.core.db import db
from clinic.messages.models import OutgoingMessage
from tests.booking.test_waiting_list import join, offer_in, rounds
from tests.conftest import NOW
from tests.letterbox import Letterbox
from tests.rows import rows
from tests.steps import TEN, WHO, book, details

HOLD = {"treatment": "massage", "minutes": "60", "slot": f"{TEN}.ana-moreau"}
HOUR = timedelta(hours=1)


def at(moment):
    return time_machine.travel(moment, tick=False)


# Mail


class Away(Letterbox):
    """Takes nothing, but notes what it was asked to send."""

    def send(self, mail):
        self.mails.append(mail)
        raise ConnectionRefusedError


def test_what_is_booked_offered_and_reminded_of_while_mail_is_away_is_all_sent_when_it_is_back(
    app, visitor, new_visitor
):
    away, back = Away(), Letterbox()
    book(visitor, at="20260313T1000Z")  # reminded on Wednesday at ten
    join(new_visitor())
    offer_free_times(db.session, now=NOW)
    for minute in range(0, 90, 10):
        away.round(app, NOW + timedelta(minutes=minute))
    ids = {mail["Message-ID"] for mail in away.mails}
    assert len(ids) == 4  # booked, on the list, offered, reminded
    with at(NOW + 1.5 * HOUR):  # the offer is still open
        for minute in range(0, 90, 10):
            back.round(app, NOW + 1.5 * HOUR + timedelta(seconds=minute))
        back.round(app, NOW + 1.6 * HOUR + HOUR)
    assert sorted(mail["Message-ID"] for mail in back.mails) == sorted(
        ids
    )  # each once, under the name of its first try
    left = db.session.scalars(select(OutgoingMessage).where(OutgoingMessage.sent_at.is_(None))).all()
    assert left == []


# The clock


@pytest.mark.parametrize("step", [-HOUR, HOUR])
def test_a_clock_that_is_put_wrong_and_right_again_books_nobody_twice(visitor, new_visitor, step):
    """Whoever holds and another go on through the step; each is answered, one at most is booked."""
    visitor.get("/treatments/massage/times")
    visitor._request("POST", "/holds", data=HOLD)
    typing = visitor.page.request.full_path
    visitor.send(typing, **WHO)
    mine, other = visitor.page, new_visitor()
    for moment in (NOW + step, NOW):
        with at(moment):
            details(other)
            theirs = other.send("/appointments")
            visitor.page = mine
            answer = visitor.send("/appointments")
            if answer.status_code == 400:  # their session seems to be of the future: all they typed, to press once more
                visitor.send(typing)
                answer = visitor.send("/appointments")
        assert {theirs.status_code, answer.status_code} <= {200, 409}
    after = rows()
    assert (after["appointment"], after["claim"]) == (1, 3)


def test_what_was_held_blocks_nobody_for_long_though_the_clock_went_back(visitor, new_visitor):
    visitor._request("POST", "/holds", data=HOLD)
    other = new_visitor()
    with at(NOW - HOUR):
        assert other._request("POST", "/holds", data=HOLD).status_code == 409
    with at(NOW + timedelta(minutes=10)):
        assert "You're booked" in book(other).text


@pytest.mark.parametrize("step", [-HOUR, 3 * HOUR])
def test_an_offer_through_a_clock_that_is_put_wrong_is_open_or_over_and_never_two_peoples(
    app, visitor, new_visitor, step
):
    join(visitor)
    offered = offer_in(rounds(app)[1]["dmitri@client.test"])
    join(new_visitor(), "Eva Saucer", "eva@client.test", therapists=[])
    rounds(app, NOW + step)
    with at(NOW + step):
        visitor.get(offered)
        answer = visitor.post(f"{offered}/acceptance")
    rounds(app, NOW + timedelta(minutes=1))
    assert answer.status_code in {200, 409}
    assert (answer.status_code == 200) == (step < HOUR)
    times = db.session.execute(select(Claim.resource_id, Claim.starts_at)).all()
    assert len(times) == len(set(times))


# The disk


@contextmanager
def full_disk():
    """SQLite may not make its file any larger, and no room lies free in it."""
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM"))

    def no_room(connection, _record, _proxy):
        connection.execute("PRAGMA max_page_count = 1")  # means: as many as there are

    event.listen(db.engine, "checkout", no_room)
    yield
    event.remove(db.engine, "checkout", no_room)
    db.session.remove()
    db.engine.dispose()  # the limit is each connection's own: all of them, and those that lie in the pool


@pytest.mark.parametrize("database_kind", ["sqlite"])
def test_on_a_full_disk_people_are_told_and_whatever_was_told_is_there(app, new_visitor):
    times = [f"202603{day}T{hour}00Z" for day in (12, 13, 16, 17, 18, 19, 20, 23, 24, 25) for hour in (10, 12, 14)]
    told, refused = [], None
    with full_disk():
        for time in times:
            client = new_visitor()
            answer = book(client, at=time)
            if answer.status_code != 200:
                refused = (answer.status_code, client.text)
                break
            told.append(time)
    assert refused[0] == 503
    assert "Something went wrong" in refused[1]
    starts = sorted(f"{one:%Y%m%dT%H%MZ}" for one in db.session.scalars(select(Appointment.starts_at)))
    assert starts == sorted(told)
    assert rows()["claim"] == 3 * len(told)
    assert book(new_visitor(), at=times[len(told)]).status_code == 200
