"""Whatever needs a person: whose it is, by when, handed over, done, and taken back."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import select, update

from clinic.booking.models import Appointment
from clinic.booking.operations import ask_for_renewals
from clinic.core.audit import SYSTEM, AuditLine
from clinic.core.db import db, writing
from clinic.people.models import Account
from clinic.qualifications.models import Credential, Verification
from clinic.treatments.models import Treatment
from clinic.work import operations as work
from clinic.work.models import WorkItem
from tests.conftest import NOW
from tests.house.test_statements import statements
from tests.steps import TEN, book


@pytest.fixture
def staff(new_visitor):
    def sign_in(name):
        visitor = new_visitor()
        visitor.sign_in(name)
        return visitor

    return sign_in


@pytest.fixture
def clara(new_visitor):
    """Clara is booked with Ana; the address of what is to be done about her."""
    book(new_visitor())
    return f"/clients/{db.session.scalar(select(Appointment.client_id))}/work"


def account(name):
    return db.session.scalar(select(Account.id).where(Account.name.like(f"{name}%")))


def asked_for(visitor, address, name, **changed):
    visitor.get(address)
    told = {"task": "ring_back", "owner": account(name), "day": "2026-03-11", "time": "17:00", **changed}
    return visitor.send(address, **told)


def item():
    return db.session.scalar(select(WorkItem).order_by(WorkItem.id.desc()))


def test_what_reception_asks_of_a_therapist_waits_at_the_side_of_their_day_until_it_is_done(staff, clara, cast):
    rosa, ana = staff("rosa"), staff("ana")
    asked_for(rosa, clara, "Ana")
    assert "Clara Teacup no phone given: write to them Ring back by 5pm · Ana Moreau" in rosa.text
    ana.get("/today")
    assert "Needs you Clara Teacup no phone given: write to them Ring back by 5pm Done" in ana.text
    assert "Clara" not in staff("ben").text
    done = f"/work/{item().id}/completion"
    assert rosa.post(done).status_code == 404
    ana.post(f"{done}?next=/work")
    assert "Nothing waits" in ana.text
    assert "Clara Teacup Ring back Ana Moreau, Wednesday 11 March, 9am" in ana.text
    assert (item().done_at, item().done_by_id) == (NOW, cast.ana.account_id)


def test_what_was_done_by_mistake_waits_again_and_all_of_it_is_on_record(staff, clara):
    rosa = staff("rosa")
    asked_for(rosa, clara, "Rosa")
    rosa.post(f"/work/{item().id}/completion?next=/work")
    rosa.post(f"/work/{item().id}/reopening?next=/work")
    assert "1 thing waits" in rosa.text
    rosa.post(f"/work/{item().id}/completion?next=/work")
    with time_machine.travel(NOW + timedelta(days=6), tick=False):
        assert "Not done after all" in staff("olu").get("/work").text
    with time_machine.travel(NOW + timedelta(days=8), tick=False):
        late = staff("olu")
        assert "Not done after all" not in late.get("/work").text
        assert late.post(f"/work/{item().id}/reopening").status_code == 404
    lines = db.session.scalars(select(AuditLine).where(AuditLine.action.like("work.%")).order_by(AuditLine.id)).all()
    assert [line.action for line in lines] == ["work.asked", "work.done", "work.reopened", "work.done"]
    assert "Clara" not in str([line.detail for line in lines])


def test_somebody_takes_it_over_and_hands_it_on(staff, clara):
    rosa, olu = staff("rosa"), staff("olu")
    asked_for(rosa, clara, "Ana")
    owner = f"/work/{item().id}/owner"
    rosa.post(owner, owner=account("Rosa"))
    assert item().owner_id == account("Rosa")
    assert staff("ben").post(owner, owner=account("Ben")).status_code == 404
    olu.post(owner, owner=account("Ben"))
    ben = staff("ben")
    assert "Ring back" in ben.text
    assert "/clients/" not in ben.page.text  # the record is for those who treat her
    ben.post(owner, owner=account("Ana"))
    assert item().owner_id == account("Ana")
    assert olu.post(owner, owner=987654).status_code == 404
    handed = select(AuditLine).where(AuditLine.action == "work.handed_over").order_by(AuditLine.id)
    moved = db.session.scalars(handed).all()
    assert [line.detail["after"]["owner"] for line in moved] == [account(one) for one in ("Rosa", "Ben", "Ana")]


def test_a_yes_or_no_goes_to_therapists_and_the_owner_alone(staff, new_visitor):
    with writing():
        db.session.execute(update(Treatment).values(needs_approval=True))
        db.session.commit()
    book(new_visitor())
    owner, rosa, olu = f"/work/{item().id}/owner", staff("rosa"), staff("olu")
    assert rosa.post(owner, owner=account("Rosa")).status_code == 403
    assert "Take over" not in rosa.get("/work").text
    olu.get("/work")
    assert f'value="{account("Rosa")}"' not in olu.page.text
    olu.post(owner, owner=account("Olu"))
    olu.get("/work")
    yes = re.search(r'action="(/work/\d+/approval\?[^"]*)"', olu.page.text)[1].replace("&amp;", "&")
    olu.post(yes, at=TEN)
    assert olu.page.request.path == "/work"
    assert item().done_by_id == account("Olu")
    assert olu.post(f"/work/{item().id}/reopening").status_code == 404


def test_what_is_overdue_stands_first_and_says_so(staff, clara):
    rosa = staff("rosa")
    asked_for(rosa, clara, "Rosa", day="2026-03-12", task="check_details")
    asked_for(rosa, clara, "Rosa", time="10:00")
    with time_machine.travel(NOW + timedelta(hours=2), tick=False):
        rosa.get("/work")
        assert rosa.text.index("Ring back Overdue by 10am") < rosa.text.index("Check the details by Thursday 12 March")


@pytest.mark.parametrize("task", ["ring_about_plan", "ring_after_check_in"])
def test_a_call_about_something_alarming_stands_before_all_that_waits_longer(staff, clara, cast, task):
    ana, about = staff("ana"), clara.removesuffix("/work").replace("/clients/", "client:")
    with writing():
        for ago in range(7):
            work.ask(
                db.session, "check_details", about, cast.ana.account_id, due_at=NOW - timedelta(ago), now=NOW, by=SYSTEM
            )
        for _ in range(6):
            work.ask(db.session, task, about, cast.ana.account_id, due_at=NOW, now=NOW, by=SYSTEM)
        db.session.commit()
    for page, rest in (("/today", 0), ("/work", 7)):
        ana.get(page)
        tasks = re.findall("At once since 9am|Check the details", ana.text)
        assert tasks == ["At once since 9am"] * 6 + ["Check the details"] * rest


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"task": ""}, "Choose what to do."),
        ({"task": "approve_appointment"}, "Choose what to do."),
        ({"owner": "987654"}, "Choose who does it."),
        ({"day": "tomorrow"}, "Enter a day, such as 2026-03-12."),
        ({"time": "08:00"}, "still to come"),
    ],
)
def test_what_cannot_be_asked_is_said_kindly(staff, clara, changed, says):
    rosa = staff("rosa")
    assert asked_for(rosa, clara, "Rosa", **changed).status_code == 422
    assert says in rosa.text
    assert item() is None


@pytest.fixture
def lapse(cast):
    """Ben's insurance ends on 25 March; the worker's look for what lapses."""

    def look(now=NOW):
        with writing():
            insurance = select(Credential).where(Credential.therapist_id == cast.ben.id, Credential.kind == "insurance")
            insurance = insurance.order_by(Credential.id)  # the first is the old one
            db.session.scalar(insurance).expires_on = date(2026, 3, 25)
            db.session.commit()
        return ask_for_renewals(db.session, now=now)

    return look


def test_a_paper_that_ends_within_thirty_days_is_asked_for_once_and_says_how_many_it_leaves_uncovered(
    lapse, staff, cast, new_visitor
):
    for at in ("20260325T1000Z", "20260326T1000Z", "20260327T1000Z"):
        book(new_visitor(), therapist="ben-okafor", at=at)
    assert lapse() == 1
    assert lapse(NOW + timedelta(minutes=1)) == lapse(NOW + timedelta(days=3)) == 0
    assert (item().owner_id, item().subject[:11]) == (cast.ben.account_id, "credential:")
    for name, shown in (("ben", True), ("olu", True), ("rosa", True), ("ana", False)):
        visitor = staff(name)
        assert ("Renew the insurance" in visitor.text) is shown
        visitor.get("/work")
        assert ("Ben Okafor Renew the insurance 2 appointments after that day" in visitor.text) is shown
        assert ("by Wednesday 25 March, midnight" in visitor.text) is shown


def test_a_paper_that_another_follows_is_not_asked_for(lapse, cast):
    with writing():
        old = db.session.scalar(
            select(Credential).where(Credential.therapist_id == cast.ben.id, Credential.kind == "insurance")
        )
        follows = Credential(
            therapist_id=cast.ben.id,
            kind="insurance",
            title="Insurance",
            activities=[*old.activities, "abdominal"],
            starts_on=date(2026, 3, 26),
            expires_on=date(2027, 3, 25),
        )
        db.session.add(follows)
        db.session.flush()
        checked = Verification(credential_id=follows.id, outcome="verified", method="body", by_id=cast.olu.id, at=NOW)
        db.session.add(checked)
        db.session.commit()
    assert lapse() == 0
    with writing():
        checked.outcome = "revoked"
        db.session.commit()
    assert lapse() == 1


def test_work_asks_the_database_as_often_of_much_as_of_little(staff, clara, lapse, visitor):
    rosa = staff("rosa")
    few = {page: statements(rosa, page) for page in ("/work", "/today")}
    assert lapse() == 1
    for _ in range(6):
        asked_for(rosa, clara, "Rosa")
    assert {page: statements(rosa, page) for page in few} == few
    assert few["/today"] <= 11


@pytest.mark.parametrize("task", ["ask_about_practice", "ring_back"])
def test_work_about_somebody_they_see_leads_to_the_record_and_has_the_phone(staff, clara, cast, task):
    ana, ben, record = staff("ana"), staff("ben"), clara.removesuffix("/work")
    about = record.replace("/clients/", "client:")
    with writing():
        for whose in (cast.ana, cast.ben):
            work.ask(db.session, task, about, whose.account_id, due_at=NOW, now=NOW, by=SYSTEM)
        db.session.commit()
    ana.get("/work")
    ben.get("/work")
    assert f'href="{record}"' in ana.page.text
    assert f'href="{record}"' not in ben.page.text
    assert "Clara Teacup no phone given: write to them" in ana.text
