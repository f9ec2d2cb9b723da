"""The suite runs on both databases: whatever asks for `app` runs twice."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
import time_machine
from hypothesis import HealthCheck, settings

import config
from clinic import create_app, startup
from clinic.core.crypto import Keyring
from clinic.core.db import Model, db, writing
from clinic.migrated import bring_up_to_date
from tests.cast import Cast, make_cast
from tests.databases import drop_database, new_database
from tests.visitor import Visitor

KEYS = Keyring.make().text()
NOW = datetime(2026, 3, 11, 9, 0, tzinfo=UTC)  # a Wednesday; in Bristol the clocks change on the 29th

settings.register_profile(
    "suite", deadline=None, max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
settings.load_profile("suite")
_apps = {}


@sa.event.listens_for(sa.Engine, "connect")
def give_rows_backwards(connection, record):
    """SQLite gives rows that nobody put in order the other way round: whatever leans on an order it did not ask for
    fails today, not one day on PostgreSQL."""
    if type(connection).__module__.startswith("sqlite3"):
        connection.execute("PRAGMA reverse_unordered_selects = ON")


def pytest_make_parametrize_id(val):
    """A file is made anew in each process, and the workers have to agree what tests are called."""
    return "file" if isinstance(val, bytes) and len(val) > 40 else None


@pytest.fixture(params=["sqlite", "postgresql"])
def database_kind(request):
    return request.param


@pytest.fixture
def alone():
    """Whether the database has to be one, on a server, that no other file of tests has used."""
    return False


@pytest.fixture
def app(database_kind, tmp_path_factory, alone):
    """The app on an empty, migrated database, with the clock at NOW."""
    if (database_kind, alone) not in _apps:
        folder = tmp_path_factory.mktemp(database_kind)
        _apps[database_kind, alone] = _make_app(folder, new_database(database_kind, folder, alone=alone))
    app = _apps[database_kind, alone]
    with app.app_context(), time_machine.travel(NOW, tick=False):
        _empty(app)
        yield app
        db.session.remove()


def _make_app(folder, url):
    environ = {"INSTANCE": str(folder), "DATABASE_URL": url, "CLINIC_KEYS": KEYS}
    app = create_app(config.load(environ))
    app.config["TESTING"] = False  # errors become pages, as they do for people
    with app.app_context():
        bring_up_to_date()
        startup.keep_fingerprint()
        db.session.commit()
        db.session.remove()
    return app


def _empty(app):
    (app.extensions["clinic.settings"].instance / "audit-anchor").unlink(missing_ok=True)
    with writing():
        for table in reversed(Model.metadata.sorted_tables):
            if table.name not in {"versions", "key_fingerprint"}:
                db.session.execute(sa.delete(table))
        db.session.commit()


def pytest_sessionfinish():
    for app in _apps.values():
        with app.app_context():
            db.engine.dispose()
        drop_database(app.extensions["clinic.settings"].database_url)


@pytest.fixture
def cast(app) -> Cast:
    """The clinic of the tests and its people."""
    with writing():
        made = make_cast(db.session, now=NOW)
        db.session.commit()
    return made


@pytest.fixture
def visitor(app, cast):
    """A stranger with a browser."""
    return Visitor(app)


@pytest.fixture
def new_visitor(app, cast):
    """More of them."""
    return lambda: Visitor(app)
