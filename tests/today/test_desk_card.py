"""The head of a client's record: what the desk has to know and do, how to reach them, and changing it."""

import pytest
from sqlalchemy import select, update

from clinic.booking.models import Appointment
from clinic.core.audit import AuditLine
from clinic.core.db import db, writing
from clinic.people.models import Client
from clinic.work.models import WorkItem
from tests.conftest import NOW
from tests.plans import plan_for
from tests.steps import TEN, book, screen


@pytest.fixture
def record(visitor):
    """The record of Dmitri, whom Ana is to ring first."""
    screen(visitor, "tummy_unexplained", query=f"?slot={TEN}.ana-moreau")
    dmitri = {"name": "Dmitri Kettle", "email": "dmitri@client.test", "phone": "0117 496 0002"}
    book(visitor, "hips-without-tummy", **dmitri, area="groin", word="It hurts on stairs")
    return f"/clients/{db.session.scalar(select(Client.id))}"


def signed_in(new_visitor, name):
    visitor = new_visitor()
    visitor.sign_in(name)
    return visitor


def changed(visitor, record, **typed):
    visitor.get(f"{record}/contact")
    return visitor.send(f"{record}/contact", **typed)


def test_the_desk_reads_what_to_do_and_that_there_is_a_plan_but_not_what(record, new_visitor, cast):
    rosa = signed_in(new_visitor, "rosa")
    rosa.get(record)
    assert "At the desk Ring before the visit" in rosa.text
    assert "No home plan yet" in rosa.text
    with writing():
        db.session.execute(update(Appointment).values(chaperone=True))
        plan_for(db.session.scalar(select(Client)), cast.ana, word="Slowly now")
        db.session.commit()
    rosa.get(record)
    assert "Ring before the visit Wants a chaperone" in rosa.text
    assert "Home plan sent Wednesday 11 March 2026" in rosa.text
    assert not [words for words in ("Slowly", "elvic", "ummy_", "roin", "stairs") if words in rosa.page.text]


def test_what_was_asked_about_them_stands_with_what_is_to_do_until_it_is_done(record, new_visitor, cast):
    with writing():
        about = f"client:{record.rpartition('/')[2]}"
        asked = WorkItem(task="ring_about_plan", owner_id=cast.rosa.id, subject=about, due_at=NOW)
        db.session.add(asked)
        db.session.commit()
    rosa = signed_in(new_visitor, "rosa")
    rosa.get(record)
    assert "At the desk Ring before the visit Ring about the home plan" in rosa.text
    with writing():
        db.session.execute(update(WorkItem).where(WorkItem.subject != "").values(done_at=NOW))
        db.session.commit()
    rosa.get(record)
    assert "Ring about the home plan" not in rosa.text


def test_what_is_done_is_no_alert_any_more(record, new_visitor):
    ana = signed_in(new_visitor, "ana")
    item = db.session.scalar(select(Appointment.call_id))
    ana.get("/today")
    ana.post(f"/work/{item}/completion")
    ana.get(record)
    assert "At the desk Nothing to look out for." in ana.text


@pytest.mark.parametrize("name", ["rosa", "olu", "ana"])
def test_contact_and_the_desks_note_are_changed(record, new_visitor, name):
    staff = signed_in(new_visitor, name)
    changed(staff, record, name="Dmitri  Pan", phone="+44 117 496 0003", email="PAN@Client.test", desk_note="Side door")
    assert staff.page.request.path == record
    for words in ("Saved.", "Dmitri Pan", "+44 117 496 0003", "PAN@client.test", "Side door"):
        assert words in staff.text


def test_somebody_without_a_mail_address_is_a_client_too(record, new_visitor):
    rosa = signed_in(new_visitor, "rosa")
    changed(rosa, record, email="", phone="")
    assert "No phone given No mail address given" in rosa.text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": ""}, "Enter a name."),
        ({"name": "www.buy.test"}, "Enter a name, without a web or mail address."),
        ({"email": "nowhere"}, "Enter an email address like name@example.com."),
        ({"phone": "ring me"}, "Enter a phone number with its area code, or leave it empty."),
        ({"desk_note": "x" * 301}, "Shorten this to 300 characters or fewer."),
    ],
)
def test_what_cannot_be_is_said_and_changes_nothing(record, new_visitor, typed, sentence):
    rosa = signed_in(new_visitor, "rosa")
    assert changed(rosa, record, **{"desk_note": "Side door", **typed}).status_code == 422
    assert sentence in rosa.text
    rosa.get(record)
    assert "Dmitri Kettle" in rosa.text
    assert "Side door" not in rosa.text


def test_the_trail_tells_what_was_changed_and_not_what_it_was(record, new_visitor):
    rosa = signed_in(new_visitor, "rosa")
    changed(rosa, record, phone="", email="pan@client.test", desk_note="Side door")
    changed(rosa, record, desk_note="Side door")
    changes = select(AuditLine).where(AuditLine.action.like("client.%changed")).order_by(AuditLine.id)
    lines = db.session.scalars(changes).all()
    assert [line.detail for line in lines] == [
        {"phone": ["given", "none"], "email": ["given", "another"]},
        {"desk_note": ["none", "given"]},
    ]


def test_the_note_lies_sealed(record, new_visitor):
    changed(signed_in(new_visitor, "rosa"), record, desk_note="Side door")
    assert b"Side door" not in db.session.scalar(select(Client.desk_note_sealed))


def test_another_therapists_client_is_not_changed(record, new_visitor):
    ben = signed_in(new_visitor, "ben")
    assert ben.get(f"{record}/contact").status_code == 404
    assert ben.post(f"{record}/contact", name="Ben's").status_code == 404
    assert db.session.scalar(select(Client.name)) == "Dmitri Kettle"
