"""Whether the database is as far as the code."""

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app

from clinic.core.db import db


def at_head() -> bool:
    """True where no migration is due."""
    scripts = ScriptDirectory(current_app.extensions["migrate"].directory)
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == scripts.get_current_head()
