"""Keys stay out of backups: they are printed for paper, and put back from it."""

import base64
from dataclasses import replace

import pytest
from sqlalchemy import select

from clinic import startup
from clinic.backups import contents
from clinic.booking.models import Appointment
from clinic.core import crypto
from clinic.core.audit import AuditLine
from clinic.core.crypto import Keyring, KeyTroubleError, SealBrokenError
from clinic.core.db import db
from tests.backups.conftest import PASSPHRASE, back_up, refusal, restored, run
from tests.conftest import KEYS

OTHERS = Keyring.make().text()


@pytest.fixture
def place(new_place, database_kind):
    """Empty, with the key file that was made at its first run."""
    return new_place(database_kind, CLINIC_KEYS="")


def key_file(place):
    return place.extensions["clinic.settings"].instance / "keys"


def words(place):
    with place.app_context():
        return {one.word for one in db.session.scalars(select(Appointment))}


def test_a_backup_is_for_its_owner_alone_and_shows_nothing(clinic, file):
    back_up(clinic, file)
    assert oct(file.stat().st_mode & 0o777) == "0o600"
    assert [one.name for one in file.parent.iterdir()] == [file.name]
    shown = file.read_bytes()
    for planted in ("Clara", "Teacup", "clara@client.test", "Sciatica", "Test Clinic", "left"):
        assert planted.encode() not in shown


def test_no_key_is_in_a_backup_even_when_it_is_opened(clinic, file):
    back_up(clinic, file)
    told = b"".join(contents._line(value) for value in contents.read(file, PASSPHRASE))
    assert b"Clara Teacup" in told
    for key in Keyring.parse(KEYS).masters.values():
        for spelt in (key, base64.b64encode(key), key.hex().encode()):
            assert spelt not in told
            assert spelt not in file.read_bytes()
    assert b"Sciatica" not in told


def test_the_keys_of_the_recovery_sheet_open_the_restored_clinic(clinic, place, file):
    sheet = run(clinic, "keys", "export").output
    line = next(one for one in sheet.splitlines() if one.startswith("k1:"))
    back_up(clinic, file)
    done = run(place, "restore", file, typed=[line])
    assert done.exit_code == 0, done.output
    assert line not in done.output
    startup.check(place)
    assert "Sciatica, since the Żółw fell" in words(place)
    assert key_file(place).read_text() == line
    assert oct(key_file(place).stat().st_mode & 0o777) == "0o600"


def test_the_key_file_that_was_there_is_kept(clinic, place, file):
    unused = key_file(place).read_text()
    back_up(clinic, file)
    assert run(place, "restore", file, typed=[KEYS]).exit_code == 0
    (kept,) = key_file(place).parent.glob("keys.before-*")
    assert kept.read_text() == unused


def test_the_keys_may_come_from_a_file(clinic, place, file, tmp_path):
    (tmp_path / "sheet").write_text(f"{KEYS}\n")
    back_up(clinic, file)
    assert run(place, "restore", file, "--keys-file", tmp_path / "sheet").exit_code == 0
    startup.check(place)


@pytest.mark.parametrize(
    ("line", "said"),
    [(OTHERS, "not the keys"), ("lavender", "no keys"), ("k2:" + OTHERS[3:], "not the keys")],
    ids=["others", "no keys", "others by another name"],  # made anew in each process, and so no names for tests
)
def test_wrong_keys_restore_nothing(clinic, place, file, line, said):
    unused = key_file(place).read_text()
    back_up(clinic, file)
    assert said in refusal(place, "restore", file, typed=[line]).rpartition("Keys line")[2]
    assert key_file(place).read_text() == unused
    with place.app_context(), db.engine.connect() as connection:
        assert db.inspect(connection).get_table_names() == []


def test_wrong_keys_in_the_settings_are_to_be_set_right_there(clinic, new_place, database_kind, file):
    back_up(clinic, file)
    assert "CLINIC_KEYS" in refusal(new_place(database_kind, CLINIC_KEYS=OTHERS), "restore", file)


def test_without_its_keys_a_restored_clinic_is_not_served(clinic, new_place, database_kind, file):
    back_up(clinic, file)
    place = new_place(database_kind)
    restored(place, file)
    crypto.install(Keyring.parse(OTHERS))
    with pytest.raises(KeyTroubleError):
        startup.check(place)
    with pytest.raises(SealBrokenError):
        words(place)


def test_the_sheet_says_what_it_is_and_leaves_an_audit_line(clinic):
    sheet = run(clinic, "keys", "export").output
    fingerprint = Keyring.parse(KEYS).fingerprint("k1")
    for told in ("Test Clinic", "11 March 2026", KEYS, fingerprint, "apart", "read everything"):
        assert told in " ".join(sheet.split())
    line = db.session.scalars(select(AuditLine).order_by(AuditLine.id.desc())).first()
    assert (line.action, line.subject) == ("keys.exported", "clinic:1")


def test_without_a_clinic_there_is_no_sheet(app):
    assert "flask setup" in refusal(app, "keys", "export")


def test_a_sheet_with_keys_that_are_not_this_clinics_is_not_printed(clinic, monkeypatch):
    others = replace(clinic.extensions["clinic.settings"], clinic_keys=OTHERS)
    monkeypatch.setitem(clinic.extensions, "clinic.settings", others)
    assert "sealed with" in refusal(clinic, "keys", "export")
    crypto.install(Keyring.parse(KEYS))
