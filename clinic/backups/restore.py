"""Restoring: a whole, checked backup into a database that holds nothing yet."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, MetaData, Table, inspect, literal, select, table, text
from sqlalchemy.exc import DBAPIError

from clinic import migrated
from clinic.backups import BackupError, contents
from clinic.backups.contents import Head
from clinic.backups.kinds import KINDS, kind_of, read
from clinic.core import audit
from clinic.core.audit import SYSTEM
from clinic.core.db import db, writing

OF_MIGRATIONS = {"versions", "alembic_version"}  # the only tables with a row before there is a clinic
AT_ONCE = 1000  # rows written together


def check_place() -> None:
    """Raise BackupError unless the database is empty, or migrated and without a clinic."""
    with db.engine.connect() as connection:
        for name in set(inspect(connection).get_table_names()) - OF_MIGRATIONS:
            if connection.scalar(select(literal(1)).select_from(table(name)).limit(1)):
                raise BackupError(
                    "There are records in this database already. Choose an empty INSTANCE or DATABASE_URL.",
                )


def check_version(head: Head) -> None:
    """Raise BackupError where this version of the clinic, or this database, cannot take the backup."""
    if head.revision not in migrated.revisions():
        raise BackupError("The backup was made by a newer version of the clinic: update this one first.")
    with db.engine.connect() as connection:
        here = migrated.revision_of(connection)
    if here and here not in migrated.revisions(head.revision):
        raise BackupError(
            "The backup is of an older version than this database. Choose an empty INSTANCE or DATABASE_URL.",
        )


def load(file: Path, passphrase: str, head: Head, *, now: datetime) -> None:
    """Bring the database to the backup's version, write its rows at once or not at all, then go on to today's.

    Raises BackupError. Commits.
    """
    migrated.bring_up_to(head.revision)
    with writing():
        try:
            with db.engine.begin() as connection:
                _load(connection, contents.read(file, passphrase))
        except (DBAPIError, db.engine.dialect.loaded_dbapi.Error) as error:  # COPY raises the driver's own
            raise BackupError("The database refuses the rows of this backup, and nothing was restored.") from error
        migrated.bring_up_to_date()
        audit.record(db.session, "backup.restored", "clinic:1", by=SYSTEM, now=now)
        db.session.commit()


def _load(connection: Connection, values: Iterator[Any]) -> None:
    next(values)  # the head
    if connection.dialect.name == "sqlite":  # rows may point at later ones of their own table
        connection.execute(text("PRAGMA defer_foreign_keys = ON"))
    connection.execute(text("DELETE FROM versions"))  # the backup has its own
    for told, pairs in groupby(_by_table(values), key=itemgetter(0)):
        kinds = [KINDS[kind] for kind in told["columns"].values()]
        columns = (Column(name, kind.type) for name, kind in zip(told["columns"], kinds, strict=True))
        table = Table(told["table"], MetaData(), *columns)
        _pour(connection, table, (read(kinds, row) for _, row in pairs))
        _go_on_counting(connection, table)


def _by_table(values: Iterable[Any]) -> Iterator[tuple[dict[str, Any], list[Any]]]:
    """Each row with the table it belongs to."""
    table: dict[str, Any] = {}
    for value in values:
        if isinstance(value, dict):
            table = value
        else:
            yield table, value


def _pour(connection: Connection, table: Table, rows: Iterator[list[Any]]) -> None:
    if connection.dialect.name == "postgresql":
        _copy(connection, table, rows)
        return
    names, together = table.columns.keys(), contents.FEW if table.name in contents.LARGE else AT_ONCE
    while batch := [dict(zip(names, row, strict=True)) for row in islice(rows, together)]:
        connection.execute(table.insert(), batch)


def _copy(connection: Connection, table: Table, rows: Iterable[list[Any]]) -> None:
    """As one statement: the quickest way, and rows may point at later ones of their own table."""
    dialect = connection.dialect
    quoted = dialect.identifier_preparer.quote
    names = ", ".join(quoted(name) for name in table.columns.keys())  # noqa: SIM118
    binds = [column.type.dialect_impl(dialect).bind_processor(dialect) for column in table.columns]
    cursor: Any = connection.connection.cursor()
    with cursor.copy(f"COPY {quoted(table.name)} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row([bind(value) if bind else value for bind, value in zip(binds, row, strict=True)])


def _go_on_counting(connection: Connection, table: Table) -> None:
    """On PostgreSQL, new ids follow the highest one loaded."""
    if connection.dialect.name != "postgresql":
        return
    for column in table.columns:
        if kind_of(column) == "int":
            connection.execute(
                text(
                    f"SELECT setval(pg_get_serial_sequence('{table.name}', '{column.name}'), "  # noqa: S608
                    f"(SELECT max({column.name}) FROM {table.name}))",
                ),
            )
