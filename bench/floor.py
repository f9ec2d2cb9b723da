"""What the clinic is measured against, on the same kind of server: an empty route, a post that inserts one row, and the
clinic without the audit lines of its readers.
"""

import logging
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from flask import Flask, request

from clinic import create_app
from clinic.core import access
from clinic.core.db import db, set_up_database
from tests.drills.served import ROOT, free_port, wait_for_page

note = sa.Table(
    "note", sa.MetaData(), sa.Column("id", sa.Integer, primary_key=True), sa.Column("text", sa.String(1000))
)


def empty() -> Flask:
    app = Flask(__name__)
    app.get("/")(lambda: "ok")
    return app


def one_row(url: str) -> Flask:
    """With the clinic's own engine, so that the difference is what a booking does."""
    app = empty()
    set_up_database(app, url)
    with app.app_context():
        note.create(db.engine, checkfirst=True)
        db.engine.dispose()

    @app.post("/notes")
    def notes() -> tuple[str, int]:
        db.session.execute(sa.insert(note), {"text": request.form["text"]})
        db.session.commit()
        return "ok", 201

    return app


def clinic_without_trail() -> Flask:
    """The clinic of INSTANCE and DATABASE_URL, for a measurement alone: who reads a record is not written down."""
    app = create_app()
    logging.getLogger("clinic").setLevel(logging.WARNING)
    access.reading = lambda _: None
    with app.app_context():
        db.engine.dispose()
    return app


@contextmanager
def floor(factory: str, folder: Path, environ: Mapping[str, str] | None = None) -> Iterator[int]:
    """Serve one of these as clinic/server.py serves the clinic; the port."""
    port = free_port()
    options = f"--workers 2 --threads 2 --worker-class gthread --preload --log-level error --bind 127.0.0.1:{port}"
    command = [sys.executable, "-m", "gunicorn", *shlex.split(options), "--no-control-socket", f"bench.floor:{factory}"]
    with (
        (folder / "floor.log").open("w+") as log,
        subprocess.Popen(command, cwd=ROOT, env=environ, stdout=log, stderr=log) as server,
    ):
        try:
            wait_for_page(server, port, (folder / "floor.log").read_text)
            yield port
        finally:
            server.send_signal(signal.SIGINT)
