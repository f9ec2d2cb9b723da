"""The inside of a backup: lines of JSON. Which clinic and when; each table and its rows; how many, and their digest.

Tables name their columns and kinds, so a backup can be read without the models it was made with.
"""

import hashlib
import json
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, select

from clinic import migrated
from clinic.backups import BackupError
from clinic.backups.boxes import opened
from clinic.backups.kinds import KINDS, kind_of, written
from clinic.core.db import Model
from clinic.core.fingerprints import KeyFingerprint
from clinic.places.models import Clinic

FORMAT = 1
AT_ONCE = 2000  # rows fetched together
LARGE, FEW = {"evidence", "portrait"}, 4  # tables whose rows may be megabytes each, and how many of those
GZIP = 31  # zlib's word for it


@dataclass(frozen=True)
class Head:
    """The first line. `keys` are fingerprints by key id; `revision` is that of the migrations."""

    format: int
    clinic: str
    made_at: str
    revision: str
    keys: dict[str, str]

    @property
    def day(self) -> str:
        """When it was made, in words."""
        return f"{datetime.fromisoformat(self.made_at):%d %B %Y at %H:%M} UTC"


def lines(connection: Connection, *, now: datetime) -> Iterator[bytes]:
    """Every line of a backup, read in the connection's one transaction."""
    digest = hashlib.sha256()
    rows: dict[str, int] = {}
    for line in _head_and_tables(connection, rows.__setitem__, now=now):
        digest.update(line)
        yield line
    yield _line({"rows": rows, "digest": digest.hexdigest()})


def packed(found: Iterable[bytes]) -> Iterator[bytes]:
    """The lines, compressed."""
    packer = zlib.compressobj(wbits=GZIP)
    for line in found:
        yield packer.compress(line)
    yield packer.flush()


def read(file: Path, passphrase: str) -> Iterator[Any]:
    """Head, tables and rows of a backup, checked on the way; the counts come last. Raises BackupError."""
    digest, rows, told = hashlib.sha256(), 0, None
    with file.open("rb") as sealed:
        for line in _unpacked(opened(sealed, passphrase)):
            if told:
                raise BackupError("The backup goes on after its end: use another one.")
            value = json.loads(line)
            if isinstance(value, dict) and "digest" in value:
                told = value
            else:
                digest.update(line)
                rows += isinstance(value, list)
                yield value
    if not told or told["digest"] != digest.hexdigest() or sum(told["rows"].values()) != rows:
        raise BackupError("The backup lacks rows: use another one.")


def check(file: Path, passphrase: str) -> tuple[Head, int]:
    """Read a backup to its end: its head, and how many rows it has. Raises BackupError."""
    try:
        found = read(file, passphrase)
        first = next(found)
        if first.get("format") != FORMAT:
            raise BackupError("The backup was made by a newer version of the clinic: update this one first.")
        return Head(**first), sum(isinstance(value, list) for value in found)
    except OSError as error:
        raise BackupError(f"{file} cannot be read: {error.strerror}.") from error


def _head_and_tables(
    connection: Connection,
    count: Callable[[str, int], None],
    *,
    now: datetime,
) -> Iterator[bytes]:
    yield _line(asdict(_head(connection, now)))
    # The guard's triggers write to `versions` while rows are loaded, so its row comes last.
    for table in sorted(Model.metadata.sorted_tables, key=lambda table: table.name == "versions"):
        columns = {column.name: kind_of(column) for column in table.columns}
        yield _line({"table": table.name, "columns": columns})
        kinds, number = [KINDS[kind] for kind in columns.values()], 0
        for row in _rows(connection, table):
            yield _line(written(kinds, row))
            number += 1
        count(table.name, number)


def _head(connection: Connection, now: datetime) -> Head:
    revision = migrated.revision_of(connection)
    if revision != migrated.head():
        raise BackupError("The database is not of this version of the clinic. Run: flask db upgrade")
    name = connection.scalar(select(Clinic.name))
    if name is None:
        raise BackupError("There is no clinic to back up yet.")
    keys = connection.execute(select(KeyFingerprint.key_id, KeyFingerprint.fingerprint)).all()
    return Head(FORMAT, name, now.isoformat(), revision, {row.key_id: row.fingerprint for row in keys})


def _rows(connection: Connection, table: Table) -> Iterable[Any]:
    query = select(table).order_by(*table.primary_key.columns)
    return connection.execute(query, execution_options={"yield_per": FEW if table.name in LARGE else AT_ONCE})


def _line(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _unpacked(parts: Iterable[bytes]) -> Iterator[bytes]:
    unpacker, rest = zlib.decompressobj(wbits=GZIP), b""
    for part in parts:
        *whole, rest = (rest + unpacker.decompress(part)).split(b"\n")
        yield from (line + b"\n" for line in whole)
