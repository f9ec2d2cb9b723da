"""Migrations, online only. Afterwards the guard is put back: a rebuilt table has lost its triggers."""

from alembic import context

from clinic.booking import guard
from clinic.core.db import Model, db, writing


def run() -> None:
    with writing(), db.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Model.metadata,
            render_as_batch=True,
            compare_type=True,
            user_module_prefix="db.",
        )
        with context.begin_transaction():
            context.run_migrations()
            if not getattr(context.config.cmd_opts, "autogenerate", False) and db.inspect(connection).has_table(
                "claim"
            ):
                guard.install(connection)
        connection.commit()


run()
