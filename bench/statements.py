"""How many SQL statements a page takes."""

import logging
from collections.abc import Mapping

from sqlalchemy import event

import config
from clinic import create_app
from clinic.core.db import db

FRAMES = ("BEGIN", "INSERT INTO audit_line")  # what frames a transaction, and who read what


def statements(environ: Mapping[str, str], path: str, cookie: str = "") -> tuple[int, int]:
    """For a process that has just started, and for one that knows the programme."""
    app = create_app(config.load(environ))
    logging.getLogger("clinic").setLevel(logging.WARNING)
    seen: list[str] = []
    counts = []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
    for turn in range(2):
        seen.clear()
        address = f"{path}{'&' if '?' in path else '?'}asked={turn}"  # never the page it kept
        page = app.test_client(use_cookies=False).get(address, headers={"Cookie": cookie})
        assert page.status_code == 200
        counts.append(sum(not statement.startswith(FRAMES) for statement in seen))
    with app.app_context():
        db.engine.dispose()
    return counts[0], counts[1]
