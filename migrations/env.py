"""Migrations, online only. Afterwards the guard is put back: a rebuilt table has lost its triggers."""

from contextlib import contextmanager

from alembic import context

from clinic.booking import guard
from clinic.core.db import Model, db, writing


def run() -> None:
    with writing(), db.engine.connect() as connection, _references_unchecked(connection):
        context.configure(
            connection=connection,
            target_metadata=Model.metadata,
            render_as_batch=True,
            compare_type=True,
            user_module_prefix="db.",
        )
        with context.begin_transaction():
            context.run_migrations()
            if _is_up_to_date():
                guard.install(connection)
        _check_references(connection)
        connection.commit()


def _is_up_to_date():
    """The guard is made for the newest tables: a database on its way there, or out of use, does without."""
    comparing = getattr(context.config.cmd_opts, "autogenerate", False)
    return not comparing and context.get_context().get_current_revision() == context.script.get_current_head()


@contextmanager
def _references_unchecked(connection):
    """SQLite rebuilds a table by dropping it, which it refuses while others refer to it; so it looks afterwards.

    The switch does nothing inside a transaction, so it is told to the driver itself.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    driver = connection.connection.dbapi_connection
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def _check_references(connection):
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if broken:
            raise RuntimeError(f"The migration would leave rows that refer to nothing: {broken[:3]}")


run()
