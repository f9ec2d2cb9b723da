"""When a therapist may not give what is booked with them any more: each visit becomes work, once, with its ways out."""

import re
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from clinic.booking.models import Appointment, Cancellation
from clinic.booking.operations import REPLACE, ask_for_replacements
from clinic.core.db import db, writing
from clinic.people.models import Account
from clinic.qualifications.models import Credential, Verification
from clinic.work.models import WorkItem
from tests.conftest import NOW
from tests.house.test_statements import statements
from tests.letterbox import Letterbox, text_of
from tests.steps import book

MONDAY = datetime.fromisoformat("2026-03-16T09:00Z")


@pytest.fixture
def desk(new_visitor):
    visitor = new_visitor()
    visitor.sign_in("rosa")
    return visitor


@pytest.fixture
def bens(new_visitor):
    """Three visits of Ben's, on three days."""
    for day in (16, 17, 18):
        book(new_visitor(), therapist="ben-okafor", at=f"202603{day}T1000Z")
    return db.session.scalars(select(Appointment.id).order_by(Appointment.starts_at)).all()


def papers(holder, kind):
    return select(Credential.id).where(Credential.therapist_id == holder.id, Credential.kind == kind)


def judged(holder, outcome, kind="qualification"):
    """The owner has looked at these again."""
    with writing():
        olu = db.session.scalar(select(Account.id).where(Account.email == "olu@clinic.test"))
        for one in db.session.scalars(papers(holder, kind)).all():
            db.session.add(
                Verification(credential_id=one, outcome=outcome, method="original", by_id=olu, at=NOW, note="Why")
            )
        db.session.commit()


def changed(holder, kind="qualification", **values):
    with writing():
        db.session.execute(update(Credential).where(Credential.id.in_(papers(holder, kind))).values(**values))
        db.session.commit()


def look(now=NOW):
    found = ask_for_replacements(db.session, now=now)
    db.session.rollback()
    return found


def waiting():
    found = select(WorkItem).where(WorkItem.task == REPLACE, WorkItem.done_at.is_(None))
    return db.session.scalars(found.order_by(WorkItem.due_at)).all()


def test_nothing_is_asked_while_everybody_may_give_what_is_booked_with_them(bens):
    assert look() == 0
    assert waiting() == []


def test_each_visit_to_come_is_asked_for_once_and_done_with_by_itself_when_it_fits_again(bens, cast):
    judged(cast.ben, "revoked")
    assert look() == 3
    assert [item.subject for item in waiting()] == [f"appointment:{one}" for one in bens]
    assert [item.due_at for item in waiting()][1] == MONDAY + timedelta(hours=1)  # the day before
    look()
    look(NOW + timedelta(days=1))
    assert len(waiting()) == 3
    judged(cast.ben, "verified")
    assert look(NOW + timedelta(days=1)) == 0
    assert waiting() == []
    judged(cast.ben, "revoked")
    look(NOW + timedelta(days=1))
    assert len(waiting()) == 3


def test_what_is_booked_on_days_after_the_last_good_one_is_asked_for_and_the_rest_is_not(bens, cast):
    changed(cast.ben, "insurance", expires_on=date(2026, 3, 17))
    assert look() == 1
    assert [item.subject for item in waiting()] == [f"appointment:{bens[2]}"]


def test_a_paper_that_was_changed_waits_for_its_check_and_so_do_the_visits(bens, cast):
    changed(cast.ben, revision=2)
    assert look() == 3


def test_what_is_over_or_cancelled_is_nobodys_work(bens, cast, desk):
    with writing():
        db.session.add(Cancellation(appointment_id=bens[1], at=NOW, by="account:1", late=False))
        db.session.commit()
    judged(cast.ben, "revoked")
    assert look(MONDAY + timedelta(hours=1, minutes=30)) == 2  # the first has begun, and is not over
    judged(cast.ben, "rejected")
    assert look(MONDAY + timedelta(hours=2)) == 1


def test_what_somebody_has_done_is_not_asked_again_for_the_same_cause_but_for_another(bens, cast, desk):
    judged(cast.ben, "revoked")
    look()
    desk.get("/work")
    item = waiting()[0].id
    me = db.session.scalar(select(Account.id).where(Account.email == "rosa@clinic.test"))
    desk.post(f"/work/{item}/owner", owner=me)
    desk.post(f"/work/{item}/completion")
    look(NOW + timedelta(days=1))
    assert len(waiting()) == 2
    judged(cast.ben, "revoked", "insurance")
    look(NOW + timedelta(days=1))
    assert len(waiting()) == 3
    assert db.session.scalar(select(func.count()).where(WorkItem.task == REPLACE)) == 4


def test_the_desk_gives_it_to_a_colleague_at_the_same_time_moves_it_or_cancels_it_and_the_client_hears(
    app, bens, cast, desk
):
    judged(cast.ben, "revoked")
    look()
    Letterbox().round(app, NOW)
    desk.get("/work")
    assert "Clara Teacup Find another therapist" in desk.text
    desk.get(desk.link("Who else may, and when"))
    assert desk.text.count("Give to Ana") == 3
    give(desk, bens[0], "20260316T1000Z.ana-moreau")
    first = db.session.get(Appointment, bens[0])
    assert (first.therapist_id, first.starts_at) == (cast.ana.id, MONDAY + timedelta(hours=1))
    desk.get("/clinic/replacements")
    times = re.findall(r'value="(\d+T\d+Z\.ana-moreau)"', section(desk, bens[1]))
    other = next(one for one in times if not one.startswith("20260317T1000Z"))
    give(desk, bens[1], other)
    desk.get("/clinic/replacements")
    desk.post(f"/diary/appointments/{bens[2]}/cancellation?next=/clinic/replacements", ours="yes")
    assert "Nobody else is needed" in desk.text
    assert waiting() == []
    assert look() == 0
    box = Letterbox()
    box.round(app, NOW)
    subjects = sorted(mail["Subject"].partition(":")[0] for mail in box.mails)
    assert subjects == ["Cancelled", "Changed", "Moved"]
    words = " ".join(text_of(mail) for mail in box.mails).lower()
    assert not any(word in words for word in ("revoked", "qualif", "insur", "paper", "massage"))


def section(visitor, appointment_id):
    """The part of the page that is about this appointment."""
    return next(part for part in visitor.page.text.split('<li class="stack">') if str(appointment_id) in part)


def give(visitor, appointment_id, slot):
    version = re.search(r'name="version" value="(\d+)"', section(visitor, appointment_id))[1]
    visitor.post("/clinic/moves?next=/clinic/replacements", appointment=str(appointment_id), version=version, slot=slot)
    assert "Saved: " in visitor.text, visitor.text[:500]


def test_whoever_is_not_free_then_or_may_not_give_it_either_is_not_proposed(bens, cast, desk, new_visitor):
    book(new_visitor(), therapist="ana-moreau", at="20260316T1000Z")
    judged(cast.ben, "revoked")
    changed(cast.ana, "insurance", expires_on=date(2026, 3, 17))
    look()
    desk.get("/clinic/replacements")
    assert ["Give to Ana" in section(desk, one) for one in bens] == [False, True, False]


def test_a_cancelled_visit_is_not_put_back_with_a_therapist_who_may_not_give_it_any_more(bens, cast, desk):
    page = f"/diary/appointments/{bens[0]}"
    desk.get(page)
    desk.post(f"{page}/cancellation", ours="yes")
    judged(cast.ben, "revoked")
    desk.post(f"{page}/attendance/undoing", step="cancelled")
    assert db.session.get(Cancellation, bens[0])
    judged(cast.ben, "verified")
    desk.post(f"{page}/attendance/undoing", step="cancelled")
    assert db.session.get(Cancellation, bens[0]) is None


def test_the_page_asks_the_database_as_often_for_many_as_for_few(bens, cast, desk, new_visitor):
    judged(cast.ben, "revoked")
    look()
    few = statements(desk, "/clinic/replacements")
    judged(cast.ben, "verified")
    for day in (19, 20, 23):
        book(new_visitor(), therapist="ben-okafor", at=f"202603{day}T1000Z")
    judged(cast.ben, "revoked")
    look()
    assert statements(desk, "/clinic/replacements") == few
    assert len(waiting()) == 6
