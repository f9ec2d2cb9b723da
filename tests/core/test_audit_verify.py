"""The trail in the database: the worker seals it, `flask audit verify` checks it, and the anchor knows its end."""

import json
import re
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, Event

import pytest
from sqlalchemy import event, select, text

from clinic import server
from clinic.core import anchor, trail
from clinic.core.anchor import AnchorTroubleError, Head
from clinic.core.audit import GUEST, AuditLine, record
from clinic.core.db import db, writing
from tests.conftest import NOW
from tests.core.test_trail import RING, named


@pytest.fixture
def folder(app):
    """The instance folder, without the anchor of another test."""
    folder = app.extensions["clinic.settings"].instance
    (folder / anchor.NAME).unlink(missing_ok=True)
    return folder


@pytest.fixture
def trail_of_ten(app, folder):
    write(10)
    server._round(app)
    return folder / anchor.NAME


def write(count, at=NOW):
    with writing():
        for n in range(count):
            record(db.session, "record.viewed", f"client:{n}", by=GUEST, now=at, detail={"z": n, "ä": [1.5, None]})
        db.session.commit()


def change(statement):
    with writing():
        db.session.execute(text(statement))
        db.session.commit()


def verify(app):
    done = app.test_cli_runner().invoke(args=["audit", "verify"])
    db.session.rollback()
    return done.exit_code, done.output.splitlines()


def positions():
    found = db.session.scalars(select(AuditLine.position).order_by(AuditLine.id)).all()
    db.session.rollback()
    return found


def test_a_request_leaves_a_plain_line_and_the_worker_seals_it(app, folder):
    write(3)
    assert positions() == [None] * 3
    assert verify(app) == (
        0,
        ["Trail and signed notes are whole: 0 lines sealed, 3 not yet (the oldest from 2026-03-11 09:00:00 UTC)."],
    )
    server._round(app)
    assert positions() == [1, 2, 3]
    assert verify(app) == (0, ["Trail and signed notes are whole: 3 lines sealed, 0 not yet."])


def test_lines_that_wait_for_more_than_a_minute_tell_that_no_worker_runs(app, folder):
    write(1, at=NOW - timedelta(seconds=60))
    assert "worker" not in verify(app)[1][0]
    write(1, at=NOW - timedelta(seconds=61))
    code, (said,) = verify(app)
    assert code == 0
    assert said.endswith("No worker seems to run: start flask worker.")


A_COPY_AT_THE_END = """
    INSERT INTO audit_line (at, actor, action, subject, detail, position, seal)
    SELECT at, actor, action, subject, detail, 11, seal FROM audit_line WHERE position = 10
"""


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE audit_line SET actor = 'account:eve' WHERE position = 4", "Position 4 (line {4}) was changed"),
        ("UPDATE audit_line SET detail = '[]' WHERE position = 4", "Position 4 (line {4}) was changed"),
        ("UPDATE audit_line SET at = '2026-03-11 08:00:00' WHERE position = 4", "Position 4 (line {4}) was changed"),
        ("UPDATE audit_line SET id = id + 1000 WHERE position = 4", "Position 4 (line"),
        ("UPDATE audit_line SET seal = NULL WHERE position = 4", "Position 4 (line {4}) has no seal"),
        ("DELETE FROM audit_line WHERE position = 4", "Position 4 is missing"),
        ("DELETE FROM audit_line WHERE position BETWEEN 4 AND 6", "Positions 4 to 6 are missing"),
        ("UPDATE audit_line SET position = 14 WHERE position = 4", "Position 4 is missing"),
        ("UPDATE audit_line SET position = NULL WHERE position = 4", "Position 4 is missing"),
        ("UPDATE audit_line SET position = 0 WHERE position = 4", "stands at position 0, where it cannot belong"),
        ("DELETE FROM audit_line WHERE position > 7", "ends at position 7, but the anchor knows 10 lines"),
        ("DELETE FROM audit_line", "ends at position 0, but the anchor knows 10 lines"),
        (A_COPY_AT_THE_END, "Position 11 "),
    ],
)
def test_what_somebody_did_to_the_table_is_said_and_where(app, trail_of_ten, statement, said):
    ids = dict(db.session.execute(select(AuditLine.position, AuditLine.id)).all())
    change(statement)
    code, lines = verify(app)
    assert code == 1
    assert any(re.sub(r"\{4\}", str(ids[4]), said) in line for line in lines)
    assert lines[-1].startswith("Error: Trail and signed notes are not whole (findings: ")


def test_two_lines_that_changed_places_are_both_named(app, trail_of_ten):
    for statement in ("= 99 WHERE position = 3", "= 3 WHERE position = 8", "= 8 WHERE position = 99"):
        change(f"UPDATE audit_line SET position {statement}")
    code, lines = verify(app)
    assert code == 1
    assert {3, 8} <= named(lines[:-1])


def test_of_many_findings_the_first_twenty_are_told_and_how_many_more(app, folder):
    write(30)
    server._round(app)
    change("UPDATE audit_line SET action = 'x'")
    code, lines = verify(app)
    assert (code, len(lines), lines[20]) == (1, 22, "… and 10 more.")


RUBBISH = {
    "sqlite": [
        "at = 'noon'", "at = x'ff'", "actor = x'fffe'", "detail = '{'", "detail = x'00'", "detail = 7.5", "seal = 'word'",
        "seal = 10000000000000", "position = 'first'", "position = 2.5", "position = x'ff'", "position = 1e300",
        "position = 9223372036854775807", "detail = '" + "[" * 100_000 + "'", "at = '0001-01-01T00:00+23:59'",
    ],
    "postgresql": [
        "at = 'infinity'", "at = '-infinity'", "at = '0044-03-15 BC'", "at = '20000-01-01'", "seal = ''", "detail = 'null'",
        "detail = '1e999'", "position = 9223372036854775807", "position = -9223372036854775808", r"""detail = '"\ud800"'""",
    ],
}  # fmt: skip


def test_rubbish_in_a_sealed_line_stops_neither_the_check_nor_the_worker(app, folder, database_kind):
    for rubbish in RUBBISH[database_kind]:
        (folder / anchor.NAME).unlink(missing_ok=True)
        change("DELETE FROM audit_line")
        write(5)
        trail.seal_new(db.session, RING, folder)
        change(f"UPDATE audit_line SET {rubbish} WHERE position = 5")
        write(1)
        trail.seal_new(db.session, RING, folder)  # raises nothing: mail is sent after it
        code, lines = verify(app)
        assert (rubbish, code) == (rubbish, 1)
        assert lines[-1].startswith("Error: Trail and signed notes are not whole (findings: ")


def test_rubbish_in_a_line_that_waits_holds_up_no_other(app, folder, database_kind):
    write(3)
    change(f"UPDATE audit_line SET {RUBBISH[database_kind][0]} WHERE subject = 'client:1'")
    server._round(app)
    assert positions() == [1, None, 2]
    code, lines = verify(app)
    assert code == 1
    assert "not sealed yet, cannot be read" in lines[0]


def test_a_round_with_nothing_to_seal_takes_no_lock(app, trail_of_ten):
    said = []
    event.listen(db.engine, "before_cursor_execute", note := lambda *given: said.append(given[2]))
    trail.seal_new(db.session, RING, trail_of_ten.parent)
    event.remove(db.engine, "before_cursor_execute", note)
    assert any(statement.startswith("SELECT") for statement in said)
    assert [one for one in said if re.search("IMMEDIATE|UPDATE|INSERT", one)] == []


def test_workers_at_the_same_time_make_one_chain_while_lines_come_in(app, folder, monkeypatch):
    monkeypatch.setattr(trail, "BATCH", 7)
    together, written = Barrier(4), Event()

    def work():
        while not written.is_set() or None in positions():
            trail.seal_new(db.session, RING, folder)

    def book():
        for _ in range(40):
            write(5)
        written.set()

    def begin(task):
        with app.app_context():
            together.wait()
            task()
            db.session.remove()

    with ThreadPoolExecutor(4) as threads:
        for done in [threads.submit(begin, task) for task in (work, work, work, book)]:
            done.result()
    assert sorted(positions()) == list(range(1, 201))
    assert verify(app) == (0, ["Trail and signed notes are whole: 200 lines sealed, 0 not yet."])
    assert anchor.read(folder).position == 200


def test_workers_of_one_folder_move_the_anchor_one_after_the_other(app, folder):
    def move(position):
        anchor.move(folder, Head(position, b"seal"), is_kept=bool)
        return anchor.read(folder).position >= position

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(move, range(1, 201)))
    assert anchor.read(folder) == Head(200, b"seal")


def test_where_no_anchor_can_be_written_lines_are_sealed_all_the_same(app, folder):
    in_the_way = folder / f"{anchor.NAME}.new"
    in_the_way.mkdir()
    write(2)
    trail.seal_new(db.session, RING, folder)
    in_the_way.rmdir()
    assert positions() == [1, 2]
    assert "is missing" in verify(app)[1][0]


def test_the_anchor_tells_how_many_lines_there_are_to_its_owner_alone(app, trail_of_ten):
    count, head = trail_of_ten.read_text().split()
    assert int(count) == 10
    assert bytes.fromhex(head) == db.session.scalar(select(AuditLine.seal).where(AuditLine.position == 10))
    assert stat.S_IMODE(trail_of_ten.stat().st_mode) == 0o600
    assert [path.name for path in trail_of_ten.parent.glob("audit-anchor*")] == ["audit-anchor"]


@pytest.mark.parametrize("left", [0, 1, 3, 10, 40, -1])
def test_a_damaged_anchor_is_told_and_left_as_it_is(app, trail_of_ten, left):
    trail_of_ten.write_bytes(trail_of_ten.read_bytes()[:left])
    damaged = trail_of_ten.read_bytes()
    code, lines = verify(app)
    assert (code, lines[0]) == (
        1,
        f"{trail_of_ten} is damaged: whether the end of the trail was cut cannot be checked.",
    )
    write(1)
    server._round(app)
    assert positions()[-1] == 11
    assert trail_of_ten.read_bytes() == damaged


def test_a_missing_anchor_is_told_and_made_again_with_the_next_line(app, trail_of_ten):
    trail_of_ten.unlink()
    code, lines = verify(app)
    assert (code, lines[0]) == (1, f"{trail_of_ten} is missing: a cut end of the trail would not be seen.")
    write(1)
    server._round(app)
    assert verify(app)[0] == 0


def test_an_anchor_that_is_a_folder_is_told(app, trail_of_ten):
    trail_of_ten.unlink()
    trail_of_ten.mkdir()
    code, lines = verify(app)
    trail_of_ten.rmdir()
    assert code == 1
    assert "cannot be read (Is a directory)" in lines[0]


def test_the_worker_never_covers_up_an_end_that_was_cut(app, trail_of_ten):
    change("DELETE FROM audit_line WHERE position > 8")
    for _ in range(3):
        write(2)
        server._round(app)
    code, lines = verify(app)
    assert (code, "is not the line that the anchor knows" in lines[0]) == (1, True)


def test_the_anchor_never_moves_backwards(app, trail_of_ten):
    anchor.move(trail_of_ten.parent, Head(9, b"early"), is_kept=bool)
    assert anchor.read(trail_of_ten.parent).position == 10
    with pytest.raises(AnchorTroubleError):
        anchor.move(trail_of_ten.parent, Head(11, b"late"), is_kept=lambda _: False)
    assert anchor.read(trail_of_ten.parent).position == 10


def test_the_order_of_words_in_a_detail_is_no_change(app, trail_of_ten):
    change(f"UPDATE audit_line SET detail = '{json.dumps({'ä': [1.5, None], 'z': 4})}' WHERE subject = 'client:4'")
    assert verify(app)[0] == 0
