"""Migrations, by command only: web processes neither run them nor load what runs them."""

import logging
from pathlib import Path

from flask import Flask, current_app
from sqlalchemy import Connection

from clinic.core.db import db

FOLDER = Path(__file__).parent.parent / "migrations"


def allow_migrations(app: Flask) -> None:
    """Let this app's commands migrate."""
    from flask_migrate import Migrate

    Migrate(app, db, directory=str(FOLDER))


def bring_up_to_date() -> None:
    """Migrate where the database is behind the code."""
    bring_up_to(head())


def bring_up_to(revision: str) -> None:
    """Migrate up to this revision where the database is behind it."""
    from flask_migrate import upgrade

    if "migrate" not in current_app.extensions:
        allow_migrations(current_app)
    with db.engine.connect() as connection:
        there = revision_of(connection) == revision
    if not there:
        logging.getLogger("alembic").setLevel(logging.WARNING)
        upgrade(revision=revision)


def revision_of(connection: Connection) -> str | None:
    """Where the database is; None for an empty one."""
    from alembic.migration import MigrationContext

    return MigrationContext.configure(connection).get_current_revision()


def head() -> str:
    """Where the code is."""
    return revisions()[0]


def revisions(of: str = "head") -> list[str]:
    """The code's revisions, from this one down to the first."""
    from alembic.script import ScriptDirectory

    return [one.revision for one in ScriptDirectory(str(FOLDER)).iterate_revisions(of, "base")]
