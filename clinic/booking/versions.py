"""How often what pages are made of has changed, as triggers of the database count it."""

from contextlib import closing
from typing import Any

from sqlalchemy import Connection, Engine

from clinic.core.db import AnySession

VERSIONS = "SELECT programme, claims FROM versions"


def versions(session: AnySession) -> tuple[int, int]:
    """How often the programme and the claims have changed. Read before the data, it never promises too much."""
    return _versions(session.connection())


def versions_now(engine: Engine) -> tuple[int, int]:
    """The same, outside any transaction and by the driver itself, for pages that need nothing more."""
    try:
        with closing(engine.raw_connection()) as connection, closing(connection.cursor()) as cursor:
            cursor.execute(VERSIONS)
            row: Any = cursor.fetchone()
    except engine.dialect.loaded_dbapi.Error:  # a database that is away is told as everywhere else
        with engine.connect() as looked_again:
            return _versions(looked_again)
    return row[0], row[1]


def _versions(connection: Connection) -> tuple[int, int]:
    # As the driver takes it: every page asks this first, and building the statement took longer than answering it.
    row = connection.exec_driver_sql(VERSIONS).one()
    return row[0], row[1]


def diary_version(session: AnySession) -> str:
    """A word that is another one whenever anything the diary shows has changed."""
    row = session.connection().exec_driver_sql("SELECT programme, claims, diary FROM versions").one()
    return "-".join(str(count) for count in row)
