"""The clinic's key is changed while notes are typed, and the change is killed again and again: nothing is unreadable.

Run as a module, python -m tests.drills.rotation 10000, it makes so much that is signed, where INSTANCE and
DATABASE_URL say.
"""

import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from random import Random
from threading import Thread

from clinic import create_app
from clinic.booking.models import Appointment
from clinic.core import clock
from clinic.core.audit import GUEST
from clinic.core.db import db, writing
from clinic.notes import operations as notes
from tests.drills.drafts import Writer
from tests.drills.history import past_visits, write_up
from tests.drills.restore import Busy
from tests.drills.served import ROOT, Served

AT_ONCE = 500  # signed in one transaction, so that those who wait to write may do so between


def make_many(count: int) -> None:
    """A note, and amendments beside it."""
    app, now = create_app(), clock.now()
    with app.app_context():
        with writing():
            visit_id = past_visits(now)[0].id
            write_up([db.session.get_one(Appointment, visit_id)])
            db.session.commit()
        for _ in range(0, count, AT_ONCE):
            with writing():
                visit = db.session.get_one(Appointment, visit_id)
                for n in range(AT_ONCE):
                    assert not notes.amend(db.session, visit, f"Beside {n}", why="later", now=now, by=GUEST)
                db.session.commit()


def rotate_and_kill(clinic: Served, writing_on: Sequence[Writer], *, kills: int, chance: Random) -> list[str]:
    """What is wrong after the key was changed, killed so often, and brought to its end while all went on writing."""
    told = Busy()
    threads = [Thread(target=told.write_on, args=[note]) for note in writing_on]
    for one in threads:
        one.start()
    try:
        _change(clinic, kills, chance)
    finally:
        told.over.set()
        for one in threads:
            one.join()
    return [*_wrong(clinic), *(note.path for note in writing_on if note.kept() != note.number)]


def _change(clinic: Served, kills: int, chance: Random) -> None:
    command = "rotate"
    for _ in range(kills):
        going = subprocess.Popen(
            [Path(sys.executable).with_name("flask"), "keys", command],
            cwd=ROOT,
            env=clinic.environ,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            going.wait(chance.uniform(0.5, 4))
        except subprocess.TimeoutExpired:
            going.kill()
            going.wait()
        command = "reseal" if "k2:" in _keys(clinic) else command


def _wrong(clinic: Served) -> list[str]:
    done, again = clinic.flask("keys", "reseal"), clinic.flask("keys", "reseal")
    verified = clinic.flask("audit", "verify")
    left = re.search(r"Sealed anew: (\d+)", again.stdout)
    wrong = [one.stderr for one in (done, again, verified) if one.returncode]
    return [*wrong, *([] if left and left[1] == "0" else [f"still sealed with the old key: {again.stdout}"])]


def _keys(clinic: Served) -> str:
    return (clinic.folder / "instance" / "keys").read_text()


if __name__ == "__main__":
    make_many(int(sys.argv[1]))
