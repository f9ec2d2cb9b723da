"""`python -m tests.house.migrations_match`: an empty database, upgraded to head, is what the models say.

On SQLite and on PostgreSQL. Prints what differs, one line each, and fails.
"""

import logging
import sys
import tempfile
from pathlib import Path

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

import config
from clinic import create_app
from clinic.booking import guard
from clinic.core.crypto import Keyring
from clinic.core.db import Model, db
from clinic.migrated import bring_up_to_date
from tests.databases import drop_database, new_database


def differences(kind: str, folder: Path) -> list[str]:
    """What the migrations of this kind of database leave undone. Raises where they leave out the guard."""
    url = new_database(kind, folder)
    keys = Keyring.make().text()
    app = create_app(config.load({"INSTANCE": str(folder), "DATABASE_URL": url, "CLINIC_KEYS": keys}))
    with app.app_context():
        try:
            bring_up_to_date()
            with db.engine.connect() as connection:
                guard.check(connection)
                return compared(connection)
        finally:
            db.engine.dispose()
            drop_database(url)


def compared(connection) -> list[str]:
    """Each difference between a database and the models, in a line."""
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    found = [_line(one) for one in compare_metadata(context, Model.metadata)]
    return found + [f"check {name}" for name in _missing_checks(connection)]


def _missing_checks(connection) -> list[str]:
    """CHECK constraints of the models that the database lacks: Alembic does not look at them."""
    wanted = {
        str(connection.dialect.identifier_preparer.format_constraint(constraint))
        for table in Model.metadata.sorted_tables
        for constraint in table.constraints
        if isinstance(constraint, sa.CheckConstraint)
    }
    inspector = sa.inspect(connection)
    there = {str(check["name"]) for table in Model.metadata.tables for check in inspector.get_check_constraints(table)}
    return sorted(wanted - there)


def _line(found) -> str:
    """Alembic gives a tuple such as ("add_column", None, "client", Column(…)), or a list of them for one column."""
    verb, *about = found[0] if isinstance(found, list) else found
    return f"{verb} {' '.join(str(getattr(one, 'name', None) or one) for one in about if one is not None)}"


def main() -> int:
    logging.getLogger("alembic").setLevel(logging.WARNING)
    failed = 0
    for kind in ("sqlite", "postgresql"):
        with tempfile.TemporaryDirectory() as folder:
            found = differences(kind, Path(folder))
        failed += bool(found)
        print(f"{kind}: " + (f"the models want {'; '.join(found)}" if found else "migrations match the models"))
    return min(failed, 1)


if __name__ == "__main__":
    sys.exit(main())
