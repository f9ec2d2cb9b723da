"""The database: base class, column types, and how transactions begin on SQLite and PostgreSQL."""

import contextlib
import fcntl
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from time import monotonic
from typing import Any, TypeVar
from uuid import UUID

from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy import (
    BigInteger,
    Date,
    DateTime,
    Dialect,
    Engine,
    Insert,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Time,
    Uuid,
    event,
    insert,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.orm import DeclarativeBase, Session, make_transient_to_detached, registry, scoped_session
from sqlalchemy.types import TypeDecorator


class UtcDateTime(TypeDecorator[datetime]):
    """An instant. Goes in aware, comes out in UTC; a naive value is a bug and is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("An instant needs a time zone.")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


BigId = BigInteger().with_variant(Integer(), "sqlite")

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Model(DeclarativeBase):
    """The base of every table."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMES),
        type_annotation_map={
            datetime: UtcDateTime(),
            date: Date(),
            time: Time(),
            UUID: Uuid(),
            bytes: LargeBinary(),
        },
    )


db = SQLAlchemy(model_class=Model)

# What operations and queries take: a session, or the app's own that hands out one a request.
AnySession = Session | scoped_session[Session] | scoped_session[FlaskSession]

View = TypeVar("View", bound=Callable[..., Any])
IDLE_SECONDS = 1.0
_writing: ContextVar[bool] = ContextVar("writing", default=False)
_serving: ContextVar[bool] = ContextVar("serving", default=False)  # a request, and not a command or the worker


def database_of(session: AnySession) -> str:
    """Which database this is: what a process keeps of one is kept under it."""
    return str(session.get_bind().url)  # type: ignore[union-attr]


def table_of(model: type[Model]) -> Table:
    """The table of a model, for rows that are written and not looked at again: past the session, which would take three
    times as long over each.
    """
    return Model.metadata.tables[model.__tablename__]


def write_row(session: AnySession, row: Model) -> None:
    """Insert one row at once, past the session's own bookkeeping, which takes three times as long over it. The session
    has it from then on like one it has read: what was left to the table's defaults is read when somebody asks for it.

    What the row refers to must be there already, and listeners of its model hear nothing.
    """
    kept = vars(row)
    values = {column.key: kept[column.key] for column in table_of(type(row)).columns if column.key in kept}
    session.execute(_insertion(type(row)), values)
    make_transient_to_detached(row)
    session.add(row)


@cache
def _insertion(model: type[Model]) -> Insert:
    return insert(table_of(model)).inline()


@contextlib.contextmanager
def writing() -> Iterator[None]:
    """Transactions begun inside take the write lock at once.

    SQLite refuses to turn a reader into a writer when somebody wrote in between. PostgreSQL ignores this.
    """
    token = _writing.set(True)
    try:
        yield
    finally:
        _writing.reset(token)


def reads_first(view: View) -> View:
    """For a post that reads and checks a good deal before it changes anything: it takes the write lock itself, inside
    `writing`, so that others write meanwhile.
    """
    view.reads_first = True  # type: ignore[attr-defined]
    return view


def is_writing() -> bool:
    """True inside `writing` and in requests that may change something."""
    return _writing.get()


def set_up_database(app: Flask, url: str) -> None:
    """Bind the app to its database. `hide_parameters` keeps names out of logs."""
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(url)
    db.init_app(app)
    with app.app_context():
        listen(db.engine)

    @app.before_request
    def take_the_write_lock_for_unsafe_methods() -> None:
        view = app.view_functions.get(request.endpoint or "")
        _writing.set(request.method not in {"GET", "HEAD", "OPTIONS"} and not getattr(view, "reads_first", False))
        _serving.set(True)

    @app.teardown_request
    def no_longer_serving(error: BaseException | None) -> None:
        _serving.set(False)


def engine_options(url: str) -> dict[str, Any]:
    if make_url(url).get_backend_name() == "sqlite":
        return {"hide_parameters": True, "connect_args": {"timeout": 15, "isolation_level": None}}
    return {
        "hide_parameters": True,
        "connect_args": {"connect_timeout": 5, "options": "-c timezone=UTC"},
    }


def listen(engine: Engine) -> None:
    """On PostgreSQL: a look whether a connection still lives, and pages that read without a transaction. On SQLite:
    pragmas for each connection, real BEGINs, and a fair queue of writers.
    """
    if engine.dialect.name == "postgresql" and not event.contains(engine, "checkout", _look_whether_it_lives):
        event.listen(engine, "checkin", _note_when)
        event.listen(engine, "checkout", _look_whether_it_lives)
        event.listen(engine, "checkout", _read_without_a_transaction)
    if engine.dialect.name != "sqlite" or event.contains(engine, "connect", _prepare):
        return
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    event.listen(engine, "checkin", _leave_the_queue)
    event.listen(engine, "close", _close_the_queue)


def _prepare(connection: Any, record: Any) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    (_, _, path) = cursor.execute("PRAGMA database_list").fetchone()
    record.info["queue"] = open(f"{path}.lock", "w") if path else None  # noqa: SIM115, PTH123  (lives as long as the connection)
    if path:
        Path(f"{path}.lock").chmod(0o600)
    cursor.close()


def _begin(connection: Any) -> None:
    if connection.get_execution_options().get("isolation_level") == "AUTOCOMMIT":
        return
    if not _writing.get():
        connection.exec_driver_sql("BEGIN")
        return
    # SQLite's own waiting is unfair (over a second at worst); a file lock serves in order of arrival.
    queue = connection.connection.info.get("queue")
    if queue:
        fcntl.flock(queue, fcntl.LOCK_EX)
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _note_when(connection: Any, record: Any) -> None:
    record.info["given_back"] = monotonic()


def _look_whether_it_lives(connection: Any, record: Any, proxy: Any) -> None:
    """A connection that lay idle may have ended with its server: then the pool makes another, and nobody notices. One
    in use a moment ago is not asked, for that would double the work of the lightest pages.
    """
    if monotonic() - record.info.get("given_back", monotonic()) < IDLE_SECONDS:
        return
    import psycopg

    try:
        connection.execute("SELECT 1")
        connection.rollback()
    except psycopg.Error as error:
        raise DisconnectionError from error


def _read_without_a_transaction(connection: Any, record: Any, proxy: Any) -> None:
    """A page that only reads sees what is committed, statement by statement, with a transaction or without. Without, it
    saves two rounds to the server, which keeps the plans of its statements; psycopg forgets them at each rollback.
    """
    without = _serving.get() and not _writing.get()
    if connection.autocommit != without:
        connection.autocommit = without


def _leave_the_queue(connection: Any, record: Any) -> None:
    if record.info.get("queue"):
        fcntl.flock(record.info["queue"], fcntl.LOCK_UN)


def _close_the_queue(connection: Any, record: Any) -> None:
    if queue := record.info.pop("queue", None):
        queue.close()
