"""Backups are taken while people book and write. Restored into an empty place, each is one instant of the clinic."""

import json
import subprocess
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

from clinic.backups import contents
from clinic.core import clock
from tests.drills.drafts import Writer
from tests.drills.records import booking_keys, half_written, looking_into, overlaps
from tests.drills.served import Served, place
from tests.drills.stranger import Stranger

PASSPHRASE = "nine quiet lavender fields"
BOOKERS = 3


@dataclass
class Busy:
    """What those were told who booked and wrote meanwhile."""

    keys: list[str] = field(default_factory=list)
    saves: int = 0
    over: Event = field(default_factory=Event)

    def book_on(self, port: int, times: deque) -> None:
        while not self.over.is_set() and times:
            one = Stranger(port, len(self.keys)).prepare(*times.popleft())
            key = one.form["key"]
            assert one.book().status == 303
            self.keys.append(key)

    def write_on(self, note: Writer) -> None:
        while not self.over.is_set():
            assert note.save() == 200
            self.saves += 1


@contextmanager
def busy(clinic: Served, times: Iterable[tuple[int, str]], notes: Iterable[Writer]) -> Iterator[Busy]:
    """People book these times and write these notes meanwhile, as fast as they are answered."""
    told, waiting = Busy(), deque(times)
    with ThreadPoolExecutor() as pool:
        going = [pool.submit(told.book_on, clinic.port, waiting) for _ in range(BOOKERS)]
        going += [pool.submit(told.write_on, note) for note in notes]
        try:
            yield told
        finally:
            told.over.set()
    for one in going:
        one.result()


def back_up(clinic: Served, file: Path, told: Busy) -> set[str]:
    """Take a backup; the bookings that must be in it, as they were told before it began."""
    before = set(told.keys)
    done = clinic.flask("backup", str(file), BACKUP_PASSPHRASE=PASSPHRASE)
    assert done.returncode == 0, done.stderr
    return before


def restored(clinic: Served, file: Path, kind: str, *, booked: set[str], try_wrong: bool) -> list[str]:
    """Restore a backup into an empty place, on a database of this kind; what is wrong with it there."""
    with place(kind) as other:
        wrong = _unrefused(other, file) if try_wrong else []
        done = other.flask(*_restore(clinic, file), BACKUP_PASSPHRASE=PASSPHRASE)
        if done.returncode:
            return [*wrong, f"not restored: {done.stderr}"]
        wrong += _differences(file, other.database_url)
        wrong += [f"{what}: {count}" for what, count in half_written(other.database_url).items()]
        wrong += ["overlaps"] * overlaps(other.database_url)
        wrong += ["a booking is missing"] * len(booked - booking_keys(other.database_url))
        return wrong + _unverified(other)


def _restore(clinic: Served, file: Path) -> tuple[str, ...]:
    return "restore", str(file), "--keys-file", str(clinic.folder / "instance" / "keys")


def _unrefused(other: Served, file: Path) -> list[str]:
    """A wrong passphrase, and a file with one bit flipped: each is to be one sentence, exit 1."""
    damaged, whole = file.with_suffix(".damaged"), file.read_bytes()
    middle = len(whole) // 2
    damaged.write_bytes(whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :])
    tries = ((file, "nine quiet lavender field"), (damaged, PASSPHRASE))
    done = [other.flask("restore", str(one), BACKUP_PASSPHRASE=word) for one, word in tries]
    return [f"not refused: {one.args}" for one in done if not _is_one_sentence(one)]


def _is_one_sentence(done: subprocess.CompletedProcess) -> bool:
    lines = done.stderr.splitlines()
    return done.returncode == 1 and len(lines) == 1 and lines[0].startswith("Error: ") and lines[0].endswith(".")


def _differences(file: Path, url: str) -> list[str]:
    """Rows that the backup has and the place has not, or the other way, but for the line that it was restored."""
    with looking_into(url) as database:
        there = _rows(map(json.loads, contents.lines(database, now=clock.now())))
    kept = _rows(contents.read(file, PASSPHRASE))  # raises where the snapshot's own digest is another
    added = [table for table, row in (there - kept).elements() if "backup.restored" not in row]
    lost = [table for table, _ in (kept - there).elements()]
    return [f"lost in {table}" for table in lost] + [f"added to {table}" for table in added]


def _rows(values: Iterable[object]) -> Counter:
    """Each row with its table, as a backup writes it down."""
    found, table = Counter(), ""
    for value in values:
        if isinstance(value, dict):
            table = value.get("table", "")
        else:
            found[table, json.dumps(value)] += 1
    return found


def _unverified(other: Served) -> list[str]:
    """What `audit verify` says against it, once the worker has made a new place for the end of the trail."""
    done = [other.flask(*command) for command in (("worker", "--once"), ("audit", "verify"))]
    return [f"{one.args[1:]}: {one.stdout} {one.stderr}" for one in done if one.returncode]
