"""The worker that the server starts leaves with it, even one that was killed before the worker was up; and not before."""

import os
import subprocess
import sys
from pathlib import Path

from clinic import server
from clinic.core.db import db, writing
from clinic.people.models import Therapist
from tests.conftest import KEYS

ROOT = Path(__file__).parents[2]


def test_a_worker_ends_when_its_server_is_gone(app):
    settings = app.extensions["clinic.settings"]
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    environ = {
        "PATH": os.environ["PATH"],
        "FLASK_SKIP_DOTENV": "1",
        "FLASK_APP": "clinic.wsgi:for_commands",
        "INSTANCE": str(settings.instance),
        "DATABASE_URL": settings.database_url,
        "CLINIC_KEYS": KEYS,
    }
    flask = str(Path(sys.executable).with_name("flask"))
    worker = [flask, "worker", "--beside", str(gone.pid)]
    assert subprocess.run(worker, cwd=ROOT, env=environ, timeout=60, check=False).returncode == 0


def test_what_fails_of_a_round_ends_no_worker_and_keeps_nothing_else_from_being_done(app, cast):
    with writing():
        db.session.add(Therapist(slug="nobody", name="No Diary"))  # of whom no free time can be worked out
        db.session.commit()
    imports = app.extensions["clinic.settings"].instance / "imports"
    imports.mkdir(exist_ok=True)
    past = imports / "1-x"  # its hour was in 1970
    past.touch()
    assert {type(one) for one in server._round(app)} == {KeyError}
    assert not past.exists()
    assert app.test_cli_runner().invoke(args=["worker", "--once"]).exit_code == 1
