"""A file of ten thousand rows, whatever befalls it: one bad line costs that line, letters that cannot be read are one
sentence, and an import that is killed half-way leaves nothing.
"""

import os
import re
import signal
import subprocess
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from clinic.core.db import db
from clinic.people.models import Client
from tests.bringing import other_systems as others
from tests.bringing.test_there_and_back import bring
from tests.conftest import KEYS
from tests.rows import whole_rows

ROWS = 10_000
VISITS = 600


@pytest.fixture
def patients():
    """Ten thousand rows, and a heading."""
    return "".join(others.as_numbered_patients(others.people(ROWS))).splitlines()


def refused(app, tmp_path, kind, data):
    """What is said of a file nothing of which can be brought in."""
    path = tmp_path / kind
    path.write_bytes(data)
    result = app.test_cli_runner().invoke(args=["import", kind, str(path)])
    db.session.rollback()
    assert result.exit_code == 1
    return result.output


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ("100500;Teacup;Zoë;;nobody;", "“nobody” is no mail address."),
        ('100500;"Tea"cup;Zoë;;;', "There is a quotation mark in it that should be doubled."),
        ("100500;Teacup;Zoë;4.47701E+11;;", "The spreadsheet has rounded its phone number to 4.47701E+11."),
    ],
)
def test_one_bad_line_among_ten_thousand_costs_that_line_alone(app, cast, tmp_path, patients, bad, why):
    patients[501] = bad
    said = bring(app, tmp_path, "clients", "\n".join(patients), "--duplicates", "new")
    assert f"Line 502, {'without a name' if 'quotation' in why else 'Zoë Teacup'}: {why}" in said
    assert f"{ROWS} clients read: {ROWS - 1} brought in, 1 refused." in said
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Client)) == ROWS - 1


def test_a_sheet_saved_as_windows_1252_is_one_sentence_with_the_line_and_nothing_is_written(
    app, cast, tmp_path, patients
):
    before = whole_rows()
    plain = [line.encode("ascii", "replace").decode() for line in patients]
    plain[9000] = "109000;Müller;Zoë;;;"
    said = refused(app, tmp_path, "clients", "\n".join(plain).encode("cp1252"))
    assert said.startswith("Error: Line 9001 has letters we cannot read: the file is not in UTF-8.")
    assert "CSV UTF-8" in said
    assert whole_rows() == before


def test_a_sheet_saved_as_unicode_text_is_read_and_without_its_mark_is_one_sentence(app, cast, tmp_path):
    text, before = "".join(others.as_customers(others.people(300))), whole_rows()
    said = refused(app, tmp_path, "clients", text.encode("utf-16-le"))
    assert "has letters we cannot read" in said
    assert whole_rows() == before
    path = tmp_path / "clients"
    path.write_bytes(text.encode("utf-16"))
    result = app.test_cli_runner().invoke(args=["import", "clients", str(path), "--duplicates", "new"])
    assert "300 clients read: 300 brought in." in result.output


def test_one_day_that_begins_with_its_month_stops_the_whole_file(app, cast, tmp_path):
    bring(app, tmp_path, "clients", "".join(others.as_patients(others.people(VISITS))))
    before = whole_rows()
    rows = visits()
    rows[-1] = re.sub(r"\d{4}-\d\d-\d\d", "12/31/2026", rows[-1])
    said = refused(app, tmp_path, "appointments", "\n".join(rows).encode())
    assert "begins with the month, so no day of this file is sure." in said
    assert whole_rows() == before


def visits():
    """A table of visits, two therapists, three a day each."""
    times, found = (time(9), time(12), time(15)), []
    for n in range(VISITS):
        on = date(2026, 4, 6) + timedelta(days=n // 30 * 7 + n // 6 % 5)
        at = datetime.combine(on, times[n % 3])
        found.append(f"v{n},{100_000 + n},{at:%Y-%m-%d %H:%M},60,Massage,{others.WHO[n // 3 % 2]}")
    return ["Booking ID,Customer ID,Start,Duration,Service,Staff", *found]


@pytest.mark.parametrize("kind", ["clients", "appointments"])
def test_killed_half_way_it_leaves_nothing(app, cast, tmp_path, kind, patients):
    if kind == "appointments":
        bring(app, tmp_path, "clients", "".join(others.as_patients(others.people(VISITS))))
    path = tmp_path / "many.csv"
    path.write_text("\n".join(visits() if kind == "appointments" else patients))
    before, of = whole_rows(), {"clients": ROWS, "appointments": VISITS}[kind]
    settings = app.extensions["clinic.settings"]
    db.session.remove()
    environ = {**os.environ, "INSTANCE": str(settings.instance), "DATABASE_URL": settings.database_url}
    environ |= {"CLINIC_KEYS": KEYS, "FLASK_SKIP_DOTENV": "1", "FLASK_APP": "clinic:create_app"}
    command = [Path(sys.executable).with_name("flask"), "import", kind, path]
    with subprocess.Popen([*command, *EXTRA[kind]], env=environ, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr.readline() == f"500 of {of}\n"
        os.kill(process.pid, signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    assert whole_rows() == before


EXTRA = {"clients": ("--duplicates", "new"), "appointments": ()}
