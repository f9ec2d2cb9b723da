"""Nobody is locked in: what is taken along comes back as it was, and does no harm in a spreadsheet."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from icalendar import Calendar

from clinic.booking.models import Appointment, Cancellation
from clinic.core.audit import AuditLine
from clinic.core.db import Model, db, writing
from clinic.people.models import Client
from clinic.treatments.models import Treatment
from tests.cast import make_cast
from tests.conftest import NOW, _empty
from tests.steps import book, screen
from tests.today.test_export import PAYLOADS, formulas

CLIENTS, APPOINTMENTS = 1000, 300


def clients_table():
    """Names that recur, numbers of two countries, people without an address, and names that are formulas."""
    yield "Number,Name,Email,Phone"
    for n in range(CLIENTS):
        name = f"=Zoë {n}" if n % 50 == 0 else f'"O\'Neill; {n % 700}"'
        email = "" if n % 7 == 0 else f"p{n}@client.test"
        phone = ["", f"07700 {n:06d}", f"+33 6 12 34 {n // 100:02d} {n % 100:02d}"][n % 3]
        yield f"K{n},{name},{email},{phone}"


def appointments_table():
    yield "Uid,Client number,Start,Minutes,Treatment,Therapist,Status"
    for n in range(APPOINTMENTS):
        at = datetime(2026, 2, 2, 9, tzinfo=UTC) + timedelta(days=n // 10 + n // 50 * 2, minutes=90 * (n % 5))
        who = ("ana-moreau", "ben-okafor")[n // 5 % 2]
        state = "Completed" if at < NOW and n % 3 else "No-show" if at < NOW else "Confirmed"
        yield f"U{n},K{n * 3},{at:%Y-%m-%dT%H:%M:%SZ},{(30, 60)[n % 2]},Massage,{who},{state}"


def bring(app, tmp_path, kind, text, *options):
    path = tmp_path / kind
    path.write_text(text)
    result = app.test_cli_runner().invoke(args=["import", kind, str(path), *options])
    db.session.rollback()
    assert result.exit_code == 0, result.output
    return result.output


def everybody():
    found = db.session.execute(sa.select(Client.outside_ref, Client.name, Client.email, Client.phone, Client.search))
    return sorted(map(tuple, found))


def every_visit():
    found = db.session.scalars(sa.select(Appointment).order_by(Appointment.outside_uid)).unique()
    return [
        {
            "uid": one.outside_uid,
            "who": one.client.outside_ref,
            "when": (one.starts_at, one.minutes),
            "what": (one.treatment.slug, one.price_minor),
            "with": (one.therapist.slug, one.room.name),
            "state": sorted(step.state for step in one.steps),
        }
        for one in found
    ]


def files(new_visitor):
    olu = new_visitor()
    olu.sign_in("olu")
    paths = "/clients.csv", "/clinic/export/appointments.csv", "/clinic/export/appointments.ics"
    return [olu.get(path).data.decode() for path in paths]


def test_a_thousand_clients_and_three_hundred_appointments_leave_and_come_back(app, cast, new_visitor, tmp_path):
    bring(app, tmp_path, "clients", "\n".join(clients_table()), "--duplicates", "new")
    said = bring(app, tmp_path, "appointments", "\n".join(appointments_table()))
    assert "300 appointments read: 300 brought in." in said
    people, visits = everybody(), every_visit()
    assert (len(people), len(visits)) == (CLIENTS, APPOINTMENTS)
    clients, appointments, _ = files(new_visitor)
    _empty(app)
    with writing():
        make_cast(db.session, now=NOW)
        db.session.commit()
    bring(app, tmp_path, "clients", clients, "--duplicates", "new")
    bring(app, tmp_path, "appointments", appointments)
    assert everybody() == people
    assert every_visit() == visits


def test_a_calendar_that_was_taken_along_comes_back_too(app, new_visitor, tmp_path):
    book(new_visitor(), at="20260312T1000Z")
    book(new_visitor(), at="20260313T1000Z", therapist="ben-okafor", name="Bo", email="bo@client.test")
    clients, _, calendar = files(new_visitor)
    _empty(app)
    with writing():
        make_cast(db.session, now=NOW)
        db.session.commit()
    bring(app, tmp_path, "clients", clients)
    bring(app, tmp_path, "appointments", calendar, "--treatment", "Your appointment=massage")
    found = db.session.scalars(sa.select(Appointment).order_by(Appointment.starts_at)).all()
    assert [(one.client.name, one.therapist.slug) for one in found] == [
        ("Clara Teacup", "ana-moreau"),
        ("Bo", "ben-okafor"),
    ]


def test_brought_in_where_it_was_taken_from_everything_is_there_already(app, new_visitor, tmp_path):
    book(new_visitor())
    clients, appointments, calendar = files(new_visitor)
    assert "0 brought in, 1 here already" in bring(app, tmp_path, "clients", clients)
    for text in (appointments, calendar):
        assert "0 brought in, 1 here already" in bring(app, tmp_path, "appointments", text)


def test_nothing_of_anybodys_health_is_taken_along(new_visitor):
    visitor = new_visitor()
    screen(visitor, "tummy_unexplained", query="?slot=20260312T1000Z.ana-moreau")
    book(visitor, "hips-without-tummy", at="20260312T1000Z", area="groin", word="on stairs", phone="0117 496 0002")
    _, table, calendar = files(new_visitor)
    assert not [word for word in ("groin", "stairs", "unexplained") if word in table + calendar]
    assert "ummy" not in calendar  # calendars are shared and synced


def test_a_cancelled_one_says_so(new_visitor):
    book(new_visitor())
    with writing():
        one = db.session.scalar(sa.select(Appointment))
        db.session.add(Cancellation(appointment_id=one.id, at=NOW, by="account:1"))
        db.session.commit()
    _, table, calendar = files(new_visitor)
    assert table.strip().endswith(",cancelled")
    assert "STATUS:CANCELLED" in calendar


def test_who_took_it_stands_in_the_trail(new_visitor, cast):
    files(new_visitor)
    lines = db.session.scalars(sa.select(AuditLine).where(AuditLine.action == "appointments.exported")).all()
    assert [one.actor for one in lines] == [f"account:{cast.olu.id}"] * 2


@pytest.mark.parametrize("first", range(0, len(PAYLOADS), 100))
def test_names_that_are_formulas_are_words_in_the_table_of_appointments(app, cast, new_visitor, first):
    book(new_visitor())
    some = PAYLOADS[first : first + 100]
    olu = new_visitor()
    olu.sign_in("olu")
    with writing():
        shown = db.session.scalar(sa.select(Appointment))
        columns = sa.inspect(Appointment).columns
        kept = {one.key: getattr(shown, one.key) for one in columns}
        for n, payload in enumerate(some):
            client = Client(name=payload, email="", phone="", created_at=NOW, outside_ref=f"{payload}{n}")
            db.session.add(client)
            db.session.flush()
            more = {"ref": f"X{n}", "booking_key": None, "client_id": client.id, "outside_uid": f"{payload}{n}"}
            db.session.execute(sa.insert(Model.metadata.tables["appointment"]), {**kept, "id": client.id, **more})
        db.session.commit()
    text = olu.get("/clinic/export/appointments.csv").data.decode("utf-8-sig")
    read = list(csv.reader(io.StringIO(text, newline="")))[1:]
    assert len(read) == len(some) + 1
    assert [row for row in read if formulas(row)] == []
    assert len(Calendar.from_ical(olu.get("/clinic/export/appointments.ics").data).walk("VEVENT")) == len(some) + 1


def pairs():
    found = db.session.scalars(sa.select(Appointment).order_by(Appointment.starts_at)).unique()
    return [([each.slug for each in one.treatments], one.minutes_of_each, one.price_minor) for one in found]


PAIRS = (
    "Uid,Client,Start,Minutes,Treatment,Second treatment,Second minutes,Therapist\n"
    "a,Bo,2026-03-30 10:00,90,Massage,Hips without tummy work,30,Ana Moreau\n"
    "b,Bo,2026-03-31 10:00,,massage,Hips without tummy work,,Ana Moreau\n"
    "c,Bo,2026-04-01 10:00,60,Massage,Massage,30,Ana Moreau\n"
    "d,Bo,2026-04-02 10:00,60,Massage,Hips without tummy work,60,Ana Moreau\n"
    "e,Bo,2026-04-03 10:00,90,Massage,Cupping,30,Ana Moreau\n"
    "f,Bo,2026-04-06 10:00,480,Massage,Hips without tummy work,240,Ana Moreau\n"
    "g,Bo,2026-04-07 10:00,60,Massage,,,Ana Moreau\n"
)


def test_two_treatments_in_one_visit_come_in_leave_and_come_back(app, cast, new_visitor, tmp_path):
    with writing():
        db.session.execute(sa.update(Treatment).where(Treatment.slug == "massage").values(mail_name="Rest, or less"))
        db.session.execute(sa.update(Treatment).where(Treatment.slug != "massage").values(mail_name="Hour"))
        db.session.commit()
    bring(app, tmp_path, "clients", "Name\nBo\n")
    said = bring(app, tmp_path, "appointments", PAIRS)
    came = pairs()
    both = ["massage", "hips-without-tummy"]
    assert came == [(both, (60, 30), 11000), (both, (60, 60), 12000), (["massage"], (60,), 6000)]
    for told in (
        "Line 4, Bo: That would be the same treatment twice.",
        "Line 5, Bo: It lasts 0 minutes;",
        "Line 6, Bo: No treatment is called “Cupping”.",
        "Line 7, Bo: Together that is longer than one visit can be.",
    ):
        assert told in said
    clients, table, calendar = files(new_visitor)
    meant = ("--treatment", "Rest, or less=massage", "--treatment", "Hour=hips-without-tummy")
    for text in (table, calendar):
        _empty(app)
        with writing():
            make_cast(db.session, now=NOW)
            db.session.commit()
        bring(app, tmp_path, "clients", clients)
        bring(app, tmp_path, "appointments", text, *meant)
        assert pairs() == came
