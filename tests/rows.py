"""What the database holds, table by table."""

from sqlalchemy import func, select

from clinic.core.db import Model, db


def rows():
    """How many rows each table has."""
    return {
        table.name: db.session.scalar(select(func.count()).select_from(table)) for table in Model.metadata.sorted_tables
    }
