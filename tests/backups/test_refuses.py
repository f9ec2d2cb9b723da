"""What cannot be backed up or restored is one sentence, and nothing is written."""

import hashlib
import json
from itertools import compress

import pytest
from sqlalchemy import inspect, select

from clinic import migrated
from clinic.backups import contents
from clinic.backups.boxes import sealed
from clinic.booking.models import Appointment
from clinic.core.db import db
from tests.backups.conftest import PASSPHRASE, all_rows, back_up, refusal, restored, run

TWICE = [PASSPHRASE, PASSPHRASE]


def tables(place):
    with place.app_context(), db.engine.connect() as connection:
        return inspect(connection).get_table_names()


def write(file, values):
    """A backup of these values, as whoever has the passphrase could write it."""
    lines = [contents._line(value) for value in values]
    rows = {"all": sum(isinstance(value, list) for value in values)}
    told = {"rows": rows, "digest": hashlib.sha256(b"".join(lines)).hexdigest()}
    file.write_bytes(b"".join(sealed(contents.packed([*lines, contents._line(told)]), PASSPHRASE)))


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda file: file[:-1], "damaged"),
        (lambda file: file[:1000], "damaged"),
        (lambda file: file[:500] + bytes([file[500] ^ 1]) + file[501:], "damaged"),
        (lambda _: b"", "not a backup"),
        (lambda _: b"SQLite format 3\0" + bytes(5000), "not a backup"),
        (lambda file: b"\n" + file, "not a backup"),
    ],
)
def test_a_file_that_is_no_whole_backup_is_not_restored(clinic, new_place, database_kind, file, damage, said):
    back_up(clinic, file)
    file.write_bytes(damage(file.read_bytes()))
    place = new_place(database_kind)
    assert said in refusal(place, "restore", file)
    assert tables(place) == []


def test_a_wrong_passphrase_restores_nothing(clinic, new_place, database_kind, file):
    back_up(clinic, file)
    place = new_place(database_kind, BACKUP_PASSPHRASE="")
    assert "passphrase" in refusal(place, "restore", file, typed=["nine quiet lavender field"])
    assert tables(place) == []


def test_a_file_that_is_not_there_is_one_line(app, new_place, file):
    assert "cannot be read" in refusal(new_place("sqlite"), "restore", file)


def test_a_place_with_a_clinic_is_left_alone(clinic, file):
    back_up(clinic, file)
    before = all_rows(clinic)
    assert "already" in refusal(clinic, "restore", file)
    assert all_rows(clinic) == before


def test_a_place_that_is_only_migrated_takes_a_backup(clinic, new_place, database_kind, file):
    back_up(clinic, file)
    place = new_place(database_kind)
    with place.app_context():
        migrated.bring_up_to_date()
    restored(place, file)
    assert len(all_rows(place)["appointment"]) == 2


def test_a_backup_of_a_newer_version_is_not_restored(clinic, new_place, database_kind, file):
    back_up(clinic, file)
    head, *rest = contents.read(file, PASSPHRASE)
    write(file, [{**head, "revision": "f00"}, *rest])
    place = new_place(database_kind)
    assert "newer version" in refusal(place, "restore", file)
    assert tables(place) == []


def as_then(values, then, revision):
    """The values of a backup without the tables and columns that there were not `then`."""
    kept, columns = [{**next(values), "revision": revision}], None
    for value in values:
        if isinstance(value, dict):
            there = then.get(value["table"], ())
            columns = [name in there for name in value["columns"]]
            value["columns"] = dict(compress(value["columns"].items(), columns))
        else:
            value = list(compress(value, columns))  # noqa: PLW2901
        if any(columns):
            kept.append(value)
    return kept


def visits(app):
    """Of every appointment what it has been from the first."""
    facts = (
        Appointment.ref,
        Appointment.client_id,
        Appointment.therapist_id,
        Appointment.starts_at,
        Appointment.ends_at,
    )
    with app.app_context(), db.engine.connect() as connection:
        return sorted(map(tuple, connection.execute(select(*facts))))


def test_a_backup_of_an_older_version_is_brought_up_to_date(clinic, new_place, database_kind, file):
    """Made from today's: what the first version did not have is left out."""
    back_up(clinic, file)
    old, first = new_place(database_kind), migrated.revisions()[-1]
    with old.app_context(), db.engine.connect() as connection:
        migrated.bring_up_to(first)
        then = {name: {one["name"] for one in inspect(connection).get_columns(name)} for name in tables(old)}
    write(file, as_then(contents.read(file, PASSPHRASE), then, first))
    place = new_place(database_kind)
    restored(place, file)
    before, after = all_rows(clinic), all_rows(place)
    assert (after["claim"], after["client"]) == (before["claim"], before["client"])
    assert visits(place) == visits(clinic)
    with place.app_context(), db.engine.connect() as connection:
        assert migrated.revision_of(connection) == migrated.head()


def test_rows_that_the_database_refuses_are_all_left_out(clinic, new_place, database_kind, file):
    """The guard stays on: two claims at one time are refused, and so is the whole backup."""
    back_up(clinic, file)
    values = list(contents.read(file, PASSPHRASE))
    claim = next(n for n, value in enumerate(values) if isinstance(value, dict) and value.get("table") == "claim") + 1
    values.insert(claim, [values[claim][0] + 1000, *values[claim][1:]])
    write(file, values)
    place = new_place(database_kind)
    assert "nothing was restored" in refusal(place, "restore", file)
    assert {name for name, rows in all_rows(place).items() if rows} == {"versions"}


def test_rows_that_are_missing_are_found(clinic, new_place, file):
    back_up(clinic, file)
    lines = [contents._line(value) for value in contents.read(file, PASSPHRASE)]
    told = json.dumps({"rows": {"all": 1}, "digest": hashlib.sha256(b"".join(lines)).hexdigest()}).encode() + b"\n"
    for ending in ([], [told]):
        file.write_bytes(b"".join(sealed(contents.packed([*lines, *ending]), PASSPHRASE)))
        assert "lacks rows" in refusal(new_place("sqlite"), "restore", file)


def test_a_backup_is_never_written_over_another_file(clinic, file):
    file.write_text("last week's")
    assert "already" in refusal(clinic, "backup", file, typed=TWICE)
    assert file.read_text() == "last week's"


def test_two_backups_into_one_file_do_not_mix(clinic, file):
    part = file.with_name("monday.backup.part")
    part.write_text("half of another one")
    assert "monday.backup.part" in refusal(clinic, "backup", file, typed=TWICE)
    assert part.read_text() == "half of another one"


def test_a_backup_that_fails_leaves_no_file(app, file):
    assert "no clinic" in refusal(app, "backup", file, typed=TWICE)
    assert list(file.parent.iterdir()) == []


@pytest.mark.parametrize("passphrase", ["short", "password1234", "x" * 30])
def test_a_passphrase_that_is_easily_guessed_is_refused(clinic, file, passphrase):
    assert "12" in refusal(clinic, "backup", file, typed=[passphrase, passphrase])
    assert not file.exists()


def test_a_folder_that_is_not_there_is_one_line(clinic, tmp_path):
    assert "cannot be written" in refusal(clinic, "backup", tmp_path / "no" / "monday.backup", typed=TWICE)


def test_a_passphrase_is_typed_twice_and_never_shown(clinic, file):
    done = run(clinic, "backup", file, typed=TWICE)
    assert done.exit_code == 0
    assert PASSPHRASE not in done.output
