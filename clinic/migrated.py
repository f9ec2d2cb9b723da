"""Migrations, by command only: web processes neither run them nor load what runs them."""

import logging
from pathlib import Path

from flask import Flask, current_app

from clinic.core.db import db

FOLDER = Path(__file__).parent.parent / "migrations"


def allow_migrations(app: Flask) -> None:
    """Let this app's commands migrate."""
    from flask_migrate import Migrate

    Migrate(app, db, directory=str(FOLDER))


def bring_up_to_date() -> None:
    """Migrate where the database is behind the code."""
    from flask_migrate import upgrade

    if "migrate" not in current_app.extensions:
        allow_migrations(current_app)
    if not _at_head():
        logging.getLogger("alembic").setLevel(logging.WARNING)
        upgrade()


def _at_head() -> bool:
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    with db.engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    return current == ScriptDirectory(FOLDER).get_current_head()
