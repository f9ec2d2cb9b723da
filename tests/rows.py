"""What the database holds, table by table."""

from sqlalchemy import func, select

from clinic.core.db import Model, db


def rows():
    """How many rows each table has."""
    return {
        table.name: db.session.scalar(select(func.count()).select_from(table)) for table in Model.metadata.sorted_tables
    }


def whole_rows(but=()):
    """Every row of every table but these, in words, to compare."""
    tables = [table for table in Model.metadata.sorted_tables if table.name not in but]
    found = {table.name: sorted(map(repr, db.session.execute(select(table)).all())) for table in tables}
    db.session.rollback()
    return found
