"""A new key for the clinic, and everything that was sealed with an earlier one sealed anew with it.

What was signed is not changed by it: its digests are over the words, not over what seals them. Earlier keys stay in the
ring, behind the current one, for those digests and for backups of before.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Table, func, select, update

from clinic import startup
from clinic.backups.keys import replace_file
from clinic.core import audit, crypto
from clinic.core.audit import SYSTEM
from clinic.core.crypto import Keyring, context_of, sealed
from clinic.core.db import AnySession, Model, writing

ROWS_AT_ONCE = 200


class Sealed(NamedTuple):
    """A column that holds sealed values."""

    table: Table
    column: Any

    def still_of_others(self, key_id: str) -> Any:
        """Rows that another key seals."""
        mark = f"{key_id}|".encode()
        return self.column.is_not(None) & (func.substr(self.column, 1, len(mark)) != mark)


def add_key(file: Path, *, now: datetime) -> Path:
    """Make a new key the current one of this machine's key file; where the file before it is kept."""
    keys = crypto.keyring()
    made = Keyring.make()
    name = f"k{max(int(one[1:]) for one in keys.masters if one[1:].isdecimal()) + 1}"
    newer = Keyring(name, {name: made.masters[made.current], **keys.masters})
    return replace_file(file, newer, now=now)


def reseal(session: AnySession, *, now: datetime) -> int:
    """Seal anew whatever another than the current key seals; how many values that were. Commits in small steps, so the
    clinic goes on meanwhile, and one that was interrupted goes on where it was.
    """
    with writing():
        startup.keep_fingerprint()
        audit.record(session, "keys.resealed", "clinic:1", by=SYSTEM, now=now)
        session.commit()
    return sum(_reseal_column(session, one) for one in sealed_columns())


def sealed_columns() -> Iterator[Sealed]:
    """Every sealed column of every table."""
    for mapper in sorted(Model.registry.mappers, key=lambda one: str(one.local_table)):
        names = [name for name, value in vars(mapper.class_).items() if isinstance(value, sealed)]
        for name in names:
            table: Any = mapper.local_table
            yield Sealed(table, table.c[f"{name}_sealed"])


def _reseal_column(session: AnySession, one: Sealed) -> int:
    count = 0
    while rows := _next_rows(session, one):
        with writing():
            count += sum(_reseal_row(session, one, row) for row in rows)
            session.commit()
    return count


def _next_rows(session: AnySession, one: Sealed) -> list[tuple[Any, bytes]]:
    key = one.table.primary_key.columns[0]
    query = select(key, one.column).where(one.still_of_others(crypto.keyring().current))
    rows = [(row[0], row[1]) for row in session.execute(query.order_by(key).limit(ROWS_AT_ONCE))]
    session.rollback()
    return rows


def _reseal_row(session: AnySession, one: Sealed, row: tuple[Any, bytes]) -> int:
    """Nothing where somebody wrote there meanwhile: that comes round again, if it still has to."""
    row_id, box = row
    keys, key = crypto.keyring(), one.table.primary_key.columns[0]
    context = context_of(one.table.name, one.column.name, row_id)
    anew = keys.seal(keys.open(box, context), context)
    changed = update(one.table).where(key == row_id, one.column == box).values({one.column: anew})
    return int(session.execute(changed).rowcount)  # type: ignore[attr-defined]
