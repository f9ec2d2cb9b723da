"""A new key: all is sealed with it, nothing that was signed or given out changes, and the clinic goes on meanwhile."""

import pytest
import sqlalchemy as sa

from clinic import startup
from clinic.backups import rotation
from clinic.core import crypto
from clinic.core.audit import AuditLine
from clinic.core.crypto import Keyring
from clinic.core.db import Model, db, writing
from clinic.core.links import Link
from clinic.notes.models import Signature
from tests.backups.conftest import back_up, refusal, restored, run
from tests.conftest import KEYS
from tests.twice import clara_twice
from tests.visitor import Visitor


@pytest.fixture
def signed_for(cast):
    """Two clients with signed notes, plans and what they told."""
    with writing():
        clara_twice(cast)
        db.session.rollback()


@pytest.fixture
def lived_in(app, signed_for, new_place, database_kind, file):
    """A clinic with something in most tables, whose keys are in a key file."""
    back_up(app, file)
    place = new_place(database_kind, CLINIC_KEYS="")
    keys = place.extensions["clinic.settings"].instance / "keys"
    keys.unlink()
    crypto.write_key_file(keys, Keyring.parse(KEYS))
    restored(place, file)
    with place.app_context():
        yield place


def sealed_values():
    """Every sealed value by where it belongs."""
    found = {
        (one.table.name, one.column.name, row[0]): row[1]
        for one in rotation.sealed_columns()
        for row in db.session.execute(sa.select(one.table.c.id, one.column).where(one.column.is_not(None)))
    }
    db.session.rollback()
    return found


def opened():
    return {place: crypto.open_sealed(box, crypto.context_of(*place)) for place, box in sealed_values().items()}


def test_every_sealed_column_is_among_those_that_are_sealed_anew():
    tables = Model.metadata.sorted_tables
    named = {(table.name, one.name) for table in tables for one in table.columns if one.name.endswith("_sealed")}
    assert {(one.table.name, one.column.name) for one in rotation.sealed_columns()} == named


def test_after_a_rotation_the_new_key_seals_everything_and_all_reads_as_before(lived_in):
    before = opened()
    said = run(lived_in, "keys", "rotate")
    assert said.exit_code == 0, said.output
    assert f"Sealed anew: {len(before)}." in said.output
    assert len({table for table, *_ in before}) > 8
    assert {box[:3] for box in sealed_values().values()} == {b"k2|"}
    assert opened() == before
    startup.check(lived_in)
    assert "Sealed anew: 0." in run(lived_in, "keys", "reseal").output


def test_what_was_signed_before_is_whole_afterwards_and_the_trail_tells_of_it(lived_in):
    run(lived_in, "keys", "rotate")
    verified = run(lived_in, "audit", "verify")
    assert verified.exit_code == 0, verified.output
    assert db.session.scalar(sa.select(AuditLine).where(AuditLine.action == "keys.resealed"))
    db.session.rollback()


def test_a_link_in_a_mail_of_before_still_opens(lived_in):
    link = db.session.scalars(sa.select(Link).where(Link.scope == "plan").order_by(Link.id)).first()
    path = f"/plans/{link.token}"
    assert Visitor(lived_in).get(path).status_code == 200
    run(lived_in, "keys", "rotate")
    db.session.refresh(link)
    assert link.token not in path
    assert Visitor(lived_in).get(path).status_code == 200
    assert Visitor(lived_in).get(path[:-1] + ("a" if path[-1] != "a" else "b")).status_code == 404


def test_a_process_that_has_not_heard_of_the_new_key_finds_it_when_it_meets_it(lived_in):
    old = startup.open_keys(lived_in)
    run(lived_in, "keys", "rotate")
    crypto.install(old, lived_in.extensions["clinic.settings"].instance / "keys")
    assert [one.document for one in db.session.scalars(sa.select(Signature))]
    assert crypto.keyring().current == "k2"
    db.session.rollback()


def test_where_the_keys_come_from_the_settings_it_says_what_to_do(clinic):
    line = refusal(clinic, "keys", "rotate")
    assert "CLINIC_KEYS" in line
    assert "flask keys reseal" in line


def test_what_somebody_writes_meanwhile_is_not_overwritten(app, signed_for):
    crypto.install(Keyring("k2", {"k2": Keyring.make().masters["k1"], **Keyring.parse(KEYS).masters}))
    try:
        column = next(one for one in rotation.sealed_columns() if one.table.name == "signature")
        rows = rotation._next_rows(db.session, column)
        with writing():
            db.session.execute(sa.update(Signature).values(document_sealed=b"k1|meanwhile"))
            assert [rotation._reseal_row(db.session, column, row) for row in rows] == [0, 0, 0, 0]
            assert set(db.session.scalars(sa.select(Signature.document_sealed))) == {b"k1|meanwhile"}
            db.session.rollback()
    finally:
        crypto.install(Keyring.parse(KEYS))
