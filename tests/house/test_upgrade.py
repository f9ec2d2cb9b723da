"""A clinic that updates keeps what it has: migrations rebuild tables that are full and referred to."""

import pytest
import sqlalchemy as sa
from flask_migrate import downgrade

import config
from clinic import create_app, demo
from clinic.booking import guard
from clinic.core import clock
from clinic.core.db import Model, db, writing
from clinic.migrated import bring_up_to_date
from clinic.qualifications.models import Credential
from clinic.qualifications.queries import verified_by_therapist
from tests.conftest import KEYS
from tests.databases import drop_database, new_database

BEFORE_THE_REGISTER = "77c00ae90418"
REBUILT = "683fb7e03ad1"  # the migration after this one rebuilds appointments, claims and treatments


@pytest.fixture(params=["sqlite", "postgresql"])
def full(request, tmp_path):
    """The demo clinic, in a place of its own."""
    url = new_database(request.param, tmp_path)
    app = create_app(config.load({"INSTANCE": str(tmp_path), "DATABASE_URL": url, "CLINIC_KEYS": KEYS}))
    with app.app_context():
        bring_up_to_date()
        with writing():
            demo.make(db.session, now=clock.now())
            db.session.commit()
        yield
        db.session.remove()
        db.engine.dispose()
    drop_database(url)


def counted() -> dict[str, int]:
    with db.engine.connect() as connection:
        found = sa.inspect(connection).get_table_names()
        return {
            name: connection.scalar(sa.select(sa.func.count()).select_from(table))
            for name, table in Model.metadata.tables.items()
            if name in found
        }


def test_back_to_an_earlier_version_and_up_again_loses_no_row_and_no_guard(full):
    before = counted()
    assert before["appointment"] > 100
    downgrade(revision=REBUILT)
    kept = counted()
    assert kept.items() <= before.items()
    bring_up_to_date()
    assert counted().items() >= kept.items()
    with db.engine.connect() as connection:
        guard.check(connection)
        if connection.dialect.name == "sqlite":
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []


def test_what_waits_or_was_put_away_is_not_taken_for_checked_after_going_back_and_up_again(full):
    with writing():
        verified = [one.id for one in db.session.scalars(sa.select(Credential)) if one.title in good(db.session)]
        changed, away = verified[:2]
        db.session.execute(sa.update(Credential).where(Credential.id == changed).values(revision=2, title="Changed"))
        db.session.execute(
            sa.update(Credential).where(Credential.id == away).values(put_away_at=clock.now(), title="Put away")
        )
        db.session.commit()
    kinds = dict(db.session.execute(sa.select(Credential.id, Credential.kind)).all())
    db.session.remove()
    downgrade(revision=BEFORE_THE_REGISTER)
    bring_up_to_date()
    assert good(db.session) & {"Changed", "Put away"} == set()
    assert dict(db.session.execute(sa.select(Credential.id, Credential.kind)).all()) == kinds


def good(session) -> set[str]:
    return {held.title for found in verified_by_therapist(session).values() for held in found}
