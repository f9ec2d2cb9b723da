"""How a value of each kind of column stands in a backup, whichever database it comes from or goes to."""

from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, BigInteger, Boolean, Column, Date, LargeBinary, String, Time, Uuid
from sqlalchemy.types import TypeDecorator, TypeEngine

from clinic.core.db import UtcDateTime


def _as_it_is(value: Any) -> Any:
    return value


@dataclass(frozen=True)
class Kind:
    """Its column type, and how a value becomes JSON and comes back."""

    type: TypeEngine[Any]
    write: Callable[[Any], Any] = _as_it_is
    read: Callable[[Any], Any] = _as_it_is


KINDS = {
    "int": Kind(BigInteger()),
    "str": Kind(String()),
    "bool": Kind(Boolean()),
    "json": Kind(JSON(none_as_null=True)),
    "bytes": Kind(LargeBinary(), lambda value: b64encode(value).decode(), b64decode),
    "UUID": Kind(Uuid(), lambda value: value.hex, UUID),
    "datetime": Kind(UtcDateTime(), datetime.isoformat, datetime.fromisoformat),
    "date": Kind(Date(), date.isoformat, date.fromisoformat),
    "time": Kind(Time(), time.isoformat, time.fromisoformat),
}


def kind_of(column: Column[Any]) -> str:
    """The name of a column's kind: json, or that of the Python type of its values."""
    type_ = column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type
    return "json" if isinstance(type_, JSON) else type_.python_type.__name__


def written(kinds: list[Kind], row: Any) -> list[Any]:
    """A row of the database, as JSON can hold it."""
    return [None if value is None else kind.write(value) for kind, value in zip(kinds, row, strict=True)]


def read(kinds: list[Kind], row: list[Any]) -> list[Any]:
    """A row of a backup, as a database takes it."""
    return [None if value is None else kind.read(value) for kind, value in zip(kinds, row, strict=True)]
