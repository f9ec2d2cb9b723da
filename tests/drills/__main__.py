"""All drills in full, and one table of how they went: make drills. 1 where a goal is missed.

`make drills ROUNDS=1000` races longer; `make drills INSTANTS=10000` books in every zone on every day its clocks change.
"""

import os
import subprocess
import sys
import tempfile
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from random import Random
from statistics import median

from tests.drills.absences import WAYS, taken_away
from tests.drills.answers import PAGES, TRIES, gap
from tests.drills.contests import against_moves, against_taps, changed_at_once
from tests.drills.desks import moved_at_the_desks
from tests.drills.drafts import kill_while_writing, writers
from tests.drills.figures import Figure, figures_table
from tests.drills.kill import distinct_times, kill_while_booking
from tests.drills.race import CROWD, KINDS, WHO, Ending, courses, race
from tests.drills.records import booking_keys, half_written, overlaps, saves
from tests.drills.restore import back_up, busy, restored
from tests.drills.rotation import rotate_and_kill
from tests.drills.served import Served, served
from tests.drills.stranger import Stranger
from tests.drills.tabs import kill_tabs_of

KILLS, BOOKINGS, NOTES, STARTS, SIGNED, TABS = 20, 1000, 8, 5, 10_000, 100
ROUNDS = int(os.environ.get("ROUNDS", "10"))
INSTANTS = int(os.environ.get("INSTANTS", "100"))
ONE_INSTANT = "tests/booking/test_one_instant.py"
DATABASES = ("sqlite", "postgresql")


def races(clinic: Served) -> list[Figure]:
    times, figures = cycle(courses()), []
    ways = {kind: partial(race, offsets=offsets) for kind, offsets in KINDS.items()}
    ways |= {"half of them by tapping it": against_taps, "some by moving there": against_moves}
    for kind, way in ways.items():
        ending = sum((way(clinic.port, next(times)) for _ in range(ROUNDS)), Ending())
        told = f"{ending.won} won, {ending.refused} told kindly, {ending.other} other"
        goal = Ending(ROUNDS, ROUNDS * (CROWD - 1), 0)
        figures.append(
            Figure(f"{CROWD} at once, {kind}, {ROUNDS} rounds", told, "one winner a round, 0 other", ending == goal)
        )
    return figures


def changes(clinic: Served) -> list[Figure]:
    """One appointment at a time; in every other round it is cancelled too."""
    rounds = islice(cycle(courses()), ROUNDS)
    wrong = [
        what
        for n, start in enumerate(rounds)
        for what in changed_at_once(clinic.port, clinic.database_url, start, cancelled=n % 2 == 0)
    ]
    return [Figure(f"moved, confirmed, cancelled at once, {ROUNDS} rounds", f"{len(wrong)} wrong", "0", not wrong)]


def absences(clinic: Served) -> list[Figure]:
    """Time off, a closed day and a block in turns."""
    desk, rounds = Stranger(clinic.port, 0).sign_in("olu").cookie, zip(islice(cycle(courses()), ROUNDS), cycle(WAYS))
    wrong = [what for start, way in rounds for what in taken_away(clinic.port, clinic.database_url, start, desk, way)]
    return [Figure(f"taken away while {CROWD - 1} book it, {ROUNDS} rounds", f"{len(wrong)} wrong", "0", not wrong)]


def desks(clinic: Served) -> list[Figure]:
    """Two appointments at many desks; in every other round to times that overlap."""
    desk, rounds = Stranger(clinic.port, 0).sign_in("rosa").cookie, islice(cycle(courses()), ROUNDS)
    wrong = [
        what
        for n, start in enumerate(rounds)
        for what in moved_at_the_desks(clinic.port, clinic.database_url, start, desk, apart=n % 2 == 0)
    ]
    return [Figure(f"two appointments moved at twelve desks, {ROUNDS} rounds", f"{len(wrong)} wrong", "0", not wrong)]


def answers(clinic: Served) -> list[Figure]:
    """S7: pages that are asked by an address answer whoever has it and whoever has not in the same time."""
    gaps = {page: gap(clinic, page, start=start) for page, start in zip(PAGES, courses(), strict=False)}
    return [
        Figure(f"{page}, known or not, medians of {TRIES}", f"{each:.1f} ms apart", "less than 5 ms", each < 5)
        for page, each in gaps.items()
    ]


def kills(clinic: Served) -> list[Figure]:
    raced = booking_keys(clinic.database_url)
    told = kill_while_booking(clinic, kills=KILLS, bookings=BOOKINGS, chance=Random(KILLS))
    lost = told.keys - booking_keys(clinic.database_url)
    twice = booking_keys(clinic.database_url) - raced - told.keys
    halves = half_written(clinic.database_url)
    of = f"{KILLS} kills, {BOOKINGS} bookings"
    return [
        Figure(
            f"lost, {of}", f"{len(lost)} lost of {len(told.keys)}", "0 lost", len(told.keys) == BOOKINGS and not lost
        ),
        Figure(f"booked untold, {of}", f"{len(twice)}", "0", not twice),
        Figure(f"half-written, {of}", str(halves or 0), "0", not halves),
        Figure(f"strange answers, {of}", str(told.surprises or 0), "0", not told.surprises),
    ]


def drafts(clinic: Served) -> list[Figure]:
    notes = writers(clinic, [time for time in distinct_times()[BOOKINGS:] if time[1] == WHO][:NOTES])
    wrong = kill_while_writing(clinic, notes, kills=KILLS, chance=Random(KILLS))
    told, (kept, lines) = sum(note.told for note in notes), saves(clinic.database_url)
    of = f"{KILLS} kills, {NOTES} notes"
    return [
        Figure(f"notes behind or not whole, {of}", f"{len(wrong)} of {told} saves", "0", told > 0 and not wrong),
        Figure(f"saves without an audit line, {of}", f"{kept - lines}", "0", kept == lines >= told),
    ]


def rotations(clinic: Served) -> list[Figure]:
    """R4, last of all that write: the key of the clinic changes."""
    clinic.run("tests.drills.rotation", str(SIGNED))
    anas = [time for time in distinct_times()[BOOKINGS:] if time[1] == WHO][NOTES + 2 : NOTES + 4]
    wrong = rotate_and_kill(clinic, writers(clinic, anas), kills=KILLS, chance=Random(KILLS))
    name = f"wrong after a new key over {SIGNED} signatures under load, killed {KILLS} times"
    return [Figure(name, str(wrong or 0), "0", not wrong)]


def tabs(clinic: Served) -> list[Figure]:
    """T3, in a real browser."""
    (note,) = writers(clinic, [time for time in distinct_times()[BOOKINGS:] if time[1] == WHO][NOTES + 2 : NOTES + 3])
    lost = kill_tabs_of(note, kills=TABS, chance=Random(TABS))
    told = f"{max(lost):.1f} s of typing at most"
    return [Figure(f"lost with {TABS} tabs killed", told, "2 s or less", max(lost) <= 2)]


def restores(clinic: Served) -> list[Figure]:
    """Three backups while others book and write: two restored on the same kind of database, one on the other."""
    clinic.run("tests.drills.history")
    free = distinct_times()[BOOKINGS:]
    anas = [time for time in free if time[1] == WHO][NOTES : NOTES + 2]
    here, there = sorted(DATABASES, key=lambda kind: not clinic.database_url.startswith(kind))
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / kind for kind in (f"1-{here}", f"2-{here}", f"3-{there}")]
        with busy(clinic, [time for time in free if time[1] != WHO], writers(clinic, anas)) as told:
            booked = {file: back_up(clinic, file, told) for file in files}
        wrong = []
        for file, keys in booked.items():
            kind = file.name.partition("-")[2]
            wrong += restored(clinic, file, kind, booked=keys, try_wrong=file is files[0])
    name = f"wrong with 3 backups during {len(told.keys)} bookings and {told.saves} saves, restored"
    return [Figure(name, str(wrong or 0), "0", not wrong and bool(told.keys and told.saves))]


def overlapping(clinic: Served) -> list[Figure]:
    found = overlaps(clinic.database_url)
    return [Figure("claims that overlap, after all of it", str(found), "0", found == 0)]


def starts(clinic: Served) -> list[Figure]:
    """P6: from the command to the first page, and what a web process takes."""
    memory, took = max(clinic.web_processes_mb()), []
    for _ in range(STARTS):
        clinic.stop()
        took.append(clinic.start())
    return [
        Figure(f"start to first page, median of {STARTS}", f"{median(took):.1f} s", "2 s or less", median(took) <= 2),
        Figure("memory of the largest web process", f"{memory:.0f} MB", "120 MB or less", memory <= 120),
    ]


def instants(kind: str) -> Figure:
    """U13, by its own test in a process of its own, for it moves the clock."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-k", kind, ONE_INSTANT]
    ended = subprocess.run(command, env={**os.environ, "INSTANTS": str(INSTANTS)}, check=False)
    told = "differs, see above" if ended.returncode else "the same"
    name = f"{kind}: instant on page, mail, calendar and day sheet, {INSTANTS} bookings"
    return Figure(name, told, "the same", ended.returncode == 0)


def main() -> None:
    figures = [instants(kind) for kind in DATABASES]
    for kind in DATABASES:
        with served(kind) as clinic:
            for drill in (
                races,
                changes,
                absences,
                desks,
                answers,
                kills,
                drafts,
                tabs,
                restores,
                rotations,
                overlapping,
                starts,
            ):
                found = drill(clinic)
                figures += [Figure(f"{kind}: {one.name}", one.figure, one.goal, one.kept) for one in found]
                print(*(f"{one.name}: {one.figure}" for one in figures[-len(found) :]), sep="\n", flush=True)
    print(f"\n{figures_table(figures)}")
    sys.exit(0 if all(one.kept for one in figures) else 1)


if __name__ == "__main__":
    main()
