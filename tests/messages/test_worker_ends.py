"""The worker that the server starts leaves with it, even one that was killed before the worker was up."""

import os
import subprocess
import sys
from pathlib import Path

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
