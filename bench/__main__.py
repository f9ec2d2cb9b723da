"""P1 to P6 of the goals, with their floors taken in the same run. --quick: 50,000 appointments only."""

import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from bench.fill import future
from bench.floor import floor
from bench.lines import HEADS, Line, against, ok, page_rate
from bench.load import CLIENTS, ask, post
from bench.meanwhile import after_changes
from bench.staff import staff_pages
from bench.statements import statements
from tests.databases import drop_database, new_database
from tests.drills.clinic import SLUGS
from tests.drills.figures import table
from tests.drills.served import Served, served
from tests.drills.stranger import Stranger

SIZES = (50_000, 500_000)
PAGE = "/treatments/massage/times?minutes=60"
ROUNDS = 7
BOOKINGS, INSERTS_SECONDS, STARTS = 480, 3.0, 3


def pages(empty_port: int, clinics: dict[int, Served]) -> dict[int, list[Line]]:
    """P1 and P3: floor and pages in turns, so that whatever else the machine does touches all of them."""
    base, rates, again = [], {size: [] for size in clinics}, {size: [] for size in clinics}
    for turn in range(ROUNDS):
        new = [f"{PAGE}&asked={turn}.{n}" for n in range(10_000)]  # addresses nobody asked yet: nothing was kept
        base.append(page_rate(empty_port, ["/"]))
        for size, clinic in clinics.items():
            rates[size].append(page_rate(clinic.port, new))
            again[size].append(page_rate(clinic.port, [PAGE]))
    found = {}
    for size in clinics:
        anew, same, bottom = median(rates[size]), median(again[size]), median(base)
        found[size] = [
            against("P1", "page of times, built anew", anew, bottom, 1 / 8, "1/8"),
            against("P1", "page of times, nothing changed", same, bottom, 1 / 2, "1/2"),
        ]
    small, *larger = rates
    for size in larger:
        ratio = median(few / many for few, many in zip(rates[small], rates[size], strict=True))
        name = f"its time, against that at {small:,}"
        found[size].append(Line("P3", name, f"{ratio:.2f} times", "1.2 times", ratio <= 1.2))
    return found


def counted(clinic: Served) -> Line:
    """P2: statements of the page of times."""
    fresh, warm = statements(clinic.environ, PAGE)
    what = "SQL statements of the page of times"
    return Line("P2", what, f"{warm} ({fresh} right after a start)", "4", warm <= 4)


def bookings(rows_port: int, clinic: Served) -> list[Line]:
    """P4: posts that book, against posts that insert one row, before and after them."""
    times = list(future(taken=False))[-BOOKINGS:]
    with ThreadPoolExecutor(CLIENTS) as pool:
        ready = [
            pool.submit(Stranger(clinic.port, n).prepare, start, SLUGS[who]) for n, (start, who) in enumerate(times)
        ]
        strangers = [one.result() for one in ready]
    requests = [post(clinic.port, "/appointments", one.form, one.cookie) for one in strangers]
    before = _inserts(rows_port)
    booked = ok(ask(clinic.port, requests), 303)
    base = (before + _inserts(rows_port)) / 2
    kept = booked.worst_ms <= 150 or clinic.database_url.startswith("postgresql")
    what = f"longest wait of {CLIENTS} clients"
    return [
        against("P4", "bookings, the whole post", booked.rate, base, 1 / 3, "1/3"),
        Line("P4", what, f"{booked.worst_ms:.0f} ms", "150 ms on SQLite", kept),
    ]


def _inserts(port: int) -> float:
    request = post(port, "/notes", {"text": "a word to your therapist"})
    return ok(ask(port, [request], seconds=INSERTS_SECONDS), 201).rate


def process(clinic: Served) -> list[Line]:
    """P6: from the command to the first page; memory after all of the above."""
    memory, took = max(clinic.web_processes_mb()), []
    for _ in range(STARTS):
        clinic.stop()
        took.append(clinic.start())
    return [
        Line("P6", "start to first page", f"{median(took):.1f} s", "2 s", median(took) <= 2),
        Line("P6", "memory of the largest web process", f"{memory:.0f} MB", "120 MB", memory <= 120),
    ]


def measure(kind: str, sizes: tuple[int, ...]) -> list[tuple[str, ...]]:
    """All lines of one database."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        clinics = {size: stack.enter_context(served(kind, web_processes=2)) for size in sizes}
        for size, clinic in clinics.items():
            clinic.run("bench.fill", str(size))
            clinic.run("bench.history")
        url = new_database(kind, folder)
        stack.callback(drop_database, url)
        empty_port = stack.enter_context(floor("empty()", folder))
        rows_port = stack.enter_context(floor(f"one_row({url!r})", folder))
        found, staff = pages(empty_port, clinics), staff_pages(empty_port, clinics, folder)
        for size, clinic in clinics.items():
            found[size] += [
                after_changes(empty_port, clinic, PAGE),
                counted(clinic),
                *bookings(rows_port, clinic),
                *staff[size],
                *process(clinic),
            ]
    return [one.row(kind, size) for size, lines in found.items() for one in lines]


def main() -> None:
    sizes = SIZES[:1] if "--quick" in sys.argv[1:] else SIZES
    rows = []
    for kind in ("sqlite", "postgresql"):
        print(f"{kind}: filling, then measuring …", flush=True)
        rows += measure(kind, sizes)
    print(f"\n{table(HEADS, rows)}")


if __name__ == "__main__":
    main()
