"""A clinic is backed up and restored elsewhere, on the same kind of database or the other."""

from base64 import b64decode

import pytest
from sqlalchemy import select

from clinic import startup
from clinic.backups.kinds import KINDS, kind_of
from clinic.booking.models import Appointment
from clinic.core.audit import AuditLine
from clinic.core.db import Model, db
from clinic.qualifications.models import Evidence
from tests.backups.conftest import PAPER, all_rows, back_up, restored, run
from tests.steps import book
from tests.visitor import Visitor


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request, new_place):
    """An empty place on each kind of database."""
    return new_place(request.param)


def test_every_row_is_the_same_again(clinic, place, file):
    before = all_rows(clinic)
    back_up(clinic, file)
    restored(place, file)
    after = all_rows(place)
    (added,) = set(after["audit_line"]) - set(before["audit_line"])
    assert "backup.restored" in added
    after["audit_line"].remove(added)
    assert after == before
    assert len(before["appointment"]) == 2


def test_what_was_sealed_opens_and_the_clinic_may_be_served(clinic, place, file):
    back_up(clinic, file)
    restored(place, file)
    startup.check(place)
    with place.app_context():
        words = db.session.scalars(select(Appointment).order_by(Appointment.starts_at)).all()
        assert [one.word for one in words] == ["Sciatica, since the Żółw fell", None]
        paper = db.session.scalars(select(Evidence)).one()
        assert b64decode(paper.content) == PAPER.content


def test_the_clinic_goes_on_booking_where_it_was_restored(clinic, place, file):
    back_up(clinic, file)
    restored(place, file)
    with place.app_context():
        visitor = Visitor(place)
        book(visitor, at="20260312T1400Z", name="Nora New", email="nora@client.test")
        assert "You're booked" in visitor.text
    after = all_rows(place)
    assert (len(after["appointment"]), len(after["claim"])) == (3, 6)


def test_the_database_still_refuses_what_overlaps_where_it_was_restored(clinic, place, file):
    back_up(clinic, file)
    restored(place, file)
    with place.app_context():
        visitor = Visitor(place)
        book(visitor, name="Nora New", email="nora@client.test")
        assert visitor.page.status_code == 409


def test_a_restored_clinic_can_be_backed_up_and_restored_again(clinic, place, new_place, database_kind, file, tmp_path):
    back_up(clinic, file)
    restored(place, file)
    again, third = tmp_path / "again.backup", new_place(database_kind)
    assert run(place, "backup", again).exit_code == 0
    before = {name: rows for name, rows in all_rows(place).items() if name != "audit_line"}
    restored(third, again)
    assert {name: rows for name, rows in all_rows(third).items() if name != "audit_line"} == before


def test_both_leave_an_audit_line(clinic, place, file):
    back_up(clinic, file)
    restored(place, file)
    for app, action in ((clinic, "backup.made"), (place, "backup.restored")):
        with app.app_context():
            line = db.session.scalars(select(AuditLine).order_by(AuditLine.id.desc())).first()
            assert (line.action, line.actor, line.subject) == (action, "system", "clinic:1")


def test_every_column_there_is_can_be_written():
    kinds = {kind_of(column) for table in Model.metadata.sorted_tables for column in table.columns}
    assert kinds <= set(KINDS)
