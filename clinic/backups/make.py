"""Making a backup: a snapshot into a new file, read back before anybody is told that it is there."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from clinic.backups import BackupError, contents
from clinic.backups.boxes import sealed
from clinic.backups.contents import Head
from clinic.core import audit
from clinic.core.audit import SYSTEM
from clinic.core.db import db, writing


def make(file: Path, passphrase: str, *, now: datetime) -> tuple[Head, int]:
    """Write a backup and check all of it; its head, and how many rows it has. Raises BackupError. Commits."""
    part = file.with_name(f"{file.name}.part")
    try:
        with snapshot() as connection, _new_file(file, part):
            _write(part, sealed(contents.packed(contents.lines(connection, now=now)), passphrase))
            found = contents.check(part, passphrase)
    except OSError as error:
        raise BackupError(f"{file} cannot be written: {error.strerror}.") from error
    with writing():
        audit.record(db.session, "backup.made", "clinic:1", by=SYSTEM, now=now, detail={"rows": found[1]})
        db.session.commit()
    return found


@contextmanager
def snapshot() -> Iterator[Connection]:
    """A connection that sees the database as it is at its first question, while others go on writing."""
    with db.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        yield connection  # on SQLite, the WAL gives a transaction what there was when it began to read


@contextmanager
def _new_file(file: Path, part: Path) -> Iterator[None]:
    """The file is there once `part` is whole, never over another one; nothing is left where that fails."""
    if file.exists():
        raise BackupError(f"{file} is there already: choose a new name.")
    try:
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError as error:
        raise BackupError(f"{part} is there, of a backup that still runs or was ended: delete it then.") from error
    try:
        yield
        _rename(part, file)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _rename(part: Path, file: Path) -> None:
    """Not by a hard link, which sticks and shares may not know: an empty file holds the name for a moment."""
    try:
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError as error:
        raise BackupError(f"{file} is there already: choose a new name.") from error
    part.replace(file)
    folder = os.open(file.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def _write(part: Path, parts: Iterable[bytes]) -> None:
    with part.open("r+b") as file:
        file.writelines(parts)
        file.flush()
        os.fsync(file.fileno())
