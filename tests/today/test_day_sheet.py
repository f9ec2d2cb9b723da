"""The day sheet: who comes, when, where, what to do; to each what is theirs to see."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select, update

from clinic.booking.models import Appointment
from clinic.core.audit import AuditLine
from clinic.core.db import db, writing
from clinic.people.models import Client, Therapist
from clinic.work.models import WorkItem
from tests.conftest import NOW
from tests.steps import TEN, book, screen
from tests.visitor import fields_of

THURSDAY = "/today?on=2026-03-12"


@pytest.fixture
def two_visits(new_visitor):
    """Clara with Ana at ten, Dora with Ben at eleven."""
    book(new_visitor(), therapist="ana-moreau")
    book(new_visitor(), therapist="ben-okafor", at="20260312T1100Z", name="Dora Ladle", email="dora@client.test")


def signed_in(new_visitor, name):
    visitor = new_visitor()
    visitor.sign_in(name)
    return visitor


def test_a_therapist_sees_their_own_day(two_visits, new_visitor):
    ana = signed_in(new_visitor, "ana")
    ana.get(THURSDAY)
    assert "10am Clara Teacup Massage · until 11am · Room 1" in ana.text
    assert "Dora" not in ana.text
    assert "1 appointment" in ana.text


@pytest.mark.parametrize("name", ["rosa", "olu"])
def test_reception_and_owner_see_everybodys(two_visits, new_visitor, name):
    staff = signed_in(new_visitor, name)
    staff.get(THURSDAY)
    assert staff.text.index("Ana Moreau 10am Clara Teacup") < staff.text.index("Ben Okafor 11am Dora Ladle")
    assert "2 appointments" in staff.text


def test_what_is_running_is_marked_from_its_first_minute_to_its_last(two_visits, new_visitor):
    rosa = signed_in(new_visitor, "rosa")
    starts = db.session.scalar(select(Appointment.starts_at).order_by(Appointment.starts_at))
    for minutes, running in ((-1, False), (0, True), (59, True), (60, True), (121, False)):
        with time_machine.travel(starts + timedelta(minutes=minutes), tick=False):
            rosa.get("/today")
            assert ('aria-current="time"' in rosa.page.text) == running, minutes
    with time_machine.travel(starts + timedelta(minutes=60), tick=False):
        rosa.get("/today")
        assert "11am now Dora" in rosa.text
        assert "10am now" not in rosa.text


def test_the_landing_page_is_today_and_leads_to_the_days_around_it(two_visits, new_visitor):
    rosa = signed_in(new_visitor, "rosa")
    assert "Wednesday 11 March" in rosa.text
    assert "Nobody is booked" in rosa.text
    rosa.get(rosa.link("Thursday 12 March"))
    assert "Clara Teacup" in rosa.text
    rosa.get(rosa.link("Wednesday 11 March"))
    assert "Nobody is booked" in rosa.text


@pytest.mark.parametrize("on", ["", "x", "0001-01-01", "9999-12-31", "2026-02-30"])
def test_a_day_that_cannot_be_read_shows_today(new_visitor, on):
    rosa = signed_in(new_visitor, "rosa")
    assert rosa.get(f"/today?on={on}").status_code == 200
    assert "Wednesday 11 March" in rosa.text


def test_what_was_cancelled_is_not_on_the_sheet(new_visitor):
    client = new_visitor()
    book(client)
    client.get(client.link("Cancel it"))
    client.send(client.page.request.path)
    rosa = signed_in(new_visitor, "rosa")
    rosa.get(THURSDAY)
    assert "Clara" not in rosa.text


@pytest.fixture
def call(new_visitor):
    """Walter is to be rung by Ana before his visit."""
    client = new_visitor()
    screen(client, "tummy_unexplained", query=f"?slot={TEN}.ana-moreau")
    client.get(client.link("Book this instead"))
    client.post(client.page.request.full_path, name="Walter", email="walter@client.test", phone="0117 496 0001")
    client.send("/appointments")
    return f"/work/{db.session.scalar(select(WorkItem.id))}/completion"


def test_a_call_is_done_by_whoever_is_to_make_it_and_once(call, new_visitor, cast):
    ana = signed_in(new_visitor, "ana")
    assert "Done : Walter" in ana.text
    for _ in range(2):
        ana.post(call)
        assert "Nothing waits" in ana.text
    ana.get(THURSDAY)
    assert "Ring before the visit" not in ana.text
    item = db.session.scalar(select(WorkItem))
    assert (item.done_at, item.done_by_id) == (NOW, cast.ana.account_id)
    assert db.session.scalars(select(AuditLine.action)).all().count("work.done") == 1


@pytest.mark.parametrize("name", ["ben", "rosa", "olu"])
def test_nobody_else_can_say_that_a_call_was_made(call, new_visitor, name):
    other = signed_in(new_visitor, name)
    assert "Done : Walter" not in other.text
    theirs = other.post(call)
    assert theirs.status_code == 404
    assert other.post("/work/999999/completion").data == theirs.data
    assert db.session.scalar(select(WorkItem.done_at)) is None


def test_reception_sees_the_call_to_make_and_a_therapist_only_their_own(call, new_visitor):
    for name, shown in (("rosa", True), ("olu", True), ("ana", True), ("ben", False)):
        staff = signed_in(new_visitor, name)
        assert ("Walter" in staff.text) == shown
        assert ("0117 496 0001" in staff.text) == shown


def test_a_call_for_a_visit_that_is_over_or_cancelled_waits_no_more(call, new_visitor):
    ana = signed_in(new_visitor, "ana")
    with time_machine.travel(NOW + timedelta(days=2), tick=False):
        ana.get("/today")
        assert "Nothing waits" in ana.text


def test_a_stranger_is_asked_to_sign_in(visitor, two_visits):
    visitor.get(THURSDAY)
    assert visitor.page.request.path == "/sign-in"
    assert "Clara" not in visitor.text


def test_a_therapists_account_without_a_therapist_sees_nobody(visitor, new_visitor, cast):
    book(new_visitor())
    with writing():
        db.session.execute(update(Therapist).where(Therapist.name == "Ben Okafor").values(account_id=None))
        db.session.commit()
    visitor.sign_in("ben")
    page = visitor.get("/today?on=2026-03-12")
    assert page.status_code == 403
    assert "Clara" not in page.text


def test_each_of_two_who_look_at_one_day_gets_names_and_buttons_of_their_own(two_visits, new_visitor):
    """What is kept of a sheet for one browser is never sent to another."""
    rosa, olu = signed_in(new_visitor, "rosa"), signed_in(new_visitor, "olu")
    rosa.get(THURSDAY)
    olu.post("/today/names", hidden="yes")
    olu.get(THURSDAY)
    assert "Clara Teacup" not in olu.text
    tokens = [fields_of(one.page.text)["csrf_token"] for one in (rosa, olu)]
    assert tokens[0] != tokens[1]
    assert tokens[0] not in olu.page.text
    rosa.get(THURSDAY)
    assert "Clara Teacup" in rosa.text


def test_a_visit_that_changes_changes_on_a_sheet_that_was_looked_at_before(two_visits, new_visitor):
    rosa = signed_in(new_visitor, "rosa")
    rosa.get(THURSDAY)
    with writing():
        db.session.execute(update(Client).where(Client.name == "Dora Ladle").values(name="Dora Spoon"))
        db.session.execute(update(Appointment).values(chaperone=True))
        db.session.commit()
    rosa.get(THURSDAY)
    assert "Dora Spoon" in rosa.text
    assert "Dora Ladle" not in rosa.text
    assert rosa.text.count("A chaperone is wanted") == 2
