"""Who missed visits or cancelled late: the clinic's rule asks for a call, a yes, or words, on every way of booking."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select, update

from clinic.booking import history
from clinic.booking.models import Appointment, Attendance, Cancellation
from clinic.booking.operations import approve, attend, book, cancel, link_of, move, undo
from clinic.booking.programme import programme
from clinic.booking.wishes import Desk, Wish
from clinic.core.audit import GUEST, Actor
from clinic.core.db import db, writing
from clinic.people.models import Client
from clinic.places.models import Clinic
from clinic.work.models import WorkItem
from tests.accounts import with_account
from tests.conftest import NOW
from tests.house.test_statements import counting
from tests.letterbox import Letterbox, text_of
from tests.steps import WHO, details

ROSA = Actor("account", "7")
WORDS = "We ask for £20 by bank transfer before your visit."


@pytest.fixture
def clara(cast):
    with writing():
        client = Client(name=WHO["name"], email=WHO["email"], created_at=NOW)
        db.session.add(client)
        db.session.commit()
    return client


def visit(client, at, now=NOW):
    with writing():
        known = programme(db.session)
        wish = Wish(
            known.treatment("massage"), 60, known.therapist("ana-moreau"), at, client.name, client.email, client=client
        )
        made = book(db.session, wish, screening=None, key=None, now=now, by=ROSA)
        assert not made.refusals
        db.session.commit()
    return made.appointment


def done(verb, *args, **more):
    with writing():
        assert not verb(db.session, *args, by=ROSA, **more)
        db.session.commit()


def missed(client, days, *, late=False):
    """A visit so many days from now that they did not come to, or cancelled an hour before."""
    at = NOW + timedelta(days=days, hours=1)
    found = visit(client, at)
    if late:
        done(cancel, found, now=at - timedelta(hours=1))
    else:
        done(attend, found, "no_show", now=at + timedelta(minutes=20))
    return found


def rule(most, kind="call", **more):
    with writing():
        db.session.execute(update(Clinic).values(missed_most=most, missed_rule=kind, **more))
        db.session.commit()


LATER = NOW + timedelta(days=20)
AGAIN = NOW + timedelta(days=21, hours=1)


@pytest.mark.parametrize(
    ("kind", "asked"), [("call", (True, False)), ("approval", (False, True)), ("deposit", (False, False))]
)
def test_once_a_client_has_missed_so_many_the_clinics_rule_asks_when_they_book(clara, kind, asked):
    rule(2, kind)
    missed(clara, 1)
    before = visit(clara, NOW + timedelta(days=2, hours=3))
    missed(clara, 5, late=True)
    after = visit(clara, AGAIN, now=LATER)
    assert (before.call, before.approval) == (None, None)
    assert (after.call is not None, after.approval is not None) == asked


def test_a_call_is_the_therapists_the_day_before_and_an_approval_is_asked_of_them(clara, cast):
    missed(clara, 1)
    for kind, task in (("call", "ring_before_visit"), ("approval", "approve_appointment")):
        rule(1, kind)
        made = visit(clara, AGAIN + timedelta(hours=len(kind) - 4), now=LATER)
        item = db.session.get(WorkItem, made.call_id or made.approval_id)
        assert (item.task, item.owner_id) == (task, cast.ana.account_id)


def test_without_a_number_there_is_no_rule(clara):
    missed(clara, 1)
    missed(clara, 2)
    rule(None, "call", missed_words=WORDS)
    assert visit(clara, AGAIN, now=LATER).call is None


def test_what_was_undone_long_ago_or_cancelled_in_time_does_not_count(clara, cast):
    early = visit(clara, NOW + timedelta(days=9, hours=1))
    done(cancel, early, now=NOW)
    slip = missed(clara, 1)
    done(undo, slip, "no_show", now=NOW + timedelta(days=3))
    old = missed(clara, 2)
    clinic = programme(db.session).clinic
    assert history.missed(db.session, clara.id, clinic, LATER) == 1
    assert history.missed(db.session, clara.id, clinic, old.starts_at + timedelta(days=365)) == 1
    assert history.missed(db.session, clara.id, clinic, old.starts_at + timedelta(days=366)) == 0


def test_what_is_missed_later_changes_nothing_that_was_booked_before(clara):
    rule(1, "deposit", missed_words=WORDS)
    booked = visit(clara, NOW + timedelta(days=8, hours=1))
    missed(clara, 1)
    clinic = programme(db.session).clinic
    assert history.missed_words(db.session, clara.id, clinic, booked.booked_at) == ""
    assert history.missed_words(db.session, clara.id, clinic, LATER) == WORDS


def test_a_guest_is_asked_nothing_more_of_the_database_and_of_them(cast, visitor):
    def statements():
        known = programme(db.session)
        wish = Wish(known.treatment("massage"), 60, known.therapist("ana-moreau"), AGAIN, **WHO)
        with writing(), counting() as asked:
            made = book(db.session, wish, screening=None, key=None, now=NOW, by=GUEST)
            db.session.flush()
        assert made.appointment
        assert made.appointment.call is None
        db.session.rollback()
        return len(asked)

    statements()
    before = statements()
    rule(1, "call", missed_words=WORDS)
    statements()
    assert statements() == before


def test_the_words_stand_on_the_check_page_of_whoever_is_known_in_the_confirmation_and_in_the_mail(app, visitor, cast):
    with_account(app, visitor)
    first = db.session.scalar(select(Appointment))
    done(attend, first, "no_show", now=first.starts_at)
    rule(1, "deposit", missed_words=WORDS)
    own = f"/appointments/{link_of(db.session, first.id).token}/again"
    with time_machine.travel(NOW + timedelta(days=2), tick=False):
        visitor.get(f"{own}?slot=20260317T1000Z.ana-moreau")
        assert WORDS in visitor.text
        visitor.send(own)
        assert WORDS in visitor.text
        box = Letterbox()
        box.round(app, NOW + timedelta(days=2))
        assert WORDS in text_of(box.mails[-1])
        details(visitor, at="20260318T1000Z")
        assert WORDS in visitor.text
        details(visitor, at="20260318T1000Z", name="Dora Ladle")
        assert WORDS not in visitor.text


def test_a_stranger_with_the_same_name_and_address_proves_nothing_and_reads_nothing_of_it(visitor, clara):
    missed(clara, 1)
    rule(1, "deposit", missed_words=WORDS)
    details(visitor, at="20260318T1000Z")
    assert WORDS not in visitor.text
    visitor.send("/appointments")
    assert WORDS not in visitor.text


def test_it_stands_on_the_record(visitor, clara):
    missed(clara, 1)
    missed(clara, 2, late=True)
    with time_machine.travel(NOW + timedelta(days=3), tick=False):
        visitor.sign_in("rosa")
        visitor.get(f"/clients/{clara.id}")
        assert "2 missed in 12 months" in visitor.text
        assert "Did not come" in visitor.text
        assert "Cancelled late" in visitor.text
    assert (db.session.scalar(select(Attendance.state)), db.session.scalar(select(Cancellation.late))) == (
        "no_show",
        True,
    )


def test_a_move_asks_the_therapist_again_who_was_asked_by_the_rule(clara, cast):
    missed(clara, 1)
    rule(1, "approval")
    made = visit(clara, AGAIN, now=LATER)
    with writing():
        ana = Actor("account", str(cast.ana.account_id))
        assert approve(db.session, made, seen=AGAIN, now=LATER, by=ana) == []
        known = programme(db.session)
        to = Wish(
            known.treatment("massage"),
            60,
            known.therapist("ben-okafor"),
            AGAIN,
            clara.name,
            clara.email,
            client=clara,
            moves=made.id,
            desk=Desk(),
        )
        assert not move(db.session, made, to, now=LATER, by=ROSA)
        db.session.commit()
    assert (made.approval.done_at, made.approval.owner_id) == (None, cast.ben.account_id)
