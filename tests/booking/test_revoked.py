"""The day a therapist with thirty visits to come loses a qualification; and whoever books in that very moment."""

from datetime import datetime, timedelta
from threading import Event

import pytest
from sqlalchemy import func, select, text

from clinic.booking.models import Appointment, Claim
from clinic.booking.operations import REPLACE, ask_for_replacements, book, cancel, move
from clinic.booking.programme import programme
from clinic.booking.wishes import Desk, Wish
from clinic.core.audit import GUEST, Actor, AuditLine
from clinic.core.db import db, writing
from clinic.people.models import Account, Therapist
from clinic.qualifications.models import Credential
from clinic.qualifications.operations import revoke
from clinic.work.models import WorkItem
from tests.booking.test_race import at_once
from tests.conftest import NOW

MONDAY = datetime.fromisoformat("2026-03-16T09:00Z")
STARTS = [MONDAY + timedelta(days=day, hours=hour) for day in (0, 1, 2, 3, 4, 7, 8, 9) for hour in (0, 2, 4, 6)][:30]


def wish(at, whom="ben-okafor", **more):
    known = programme(db.session)
    return Wish(known.treatment("massage"), 60, known.therapist(whom), at, "Clara Teacup", "clara@client.test", **more)


def books(at, **more):
    return book(db.session, wish(at, **more), screening=None, key=None, now=NOW, by=GUEST).refusals


@pytest.fixture
def thirty(cast):
    with writing():
        made = [book(db.session, wish(at), screening=None, key=None, now=NOW, by=GUEST).appointment.id for at in STARTS]
        db.session.commit()
    return made


def revokes():
    """The owner takes Ben's qualification back, at this moment."""
    paper = select(Credential).join(Therapist).where(Therapist.slug == "ben-okafor", Credential.kind == "qualification")
    olu = db.session.scalar(select(Account).where(Account.email == "olu@clinic.test"))
    return revoke(db.session, db.session.scalar(paper), "It was lent", olu, now=NOW, by=Actor("account", str(olu.id)))


def waiting():
    found = select(WorkItem.subject).where(WorkItem.task == REPLACE, WorkItem.done_at.is_(None))
    return {subject.removeprefix("appointment:") for subject in db.session.scalars(found)}


def test_thirty_visits_become_thirty_things_to_do_and_each_way_out_works(cast, thirty):
    with writing():
        assert revokes() == []
        db.session.commit()
    for desk in (None, Desk(reason="Nobody else")):
        with writing():
            refused = [books(at + timedelta(days=14), desk=desk) for at in STARTS[:5]]
            db.session.rollback()
        assert {one.code for each in refused for one in each} == {"qualification_missing"}
    assert ask_for_replacements(db.session, now=NOW) == 30
    assert waiting() == {str(one) for one in thirty}
    for number, one in enumerate(thirty):
        way_out(number % 3, one)
    db.session.rollback()
    assert waiting() == set()
    assert ask_for_replacements(db.session, now=NOW + timedelta(days=1)) == 0
    bens = select(func.count()).select_from(Claim).join(Appointment).where(Appointment.therapist_id == cast.ben.id)
    assert db.session.scalar(bens) == 0


def way_out(which, appointment_id):
    """To Ana at the same time, to Ana a fortnight later, or called off."""
    with writing():
        found = db.session.get(Appointment, appointment_id)
        desk = Desk(seen=found.version)
        if which == 2:
            refused = cancel(db.session, found, now=NOW, by=GUEST, ours=True)
        else:
            at = found.starts_at + timedelta(days=14 * which)
            refused = move(db.session, found, wish(at, "ana-moreau", moves=found.id, desk=desk), now=NOW, by=GUEST)
        assert refused == []
        db.session.commit()


@pytest.mark.parametrize("turn", range(5))
def test_no_booking_slips_through_while_it_is_revoked(app, cast, turn):
    """Whoever booked first has their visit, and it becomes work; whoever came after was refused."""
    tasks = [lambda at=at: books(at) for at in STARTS[:5]]
    tasks.insert(turn, revokes)
    told = at_once(app, tasks)
    assert told.pop(turn) == []
    assert {code for codes in told for code in codes} <= {"qualification_missing"}
    db.session.rollback()
    lines = db.session.scalars(select(AuditLine.action).order_by(AuditLine.id)).all()
    done = [one for one in lines if one in {"appointment.booked", "credential.revoked"}]
    assert done == ["appointment.booked"] * told.count([]) + ["credential.revoked"]
    assert ask_for_replacements(db.session, now=NOW) == told.count([]) == len(waiting())
    with writing():
        assert [one.code for one in books(STARTS[9])] == ["qualification_missing"]
        db.session.rollback()


def waits():
    """Whether somebody waits for a lock. On SQLite whoever writes does, from its first statement on."""
    if db.engine.dialect.name == "sqlite":
        return True
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        return bool(connection.scalar(text(waiting)))


def test_a_booking_begun_while_it_is_revoked_waits_for_that_and_is_refused(app, cast):
    revoked, booked = Event(), Event()

    def revoking():
        refused = revokes()
        revoked.set()
        while not (waits() or booked.is_set()):
            pass  # not committed yet: the booking comes as far as it can
        return refused

    def booking():
        revoked.wait(20)
        refused = books(STARTS[0])
        booked.set()
        return refused

    assert at_once(app, [revoking, booking]) == [[], ["qualification_missing"]]
