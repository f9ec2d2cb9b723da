"""A clinic that is not safe to serve does not start: one sentence on stderr, which says what to do."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from clinic.booking import guard
from clinic.core.crypto import Keyring
from clinic.core.db import db, writing
from tests.databases import drop_database, new_database

ROOT = Path(__file__).parent.parent.parent
FLASK = str(Path(sys.executable).with_name("flask"))
SERVER = (sys.executable, "-c", "from clinic.wsgi import application; application()")  # as a web server loads it
START, WORKER, UPGRADE = (FLASK, "start"), (FLASK, "worker", "--once"), (FLASK, "db", "upgrade")
ANSWERS = {
    "name": "Quiet Hands", "location": "Bristol", "zone": "Europe/London", "currency": "GBP", "country": "GB",
    "owner": "Olu", "email": "olu@clinic.example", "password": "a long quiet afternoon",
}  # fmt: skip
SETUP = (FLASK, "setup", *(f"--{name}={answer}" for name, answer in ANSWERS.items()))


def run(command, **env):
    plain = {"PATH": os.environ["PATH"], "FLASK_APP": "clinic.wsgi:for_commands", "FLASK_SKIP_DOTENV": "1", **env}
    return subprocess.run(command, env=plain, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)


def refusal(command, **env):
    """The one line that a command which would not start has said."""
    ended = run(command, **env)
    assert ended.returncode != 0, "it started"
    (line,) = ended.stderr.splitlines()
    return line


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def clinic(request, tmp_path_factory):
    """The environment of a clinic that was set up, and starts. Whoever breaks it mends it."""
    folder = tmp_path_factory.mktemp("clinic")
    url = new_database(request.param, folder)
    environ = {"INSTANCE": str(folder), "DATABASE_URL": url}
    done = run(SETUP, **environ)
    assert done.returncode == 0, done.stderr
    assert run(SERVER, **environ).returncode == 0
    yield environ
    drop_database(url)


@pytest.fixture(scope="module")
def file_clinic(tmp_path_factory):
    """The same on the default database, a file in INSTANCE."""
    environ = {"INSTANCE": str(tmp_path_factory.mktemp("file_clinic") / "new")}
    assert run(SETUP, **environ).returncode == 0
    return environ


@pytest.mark.parametrize(
    ("environ", "said"),
    [
        ({"CLINIC_KEYS": "k1:" + "A" * 43 + "="}, "weak"),
        ({"CLINIC_KEYS": "k1:c2hvcnQ="}, "weak"),
        ({"CLINIC_KEYS": "massage"}, "malformed"),
        ({"CLINIC_KEYS_FILE": "/no/such/file"}, "CLINIC_KEYS_FILE"),
        ({"FLASK_DEBUG": "1"}, "FLASK_DEBUG"),
        ({"PORT": "eight thousand"}, "PORT"),
        ({"PUBLIC_URL": "http://clinic.example"}, "https"),
        ({"DATABASE_URL": "mysql://clinic"}, "DATABASE_URL"),
        ({"DATABASE_URL": "postgresql://127.0.0.1:1/clinic"}, "DATABASE_URL"),
        ({"INSTANCE": "/dev/null/clinic"}, "INSTANCE"),
        ({"DATABASE_URL": "sqlite:////dev/null/clinic.db"}, "DATABASE_URL"),
    ],
)
def test_a_setting_that_is_not_safe_stops_the_start(tmp_path, environ, said):
    assert said in refusal(SERVER, **{"INSTANCE": str(tmp_path), **environ})


@pytest.mark.parametrize(
    "environ",
    [{"FLASK_DEBUG": "1"}, {"DATABASE_URL": "postgresql://127.0.0.1:1/clinic"}, {"INSTANCE": "/dev/null/clinic"}],
)
def test_a_command_too_ends_with_one_line(tmp_path, environ):
    (name,) = environ
    assert name in refusal(START, **{"INSTANCE": str(tmp_path), **environ})


def test_an_empty_database_is_not_served(tmp_path):
    assert "flask db upgrade" in refusal(SERVER, INSTANCE=str(tmp_path))


def test_a_database_without_its_guard_is_not_served_until_it_is_put_back(clinic):
    engine = sa.create_engine(clinic["DATABASE_URL"])
    lost = {
        "sqlite": "DROP TRIGGER claim_overlap_insert",
        "postgresql": "ALTER TABLE claim DROP CONSTRAINT claim_overlap",
    }
    with engine.begin() as connection:
        connection.exec_driver_sql(lost[engine.dialect.name])
    engine.dispose()
    assert "flask db upgrade" in refusal(SERVER, **clinic)
    assert "flask db upgrade" in refusal(START, **clinic)
    assert run(UPGRADE, **clinic).returncode == 0
    assert run(SERVER, **clinic).returncode == 0


def test_each_part_of_the_guard_is_missed(app):
    with db.engine.connect() as connection:
        statements = ways_to_lose_it(connection)
    assert len(statements) > 2 * len(guard.PROGRAMME_TABLES)
    for lose in statements:
        with writing(), db.engine.connect() as connection:
            connection.exec_driver_sql(lose)
            with pytest.raises(guard.GuardMissingError):
                guard.check(connection)
            connection.rollback()


def ways_to_lose_it(connection):
    """A statement for each trigger and constraint that install makes."""
    if connection.dialect.name == "sqlite":
        names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars()
        return [f"DROP TRIGGER {name}" for name in names]
    triggers = "SELECT tgname, tgrelid::regclass FROM pg_trigger WHERE NOT tgisinternal"
    found = connection.exec_driver_sql(triggers).all()
    return [
        "ALTER TABLE claim DROP CONSTRAINT claim_overlap",
        "ALTER TABLE claim DROP CONSTRAINT claim_length",
        *(f"DROP TRIGGER {name} ON {table}" for name, table in found),
        *(f"ALTER TABLE {table} DISABLE TRIGGER {name}" for name, table in found),
    ]


@pytest.mark.parametrize("command", [SERVER, WORKER], ids=["server", "worker"])
def test_keys_that_are_not_this_databases_are_refused(clinic, command):
    assert "sealed with" in refusal(command, CLINIC_KEYS=Keyring.make().text(), **clinic)


@pytest.mark.parametrize("command", [SERVER, WORKER], ids=["server", "worker"])
def test_a_clinic_without_its_keys_is_refused_and_no_new_ones_are_made(clinic, command, tmp_path):
    assert "keys are missing" in refusal(command, INSTANCE=str(tmp_path), DATABASE_URL=clinic["DATABASE_URL"])
    assert not (tmp_path / "keys").exists()


def test_a_demo_is_never_made_where_strangers_reach_it(tmp_path):
    assert "flask setup" in refusal(START, INSTANCE=str(tmp_path), PUBLIC_URL="https://clinic.example")
    assert not (tmp_path / "outbox").exists()


def test_a_demo_that_is_there_is_never_served_to_strangers(tmp_path):
    environ = {"INSTANCE": str(tmp_path)}
    assert run(SETUP, **environ).returncode == 0
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'clinic.db'}")
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE clinic SET demo = true"))
    engine.dispose()
    assert run(SERVER, **environ).returncode == 0
    assert "flask setup" in refusal(SERVER, PUBLIC_URL="https://clinic.example", **environ)


@pytest.mark.parametrize(("name", "mode"), [("keys", 0o644), ("clinic.db", 0o640), ("clinic.db", 0o602)])
def test_a_file_that_others_can_read_is_refused(file_clinic, name, mode):
    file = Path(file_clinic["INSTANCE"]) / name
    file.chmod(mode)
    assert f"chmod 600 {file}" in refusal(SERVER, **file_clinic)
    file.chmod(0o600)


def test_what_set_up_makes_is_for_its_owner_alone(file_clinic):
    folder = Path(file_clinic["INSTANCE"])
    assert [oct(path.stat().st_mode & 0o777) for path in (folder, folder / "keys", folder / "clinic.db")] == [
        "0o700", "0o600", "0o600",
    ]  # fmt: skip


def test_a_copy_of_the_folder_is_the_same_clinic(file_clinic, tmp_path):
    shutil.copytree(file_clinic["INSTANCE"], tmp_path / "copy")
    assert run(SERVER, INSTANCE=str(tmp_path / "copy")).returncode == 0


def test_a_taken_port_is_one_line(file_clinic):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert port in refusal(START, PORT=port, **file_clinic)
