"""Clinics worth a backup, and empty places to restore one into."""

import pytest
from sqlalchemy import select, update

import config
from clinic import create_app, startup
from clinic.core import crypto
from clinic.core.audit import GUEST
from clinic.core.crypto import Keyring
from clinic.core.db import Model, db, writing
from clinic.core.pictures import Drawn
from clinic.qualifications.models import Credential
from clinic.qualifications.operations import keep_evidence
from clinic.treatments.models import Treatment
from tests.conftest import KEYS, NOW
from tests.databases import drop_database, new_database
from tests.steps import book

PAPER = Drawn("image/jpeg", bytes(range(256)) * 1000)
PASSPHRASE = "nine quiet lavender fields"


@pytest.fixture
def clinic(app, cast, new_visitor):
    """A clinic that has been lived in: booked, sealed and cancelled, a paper, a treatment that points at a later one."""
    one, other = new_visitor(), new_visitor()
    book(one, area="hip", side="left", word="Sciatica, since the Żółw fell")
    book(other, at="20260312T1130Z", name="Otto Ärmel", email="otto@client.test")
    other.get(other.link("Cancel it"))
    other.send(other.page.request.path)
    with writing():
        insurance = db.session.scalar(select(Credential).filter_by(therapist_id=cast.ben.id, kind="insurance"))
        keep_evidence(db.session, insurance, PAPER, now=NOW, by=GUEST)
        later = select(Treatment.id).where(Treatment.slug == "massage").scalar_subquery()
        db.session.execute(update(Treatment).where(Treatment.slug == "psoas-release").values(alternative_id=later))
        db.session.commit()
    return app


@pytest.fixture
def new_place(tmp_path):
    """Makes apps on empty databases, with the keys of the tests unless told other settings."""
    made = []

    def make(kind, **environ):
        folder = tmp_path / f"place-{len(made)}"
        folder.mkdir()
        url = new_database(kind, folder)
        ours = {"INSTANCE": str(folder), "DATABASE_URL": url, "CLINIC_KEYS": KEYS, "BACKUP_PASSPHRASE": PASSPHRASE}
        made.append(create_app(config.load(ours | environ)))
        return made[-1]

    yield make
    for place in made:
        with place.app_context():
            db.engine.dispose()
        drop_database(place.extensions["clinic.settings"].database_url)
    crypto.install(Keyring.parse(KEYS))


@pytest.fixture
def file(tmp_path):
    return tmp_path / "monday.backup"


def run(app, *args, typed=()):
    """A command, and what is typed when it asks; what it said and its exit code."""
    crypto.install(startup.open_keys(app))  # as a process of its own would
    with app.app_context():
        done = app.test_cli_runner().invoke(args=[str(one) for one in args], input="".join(f"{one}\n" for one in typed))
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    db.session.rollback()
    return done


def back_up(app, file):
    """Asked for the passphrase twice."""
    done = run(app, "backup", file, typed=[PASSPHRASE, PASSPHRASE])
    assert done.exit_code == 0, done.output
    return done


def restored(place, file):
    done = run(place, "restore", file)
    assert done.exit_code == 0, done.output
    return done


def refusal(app, *args, typed=()):
    """The one line that a command which would not has said."""
    done = run(app, *args, typed=typed)
    assert done.exit_code == 1, done.output
    (line,) = done.stderr.splitlines()
    return line


def all_rows(app):
    """Every row of every table, as values."""
    with app.app_context(), db.engine.connect() as connection:
        return {
            table.name: sorted(repr(tuple(row)) for row in connection.execute(select(table)))
            for table in Model.metadata.sorted_tables
        }
