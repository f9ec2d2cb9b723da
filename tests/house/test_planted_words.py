"""A hundred phrases as clients and therapists write them, sought in all that the clinic keeps or tells: not one."""

import re
import secrets
import shutil
import subprocess
from email import message_from_bytes, policy
from io import BytesIO
from pathlib import Path
from string import ascii_lowercase

import pytest
import sqlalchemy as sa
import time_machine

from clinic.booking.models import Appointment
from clinic.booking.operations import link_of
from clinic.core.db import db, writing
from clinic.notes.rules import SOAP
from clinic.places.models import Clinic
from clinic.referrals.models import Contact
from clinic.referrals.rules import PARTS as LETTER
from tests.aftercare.steps import address, build, find, send
from tests.backups.conftest import back_up
from tests.cast import PASSWORD
from tests.histories import SORE, tell
from tests.house import test_logs
from tests.papers import picture
from tests.steps import book, details, screen

TIMES = [f"202603{day}T{hour}00Z" for day in (12, 13) for hour in ("09", "11", "13", "15")]
AFTERWARDS = "2026-03-13T17:00:00+00:00"
# What was ticked, kept under these names.
TICKS = (
    "tummy_muscles_parted",
    "neck_shoulders",
    "aneurysm_risk",
    "back_of_thigh",
    "spondylolisthesis",
    "pelvic_tilt",
    "glute_bridge",
)
logged = test_logs.logged


class Words:
    """Invented, two to a phrase with signs between them that JSON, HTML and mail write in ways of their own.

    No other run has its words: what that one left in files of the database is not found by this one.
    """

    def __init__(self):
        self.mark, self.phrases = "".join(secrets.choice(ascii_lowercase) for _ in range(12)), []

    def __call__(self):
        """The next phrase."""
        one, other = (self.mark + "".join(ascii_lowercase[int(d)] for d in f"{len(self.phrases)}{n}") for n in (0, 1))
        self.phrases.append(f"{one} née “{other}”")
        return self.phrases[-1]

    def found_in(self, data):
        """The words and ticks among these bytes, in UTF-8 or UTF-16, in small letters or capitals."""
        for plain in (data.lower(), data.lower().replace(b"\0", b"")):
            yield from re.findall(self.mark.encode() + b"[a-z]*", plain)
            yield from (tick for tick in TICKS if tick.encode() in plain)


@pytest.fixture
def words():
    return Words()


def visit(new_visitor, words, at):
    """Two want one time. The word of whoever loses was sent as well, and is kept nowhere."""
    winner, loser = new_visitor(), new_visitor()
    details(loser, at=at, word=words())
    book(winner, at=at, word=words(), area="neck_shoulders", side="both")
    assert loser.send("/appointments").status_code == 409


def write(ana, note_id, words, *, signs):
    """A draft, then other words in its place, signed and amended or not."""
    note = f"/notes/{note_id}"
    ana.get(note)
    ana.send(f"{note}/draft", **{part: words() for part in SOAP})
    page = f"{note}/signature" if signs else f"{note}/draft"
    said = {**{part: words() for part in SOAP}, "private": words(), "treated-0-place": "back_of_thigh/left"}
    assert ana.send(page, **said).status_code == 200
    if signs:
        ana.send(f"{note}/amendments", text=words(), why="later")


def plan(ana, client, client_id, words):
    """Asked, built with words, sent with another; then the client tells how it went."""
    find(ana, client_id, "spondylolisthesis")
    own = {"pelvic_tilt-words": words(), "glute_bridge-words": words()}
    build(ana, client_id, "pelvic_tilt", "glute_bridge", word=words(), **own)
    send(ana, client_id, word=words())
    link = address(client_id)
    client.get(link)
    client.send(f"{link}/log", told="done", pain="7")
    client.send(f"{link}/log", told="numb")
    return client.get(link).data


def keep_phrase(ana, words):
    """Words that are typed often may have come from a note."""
    ana.get("/notes/phrases")
    ana.send("/notes/phrases", words=words(), shortcut="often")
    return ana.page.data


def tell_health(client, note_id, words):
    """By the link of their mail, with ticks, a mark and words."""
    home = f"/appointments/{link_of(db.session, note_id).token}/health"
    said = {"list.inside": "tummy_muscles_parted", "ring_name": words(), "words": words()}
    assert "Thank you" in tell(client, home, **{**SORE, **said}).text


def tell_therapist(ana, note_id, client_id, words):
    """A check with words, a consent with a name and a witness, a reason put aside with a why; what she is shown."""
    check, sign = f"/diary/appointments/{note_id}/health-check", f"/clients/{client_id}/consents"
    stands = f"/clients/{client_id}/clearances"
    ana.get(check)
    ana.send(check, words=words())
    ana.get(f"{sign}/new?appointment={note_id}")
    ana.send(sign, name=words(), witness=words())
    signed = re.search(rf"{sign}/[0-9a-f-]{{36}}", ana.get(sign).text)[0]
    ana.get(stands)
    ana.send(stands, reason="tummy_muscles_parted", way="override", note=words())
    return [ana.get(page).data for page in (f"/appointments/{note_id}/card", stands, signed)]


def beside(ana, note_id, client_id, words):
    """A photo beside the note, and a letter that is filed and released; what is shown of it."""
    ana.get(f"/notes/{note_id}/attachments")
    assert ana.send(ana.page.request.path, about=words(), paper=(BytesIO(picture()), "x.jpg")).status_code == 200
    ana.get("/contacts/new")
    ana.send("/contacts", kind="gp", name="Dr Howe")
    page = f"/clients/{client_id}/letters"
    ana.get(page)
    ana.send(page, kind="referral", contact=db.session.scalar(sa.select(Contact.id)))
    letter = ana.page.request.path
    ana.send(f"{letter}/filing", **{part: words() for part in ("identity", "greeting", *LETTER)})
    ana.send(f"{letter}/consent", who=words(), way="phone", to=words())
    ana.post(f"{letter}/release")
    assert ana.get(f"{letter}/paper").data.startswith(b"%PDF")
    return ana.get(letter).data


@pytest.fixture
def shown(app, cast, new_visitor, words, logged):
    """A week of a clinic: eight visits with notes, four plans, mail sent, trail sealed. What therapists and clients
    are shown of it.
    """
    for at in TIMES:
        visit(new_visitor, words, at)
    screen(new_visitor(), "aneurysm_risk")
    found = list(db.session.execute(sa.select(Appointment.id, Appointment.client_id)))
    with writing():
        db.session.execute(sa.update(Clinic).values(demo=True))  # its mail goes to a folder
        db.session.commit()
    with time_machine.travel(AFTERWARDS, tick=False):
        ana, rosa, pages = new_visitor(), new_visitor(), []
        ana.sign_in("ana")
        rosa.sign_in("rosa")
        tell_health(new_visitor(), found[0].id, words)
        pages += [keep_phrase(ana, words), *tell_therapist(ana, *found[0], words), beside(ana, *found[0], words)]
        for n, (note_id, client_id) in enumerate(found):
            write(ana, note_id, words, signs=n % 2 == 0)
            if n < 4:
                pages.append(plan(ana, new_visitor(), client_id, words))
            pages += [
                ana.get(f"/{page}").data
                for page in (f"notes/{note_id}", f"clients/{client_id}", f"clients/{client_id}/health", "today")
            ]
            others = [rosa.get(page).data for page in (f"/clients/{client_id}", "/today")]
            assert list(words.found_in(b"".join(others))) == []
        assert app.test_cli_runner().invoke(args=["worker", "--once"]).exit_code == 0
        yield b"".join(pages)
    shutil.rmtree(app.extensions["clinic.settings"].instance / "outbox")


@pytest.fixture
def alone():
    """What other tests wrote, or write meanwhile, stands in no file that is looked at: ticks have the same names in all."""
    return True


def files_of_postgresql():
    """The files of this database, and the log that its server writes."""
    with db.engine.connect() as connection:
        connection.execute(sa.text("CHECKPOINT"))
        folder = Path(connection.scalar(sa.text("SHOW data_directory")))
        database = connection.scalar(sa.text("SELECT oid FROM pg_database WHERE datname = current_database()"))
    return [*folder.glob("pg_wal/*"), *folder.glob(f"base/{database}/*")]


def rows():
    """Every value of every table, as text and bytes."""
    with db.engine.connect() as connection:
        for table in sa.inspect(connection).get_table_names():
            for row in connection.execute(sa.text(f"SELECT * FROM {table}")):
                yield from (one if isinstance(one, bytes) else str(one).encode() for one in row)


def letters(folder):
    """Mails as they lie there, and as they are read."""
    for path in folder.glob("outbox/*.eml"):
        mail = message_from_bytes(path.read_bytes(), policy=policy.default)
        parts = [str(part.get_content()) for part in mail.walk() if not part.is_multipart()]
        yield path.read_bytes() + "\n".join([str(mail["Subject"]), *parts]).encode()


def test_none_of_a_hundred_phrases_stands_anywhere_though_names_do(app, database_kind, words, shown, logged, tmp_path):
    backup, copy = tmp_path / "friday.backup", tmp_path / "instance"
    back_up(app, backup)
    # Copied by another process: reading the file here would drop the locks SQLite holds on it.
    subprocess.run(["cp", "-r", app.extensions["clinic.settings"].instance, copy], check=True)
    kept = [*copy.rglob("*"), *(files_of_postgresql() if database_kind == "postgresql" else ())]
    files = {path.name: path.read_bytes() for path in kept if path.is_file()}
    places = {
        **files,
        "rows": b"\n".join(rows()),
        "mails": b"\n".join(letters(copy)),
        "logs": logged.getvalue().encode(),
        "backup": backup.read_bytes(),
    }
    assert len(set(words.phrases)) == 124
    assert len({word for word in words.found_in(shown) if word not in TICKS}) == 160  # two of each that was kept
    assert {name: found for name, data in places.items() if (found := set(words.found_in(data)))} == {}
    assert len(places["logs"].splitlines()) > 200
    named = {name for name, data in places.items() if b"clara@client.test" in data}
    assert named >= {"rows", "mails"}
    assert not named & {"logs", "backup"}
    assert [name for name in named if name.startswith("clinic.db") or len(name) == 24 or name.isdecimal()]


@pytest.mark.parametrize("way", ["utf-8", "utf-16", "utf-16-be"])
def test_the_search_knows_words_however_they_are_written(words, way):
    phrase = words()
    one, other = f"{words.mark}aa", f"{words.mark}ab"
    for text in (phrase, phrase.upper(), phrase.encode("unicode_escape").decode()):
        assert {one.encode(), other.encode()} <= set(words.found_in(b"\xff" + text.encode(way)))
    assert "pelvic_tilt" in words.found_in("a Pelvic_Tilt".encode(way))
    assert list(words.found_in(PASSWORD.encode(way))) == []
