"""How often pages ask the database: as often at a busy clinic as at an empty one (P2, P5)."""

from collections import Counter
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from sqlalchemy import event
from sqlalchemy.orm import joinedload

from clinic.aftercare.queries import link_of, plan_of
from clinic.booking.models import Appointment
from clinic.booking.operations import book
from clinic.booking.programme import programme
from clinic.booking.wishes import Wish
from clinic.core.audit import GUEST
from clinic.core.db import db, writing
from clinic.notes import operations as notes
from clinic.notes.operations import Page
from clinic.notes.rules import Content, Treated
from clinic.people.models import Client, Therapist
from clinic.places.models import Clinic
from clinic.treatments.models import Treatment, TreatmentLength
from clinic.work.models import WorkItem
from tests.cast import therapist
from tests.conftest import NOW
from tests.plans import plan_for
from tests.steps import book as book_a_massage

DAY = datetime(2026, 3, 12, tzinfo=UTC)
TIMES = "/treatments/massage/times"


@contextmanager
def counting():
    """The statements asked for meanwhile, without what frames a transaction and without the audit line's own."""
    asked = []

    def note(connection, cursor, statement, *_):
        if not statement.startswith(("BEGIN", "PRAGMA", "COMMIT", "INSERT INTO audit_line")):
            asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def statements(visitor, address):
    """How many this page asks, once the process has read the programme."""
    visitor.get(address)
    with counting() as asked:
        page = visitor.get(address)
    assert page.status_code == 200
    return len(asked)


def make_busy(cast, days=5):
    """Eight more therapists, and appointments with everybody; Ana is to ring before each of hers."""
    with writing():
        for n in range(8):
            therapist(db.session, f"Therapist{n} Extra", cast.olu, cast.location, now=NOW)
        db.session.flush()
        known = programme(db.session)
        for one in known.therapists:
            for at in (DAY + timedelta(days=day, hours=hour) for day in range(days) for hour in (9, 12, 15)):
                wish = Wish(known.treatment("massage"), 60, one, at, name="Clara Teacup", email="clara@client.test")
                made = book(db.session, wish, screening=None, key=None, now=NOW, by=GUEST).appointment
                if made and one.slug == "ana-moreau":
                    made.call = WorkItem(task="ring_before_visit", owner_id=one.account_id, due_at=at)
        db.session.commit()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Appointment)) >= 15
    db.session.rollback()


def write_up():
    """A signed note for every appointment, and a plan with a week of practice for every client."""
    with writing():
        for one in db.session.scalars(sa.select(Appointment)).all():
            page = Page("k", 0)
            content = Content(words={"plan": "Better"}, pain_on_arrival=4, treated=(Treated("calf/left"),))
            assert not notes.sign(db.session, one, content, page, now=one.ends_at, by=GUEST)
        everybody = db.session.scalars(sa.select(Appointment).options(joinedload(Appointment.client))).all()
        for client, of in {one.client: one.therapist for one in everybody}.items():
            plan_for(client, of, days=7)
        db.session.commit()


@pytest.mark.parametrize(
    "address", ["/", "/?minutes=30", TIMES, f"{TIMES}?therapist=ana-moreau", f"{TIMES}?from=2026-04-01"]
)
def test_pages_of_times_ask_as_much_of_a_busy_clinic_as_of_an_empty_one(visitor, cast, address):
    before = statements(visitor, address)
    make_busy(cast)
    assert statements(visitor, address) == before <= 4


@pytest.mark.parametrize("address", ["/", TIMES, f"{TIMES}?weekday=0&part=morning", f"{TIMES}?from=2026-04-01"])
def test_so_they_do_where_the_clinic_limits_what_is_given_a_day(visitor, cast, address):
    with writing():
        db.session.execute(sa.update(Therapist).values(releases_apart_minutes=60, deep_minutes_a_day=240))
        db.session.execute(sa.update(Treatment).values(most_a_day=4, deep=True))
        db.session.commit()
    before = statements(visitor, address)
    make_busy(cast)
    assert statements(visitor, address) == before <= 4


def test_the_day_sheet_asks_as_much_on_a_full_day_as_on_an_empty_one(visitor, cast):
    make_busy(cast)
    for who in ("ana", "rosa"):
        visitor.sign_in(who)
        full, empty = (statements(visitor, f"/today?on={day}") for day in ("2026-03-12", "2026-03-15"))
        assert full == empty <= 9
        visitor.post("/sign-out")


def test_the_list_of_clients_asks_as_much_of_a_busy_clinic_as_of_one_client(visitor, cast):
    with writing():
        db.session.add(Client(name="Clara Teacup", email="clara@client.test", created_at=NOW))
        db.session.commit()
    visitor.sign_in("rosa")
    pages = ("/clients", "/clients?letter=c", "/clients?q=clara", "/clients?q=clra", "/clients/matches?q=clra")
    before = [statements(visitor, page) for page in pages]
    make_busy(cast)
    assert [statements(visitor, page) for page in pages] == before
    assert max(before) <= 6


@pytest.mark.parametrize("by", ["all", "therapist", "treatment"])
def test_the_figures_ask_as_much_of_a_busy_clinic_as_of_an_empty_one(visitor, cast, by):
    visitor.sign_in("olu")
    page = f"/clinic/figures?from=2026-03-09&until=2026-03-29&by={by}"
    before = statements(visitor, page)
    make_busy(cast)
    with writing():
        lengths = [TreatmentLength(minutes=60, price_minor=6000)]
        db.session.add(Treatment(slug="hot-stones", name="Hot stones", activity="massage", lengths=lengths))
        moved = sa.update(Appointment).values(starts_at=DAY, ends_at=DAY + timedelta(hours=1))
        db.session.execute(moved)
        db.session.commit()
    with time_machine.travel(NOW + timedelta(days=7), tick=False):
        assert statements(visitor, page) == before <= 21


@pytest.mark.parametrize("view", ["day", "rooms", "week"])
def test_the_diary_asks_as_much_of_a_full_week_as_of_an_empty_one(visitor, cast, view):
    make_busy(cast)
    visitor.sign_in("rosa")
    full, empty = (statements(visitor, f"/diary?view={view}&on={day}") for day in ("2026-03-12", "2026-05-15"))
    assert full == empty <= 9


def test_the_page_of_a_booking_at_the_desk_asks_as_much_of_a_busy_clinic_as_of_an_empty_one(visitor, cast):
    visitor.sign_in("rosa")
    before = statements(visitor, "/diary/booking?treatment=massage")
    make_busy(cast)
    assert statements(visitor, "/diary/booking?treatment=massage") == before <= 5
    client = db.session.scalar(sa.select(Appointment.client_id))
    pages = (f"/diary/booking?client={client}", "/diary/booking?q=clara", "/diary/booking?q=clra")
    few = [statements(visitor, page) for page in pages]
    with writing():
        db.session.execute(sa.update(Appointment).values(client_id=client))
        db.session.commit()
    assert [statements(visitor, page) for page in pages] == few
    assert max(few) <= 13


def test_a_clients_record_asks_as_much_with_many_appointments_as_with_one(visitor, cast):
    make_busy(cast)
    anas = sa.select(Appointment.client_id).where(Appointment.therapist_id == cast.ana.id)
    one, many = db.session.scalars(anas.limit(2)).all()
    everybodys = sa.update(Appointment).where(Appointment.client_id != one).values(client_id=many)
    with writing():
        db.session.execute(everybodys)
        db.session.commit()
    write_up()
    for who in ("ana", "rosa"):
        visitor.sign_in(who)
        counted = Counter(statements(visitor, f"/clients/{client}") for client in (one, many))
        assert len(counted) == 1
        assert max(counted) <= 13
        visitor.post("/sign-out")


def test_a_note_and_a_plan_ask_as_much_in_their_tenth_week_as_in_their_first(visitor, cast):
    make_busy(cast)
    anas = sa.select(Appointment).where(Appointment.therapist_id == cast.ana.id).order_by(Appointment.starts_at)
    first, *others = db.session.scalars(anas).all()
    visitor.sign_in("ana")
    pages = (f"/notes/{others[-1].id}", f"/clients/{first.client_id}/plan", f"/clients/{first.client_id}/findings")
    early = [statements(visitor, page) for page in pages]
    with writing():
        db.session.execute(sa.update(Appointment).values(client_id=first.client_id))
        db.session.commit()
    write_up()
    late = [statements(visitor, page) for page in pages]
    assert [more for before, more in zip(early, late, strict=True) if more > max(before, 12)] == []
    plan_link = link_of(db.session, plan_of(db.session, first.client_id).id)
    assert statements(visitor, f"/plans/{plan_link.token}") <= 13
    assert statements(visitor, f"/plans/{plan_link.token}/session") <= 13


def test_what_waits_to_be_signed_asks_as_much_of_many_notes_as_of_none(visitor, cast):
    later = DAY + timedelta(days=14)
    with time_machine.travel(later, tick=False):
        visitor.sign_in("ana")
        none = statements(visitor, "/notes")
    make_busy(cast)
    with time_machine.travel(later, tick=False):
        visitor.sign_in("ana")
        assert statements(visitor, "/notes") == none <= 8
        visitor.post("/sign-out")
        with writing():
            db.session.execute(
                sa.update(Therapist).where(Therapist.id == cast.ana.id).values(supervisor_id=cast.ben.id)
            )
            db.session.commit()
        write_up()
        visitor.sign_in("ben")
        assert "To co-sign" in visitor.get("/notes").text
        assert statements(visitor, "/notes") == none


def test_the_exercises_ask_as_much_at_a_busy_clinic_and_for_a_long_known_client_as_at_first(visitor, cast):
    with writing():
        db.session.execute(sa.update(Clinic).values(shows_exercises=True, shows_practice=True))
        db.session.commit()
    make_busy(cast)
    anas = sa.select(Appointment.client_id).where(Appointment.therapist_id == cast.ana.id)
    client = db.session.scalars(anas.limit(1)).one()
    visitor.sign_in("ana")
    pages = (
        "/exercises",
        "/exercises/glute_bridge",
        "/practice",
        "/library",
        "/library?words=knee",
        "/library/glute_bridge",
    )
    before = [statements(visitor, page) for page in (*pages, f"/clients/{client}/exercises")]
    write_up()
    assert [statements(visitor, page) for page in (*pages, f"/clients/{client}/exercises")] == before
    assert max(before[:-1]) <= 5
    assert before[-1] <= 12


def test_times_to_book_again_ask_one_thing_more_where_a_day_holds_one_visit_of_a_client(visitor):
    book_a_massage(visitor)
    again = f"{visitor.page.request.path}/again"
    before = statements(visitor, again)
    with writing():
        db.session.execute(sa.update(Clinic).values(client_most_a_day=1))
        db.session.commit()
    assert statements(visitor, again) == before + 1
