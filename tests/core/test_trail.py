"""The sealed trail: whoever changes, removes, moves or adds a line is found, and where; and work goes on meanwhile."""

import json
import re
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event, insert, select, text

from clinic import server
from clinic.core import anchor, crypto, trail
from clinic.core.anchor import AnchorTroubleError, Head
from clinic.core.audit import GUEST, AuditLine, record
from clinic.core.crypto import Keyring
from clinic.core.db import db, writing
from clinic.core.trail import Line
from tests.conftest import KEYS, NOW

RING = Keyring.parse(KEYS)


def plain(number):
    told = (str(number), NOW.isoformat(), "guest", "record.viewed", f"client:{number}", "{}")
    return Line(number, NOW, told)


COUNT = 40
TRAIL = list(trail.sealed(map(plain, range(101, 101 + COUNT)), Head(), RING))
HEAD = Head(COUNT, TRAIL[-1].seal)


# One change each: the trail that was changed, and the positions at which it was.


@st.composite
def edits(draw):
    line = draw(st.sampled_from(TRAIL))
    field = draw(st.integers(0, len(line.told) - 1))
    told = list(line.told)
    told[field] += draw(st.text(min_size=1, max_size=3))
    return put(TRAIL, line.position, line._replace(told=tuple(told))), {line.position}


@st.composite
def other_seals(draw):
    line = draw(st.sampled_from(TRAIL))
    seal = draw(seals().filter(lambda seal: seal != line.seal) | st.none())
    return put(TRAIL, line.position, line._replace(seal=seal)), {line.position}


@st.composite
def rubbish(draw):
    line = draw(st.sampled_from(TRAIL))
    return put(TRAIL, line.position, line._replace(told=None)), {line.position}


@st.composite
def deletions(draw):
    gone = draw(st.sets(st.integers(1, COUNT - 1), min_size=1, max_size=5))
    return [line for line in TRAIL if line.position not in gone], gone


@st.composite
def swaps(draw):
    """Two lines change places, and take their seals along or leave them."""
    one, other = draw(st.lists(st.sampled_from(TRAIL), min_size=2, max_size=2, unique=True))
    takes_along = draw(st.booleans())
    there = one._replace(position=other.position, seal=one.seal if takes_along else other.seal)
    here = other._replace(position=one.position, seal=other.seal if takes_along else one.seal)
    return put(put(TRAIL, one.position, here), other.position, there), {one.position, other.position}


@st.composite
def insertions(draw):
    """A line at the end, or between two others while those after it move on."""
    position = draw(st.integers(1, COUNT + 1))
    new = plain(draw(st.integers(1, 10**6).filter(lambda number: not 100 < number <= 100 + COUNT)))
    moved = [line._replace(position=line.position + 1) for line in TRAIL[position - 1 :]]
    return [*TRAIL[: position - 1], new._replace(position=position, seal=draw(seals())), *moved], {position}


@st.composite
def cuts(draw):
    left = draw(st.integers(0, COUNT - 1))
    return TRAIL[:left], {left}


def seals():
    invented = st.binary(max_size=40) | st.binary(min_size=32, max_size=32).map(lambda digest: b"k1|" + digest)
    return invented | st.sampled_from([line.seal for line in TRAIL])


def put(lines, position, line):
    return [*lines[: position - 1], line, *lines[position:]]


def named(findings):
    """The positions that the findings speak of."""
    found = set()
    for one in findings:
        if between := re.match(r"Positions (\d+) to (\d+) ", one):
            found |= set(range(int(between[1]), int(between[2]) + 1))
        else:
            found.add(int(re.search(r"position (\d+)", one, re.IGNORECASE)[1]))
    return found


@settings(max_examples=1000)
@given(changed=st.one_of(edits(), other_seals(), rubbish(), deletions(), swaps(), insertions(), cuts()))
def test_every_change_is_found_where_it_was_made_and_nothing_before_it_is_blamed(changed):
    lines, touched = changed
    found = named(trail.verify(lines, HEAD, RING).findings)
    assert touched <= found
    assert min(found) == min(touched)


@given(changed=edits() | rubbish())
def test_a_changed_line_is_the_only_one_named(changed):
    lines, touched = changed
    assert named(trail.verify(lines, HEAD, RING).findings) == touched


@given(known=st.integers(1, COUNT))
def test_a_whole_trail_has_no_findings_even_where_the_anchor_is_behind(known):
    walk = trail.verify(TRAIL, Head(known, TRAIL[known - 1].seal), RING)
    assert (walk.findings, walk.sealed) == ([], COUNT)


@given(cut=st.integers(0, COUNT - 1))
def test_an_end_that_was_cut_and_written_anew_with_our_keys_is_not_the_one_the_anchor_knows(cut):
    head = Head(cut, TRAIL[cut - 1].seal if cut else b"")
    again = [*TRAIL[:cut], *trail.sealed(map(plain, range(900, 950)), head, RING)]
    (finding,) = trail.verify(again, HEAD, RING).findings
    assert finding == f"Position {COUNT} (line {again[COUNT - 1].id}) is not the line that the anchor knows."


def test_a_seal_of_an_older_key_holds_as_long_as_that_key_is_kept():
    new = Keyring.parse(f"{Keyring.make().text().replace('k1:', 'k2:')},{KEYS}")
    lines = [*TRAIL, *trail.sealed([plain(200)], HEAD, new)]
    assert lines[-1].seal.startswith(b"k2|")
    assert trail.verify(lines, HEAD, new).findings == []
    assert named(trail.verify(lines, HEAD, RING).findings) == {COUNT + 1}


def test_rubbish_places_and_loose_seals_are_told():
    (first, second), (third,) = TRAIL[:2], TRAIL[2:3]
    lines = [first._replace(position=-7), first, second, second, third._replace(position=None), plain(7)]
    assert trail.verify(lines, None, RING).findings == [
        "Line 101 stands at position -7, where it cannot belong.",
        "Line 102 stands at position 2, where it cannot belong.",
        "Line 103 has a seal but no position: it was taken out of its place.",
    ]


# In the database, by the worker and by command.


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
        ["The trail is whole: 0 lines sealed, 3 not yet (the oldest from 2026-03-11 09:00:00 UTC)."],
    )
    server._round(app)
    assert positions() == [1, 2, 3]
    assert verify(app) == (0, ["The trail is whole: 3 lines sealed, 0 not yet."])


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
    assert lines[-1].startswith("Error: The trail is not whole (findings: ")


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
        server._round(app)
        change(f"UPDATE audit_line SET {rubbish} WHERE position = 5")
        write(1)
        server._round(app)
        code, lines = verify(app)
        assert (rubbish, code) == (rubbish, 1)
        assert lines[-1].startswith("Error: The trail is not whole (findings: ")


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
    trail.seal_new(db.session, crypto.keyring(), trail_of_ten.parent)
    event.remove(db.engine, "before_cursor_execute", note)
    assert any(statement.startswith("SELECT") for statement in said)
    assert [one for one in said if re.search("IMMEDIATE|UPDATE|INSERT", one)] == []


def test_two_workers_at_the_same_time_make_one_chain(app, folder):
    count, together = 4000, Barrier(3)
    with writing():
        lines = [{"at": NOW, "actor": "guest", "action": "x", "subject": str(n), "detail": {}} for n in range(count)]
        db.session.execute(insert(AuditLine), lines)
        db.session.commit()

    def rounds():
        together.wait()
        with app.app_context():
            while None in positions():
                trail.seal_new(db.session, crypto.keyring(), folder)
            db.session.remove()

    with ThreadPoolExecutor(3) as workers:
        for done in [workers.submit(rounds) for _ in range(3)]:
            done.result()
    assert sorted(positions()) == list(range(1, count + 1))
    assert verify(app) == (0, [f"The trail is whole: {count} lines sealed, 0 not yet."])
    assert anchor.read(folder).position == count


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
