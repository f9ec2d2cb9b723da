"""How far a visit has come: said, undone, cancelled and put back, in any order."""

from datetime import timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from sqlalchemy import delete, func, select, update

from clinic.booking import queries
from clinic.booking.models import Appointment, Attendance, Cancellation, Claim
from clinic.booking.operations import attend, book, cancel, confirm, move, undo
from clinic.booking.operations.making import Outcome
from clinic.booking.programme import programme
from clinic.booking.rules import STEPS
from clinic.booking.wishes import Desk, Wish
from clinic.core.audit import GUEST, SYSTEM, Actor, AuditLine
from clinic.core.db import db, writing
from clinic.notes.queries import unsigned
from clinic.places.models import Clinic
from clinic.treatments.models import Treatment
from tests.conftest import NOW
from tests.letterbox import Letterbox, calendar_of, text_of

ROSA = Actor("account", "7")
STARTS = NOW + timedelta(days=1, hours=1)  # Thursday at ten
FOLLOWS = {
    "booked": {"confirmed", "arrived", "started", "finished", "no_show"},
    "confirmed": {"arrived", "started", "finished", "no_show"},
    "arrived": {"started", "finished"},
    "started": {"finished"},
    "finished": set(),
    "no_show": set(),
}


def wish(at=STARTS, who="ana-moreau", **more):
    known = programme(db.session)
    return Wish(known.treatment("massage"), 60, known.therapist(who), at, "Clara Teacup", "clara@client.test", **more)


def made(at=STARTS, **more) -> Outcome:
    with writing():
        outcome = book(db.session, wish(at, **more), screening=None, key=None, now=NOW, by=GUEST)
        db.session.commit()
    return outcome


@pytest.fixture
def visit(cast):
    return made().appointment


def at(minutes):
    return STARTS + timedelta(minutes=minutes)


def done(verb, *args, now=NOW, by=ROSA, **more):
    """The codes of what speaks against it; nothing where it is done."""
    with writing():
        refusals = verb(db.session, *args, now=now, by=by, **more)
        if refusals:
            db.session.rollback()
        else:
            db.session.commit()
    return [refusal.code for refusal in refusals]


def state(visit):
    db.session.refresh(visit)
    return queries.reached(visit).state


def may(stack, step, minutes):
    """A simple model of the rules: what may follow what, and when."""
    if step == "cancelled":
        return minutes < 0 and "cancelled" not in stack
    in_time = {"confirmed": minutes < 0, "no_show": minutes >= 0}.get(step, minutes >= -12 * 60)
    return stack[-1] != "cancelled" and step in FOLLOWS[stack[-1]] and in_time


MINUTES = st.sampled_from([-1440, -720, -30, -1, 0, 20, 90])
SAID = st.tuples(st.sampled_from([*STEPS, "cancelled"]), MINUTES)
UNDONE = st.tuples(st.just("undo"), st.sampled_from(["last", *STEPS, "cancelled"]))


@settings(max_examples=60)
@given(st.lists(st.one_of(SAID, UNDONE), max_size=9))
@example([("confirmed", -30), ("undo", "last"), ("arrived", 0), ("undo", "arrived")])
def test_whatever_is_said_and_undone_a_visit_stands_where_a_simple_model_has_it(visit, happened):
    done(undo, visit, "cancelled")
    with writing():
        db.session.execute(delete(Attendance))
        db.session.execute(update(Appointment).values(confirmed_at=None))
        db.session.commit()
    stack, changes, version = ["booked"], 0, visit.version
    for word, detail in happened:
        if word == "undo":
            step = stack[-1] if detail == "last" else detail
            possible = step == stack[-1] != "booked"
            refused = done(undo, visit, step, now=at(30))
            assert bool(refused) == (not possible), (stack, step)
            stack = stack[:-1] if possible else stack
            changes += possible
        else:
            same, possible = word == stack[-1], may(stack, word, detail)
            verb, args = (cancel, (visit,)) if word == "cancelled" else (attend, (visit, word))
            refused = done(verb, *args, now=at(detail))
            assert bool(refused) == (not same and not possible), (stack, word, detail)
            stack = [*stack, word] if possible and not same else stack
            changes += possible and not same
        assert state(visit) == stack[-1]
        assert visit.version == version + changes
        assert claims_of(visit) == (0 if stack[-1] == "cancelled" else 3)
    said = db.session.scalars(select(Attendance.state).where(Attendance.undone_at.is_(None))).all()
    assert sorted(said) == sorted(one for one in stack if one in STEPS)


def claims_of(visit):
    return db.session.scalar(select(func.count()).where(Claim.appointment_id == visit.id))


def test_each_step_is_kept_with_who_and_when_and_audited_with_what_was_before(visit):
    assert not done(confirm, visit, by=Actor("link", "abc"))
    assert not done(attend, visit, "arrived", now=at(-5))
    assert not done(undo, visit, "arrived", now=at(-4), by=Actor("account", "8"))
    rows = db.session.scalars(select(Attendance).order_by(Attendance.at)).all()
    assert [(row.state, row.at, row.by, row.undone_at, row.undone_by) for row in rows] == [
        ("confirmed", NOW, "link:abc", None, None),
        ("arrived", at(-5), "account:7", at(-4), "account:8"),
    ]
    told = select(AuditLine.action, AuditLine.detail).where(AuditLine.actor != "guest").order_by(AuditLine.id)
    lines = db.session.execute(told).all()
    assert [(action, detail) for action, detail in lines] == [
        ("appointment.confirmed", {"before": "booked", "after": "confirmed"}),
        ("appointment.arrived", {"before": "confirmed", "after": "arrived"}),
        ("appointment.undone", {"before": "arrived", "after": "confirmed"}),
    ]


def test_no_mail_goes_to_somebody_who_did_not_come(app, visit):
    box = Letterbox()
    box.round(app, NOW)
    box.mails.clear()
    assert not done(attend, visit, "no_show", now=at(20))
    assert box.round(app, at(60 * 24 * 30)) == 0


@pytest.mark.parametrize(
    ("hours", "ours", "late"),
    [(25, False, False), (24, False, False), (23, False, True), (1, False, True), (1, True, False)],
)
def test_a_cancellation_is_late_by_the_clinics_notice_and_never_where_the_clinic_calls_it_off(visit, hours, ours, late):
    assert not done(cancel, visit, now=STARTS - timedelta(hours=hours), ours=ours)
    assert db.session.scalar(select(Cancellation.late)) is late


def test_what_was_late_stays_late_when_the_clinic_changes_its_notice(visit):
    done(cancel, visit, now=STARTS - timedelta(hours=2))
    with writing():
        db.session.execute(update(Clinic).values(change_notice_hours=1))
        db.session.commit()
    assert db.session.scalar(select(Cancellation.late)) is True


def test_a_slip_is_put_back_with_its_time_and_its_reminder_and_nobody_is_written_to(app, cast):
    with writing():
        db.session.execute(update(Clinic).values(reminder_hours=[2]))
        db.session.commit()
    visit = made().appointment
    Letterbox().round(app, NOW)
    before = claims()
    assert not done(cancel, visit)
    assert not done(undo, visit, "cancelled")
    assert (state(visit), claims()) == ("booked", before)
    box, due = Letterbox(), at(-120)
    assert box.round(app, due - timedelta(minutes=1)) == 0
    assert box.round(app, due) == 1
    assert box.mails[0]["Subject"] == "Reminder: Thursday 12 March, 10am"


def claims():
    found = db.session.execute(select(Claim.resource_id, Claim.starts_at, Claim.ends_at).order_by(Claim.resource_id))
    return [tuple(claim) for claim in found]


def test_whoever_has_read_that_it_is_cancelled_reads_that_it_stands_and_may_be_told_again(app, visit):
    box = Letterbox()
    done(cancel, visit)
    box.round(app, NOW)
    done(undo, visit, "cancelled")
    box.round(app, NOW)
    assert box.mails[-1]["Subject"] == "It stands after all: Thursday 12 March, 10am"
    assert "it stands, and the time is yours" in text_of(box.mails[-1])
    done(cancel, visit)
    box.round(app, NOW)
    assert box.mails[-1]["Subject"] == "Cancelled: Thursday 12 March, 10am"
    entries = [Calendar.from_ical(calendar_of(mail)) for mail in box.mails]
    assert [entry["method"] for entry in entries] == ["CANCEL", "REQUEST", "CANCEL"]
    assert [entry.walk("VEVENT")[0]["sequence"] for entry in entries] == [1, 2, 3]


def test_it_is_not_put_back_where_somebody_else_has_the_time(visit):
    done(cancel, visit)
    other = made(client=None).appointment
    assert done(undo, visit, "cancelled") == ["taken_meanwhile"]
    assert (state(visit), state(other)) == ("cancelled", "booked")


def test_what_its_client_cancelled_is_not_put_back(visit):
    done(cancel, visit, by=Actor("link", "abc"))
    assert done(undo, visit, "cancelled") == ["cancelled_by_client"]


def test_what_is_no_longer_offered_is_put_back_all_the_same(visit):
    done(cancel, visit)
    with writing():
        db.session.execute(update(Treatment).values(offered=False))
        db.session.commit()
    assert done(undo, visit, "cancelled") == []
    assert state(visit) == "booked"


def test_a_move_asks_anew_whether_they_come(visit):
    done(confirm, visit)
    assert not done(move, visit, wish(STARTS + timedelta(days=1), moves=visit.id))
    assert state(visit) == "booked"


def test_who_is_here_stays_here_when_somebody_else_treats_them(visit):
    done(attend, visit, "arrived", now=at(-5))
    assert not done(move, visit, wish(who="ben-okafor", moves=visit.id, desk=Desk()), now=at(-3))
    assert state(visit) == "arrived"


@pytest.mark.parametrize("step", ["started", "finished", "no_show"])
def test_a_visit_that_has_begun_or_was_missed_does_not_move_away(visit, step):
    done(attend, visit, step, now=at(5))
    assert done(move, visit, wish(STARTS + timedelta(days=1), moves=visit.id, desk=Desk()), now=at(6))
    assert state(visit) == step


def test_the_worker_or_anybody_says_nothing_twice(visit):
    for _ in range(2):
        assert not done(attend, visit, "arrived", now=at(0), by=SYSTEM)
    assert not done(undo, visit, "arrived", now=at(1))
    assert done(undo, visit, "arrived", now=at(1)) == ["undone_already"]
    assert db.session.scalar(select(func.count()).select_from(Attendance)) == 1


def test_a_visit_that_was_missed_is_no_assessment_and_waits_for_no_note(visit, cast):
    kinds, later = [visit.treatment_id], NOW + timedelta(days=9)
    asked = (db.session, visit.client_id, kinds, later)
    assert queries.seen_at(*asked) == visit.ends_at
    assert [one.id for one in unsigned(db.session, cast.ana.id, later)] == [visit.id]
    done(attend, visit, "no_show", now=at(20))
    assert queries.seen_at(*asked) is None
    assert unsigned(db.session, cast.ana.id, later) == []
    done(undo, visit, "no_show", now=at(30))
    assert queries.seen_at(*asked) == visit.ends_at
