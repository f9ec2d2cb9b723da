"""How many SQL statements a page takes."""

import logging
from collections.abc import Mapping

from sqlalchemy import event

import config
from clinic import create_app
from clinic.core.db import db


def statements(environ: Mapping[str, str], path: str) -> tuple[int, int]:
    """For a process that has just started, and for one that knows the programme."""
    app = create_app(config.load(environ))
    logging.getLogger("clinic").setLevel(logging.WARNING)
    seen: list[str] = []
    counts = []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
    for turn in range(2):
        seen.clear()
        assert app.test_client().get(f"{path}&asked={turn}").status_code == 200  # never the page it kept
        counts.append(sum(not statement.startswith("BEGIN") for statement in seen))
    with app.app_context():
        db.engine.dispose()
    return counts[0], counts[1]
