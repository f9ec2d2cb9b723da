"""Connections: one whose server was restarted is replaced, and one that reads keeps what the server knows of it."""

import pytest
import sqlalchemy as sa

from clinic.core import db as database
from clinic.core.db import db

OTHERS = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> {own}"


@pytest.mark.parametrize("database_kind", ["postgresql"])
def test_a_connection_that_ended_while_it_lay_idle_is_replaced(app, cast, visitor, monkeypatch):
    monkeypatch.setattr(database, "IDLE_SECONDS", 0)  # as if it had lain for long
    assert visitor.get("/").status_code == 200
    db.session.remove()
    engine = sa.create_engine(db.engine.url)
    with engine.connect() as connection:
        own = connection.scalar(sa.text("SELECT pg_backend_pid()"))
        assert connection.execute(sa.text(OTHERS.format(own=own))).all()
    engine.dispose()
    assert visitor.get("/").status_code == 200
    db.engine.dispose()  # none of those that have ended is left for the next test


@pytest.mark.parametrize("database_kind", ["postgresql"])
def test_pages_that_only_read_leave_the_server_its_plans(app, cast, visitor):
    visitor.sign_in("rosa")
    db.session.remove()
    db.engine.dispose()
    for _ in range(7):  # what was asked five times is prepared; a rollback would have it forgotten
        assert visitor.get("/today").status_code == 200
    db.session.remove()
    prepared = db.session.scalars(sa.text("SELECT statement FROM pg_prepared_statements")).all()
    assert any("FROM appointment" in statement for statement in prepared)
