"""P5: the pages of the staff, on a clinic with notes and plans: statements, and speed against an empty route."""

from collections import defaultdict
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from bench.floor import floor
from bench.lines import Line, against, page_rate
from bench.statements import statements
from clinic.aftercare.models import StretchPlan
from tests.drills.clinic import ZONE
from tests.drills.records import looking_into
from tests.drills.served import Served
from tests.drills.stranger import Stranger

ROUNDS = 3
WHO = {"ana": "therapist", "rosa": "reception"}
DAY, RECORD = "day sheet", "client's record"
MOST = {DAY: 6, RECORD: 8}
UNWRITTEN = "client's record, as therapist, without its audit line"

Page = tuple[int, str, str]  # port, address, session


def staff_pages(empty_port: int, clinics: dict[int, Served], folder: Path) -> dict[int, list[Line]]:
    """Floor and pages in turns. What the audit line of a record takes is measured on a server that writes none."""
    base, rates, pages = [], defaultdict(list), {}
    with ExitStack() as stack:
        for size, clinic in clinics.items():
            pages[size] = _pages(clinic)
            port = stack.enter_context(floor("clinic_without_trail()", folder, clinic.environ))
            pages[size][UNWRITTEN] = (port, *pages[size][f"{RECORD}, as therapist"][1:])
        for _ in range(ROUNDS):
            base.append(page_rate(empty_port, ["/"]))
            for size in clinics:
                for what, (port, path, cookie) in pages[size].items():
                    rates[size, what].append(page_rate(port, [path], cookie))
    found = {}
    for size, clinic in clinics.items():
        lines = [against("P5", what, median(rates[size, what]), median(base), 1 / 15, "1/15") for what in pages[size]]
        found[size] = [*lines, *_counted(clinic, pages[size])]
    return found


def _pages(clinic: Served) -> dict[str, Page]:
    """A day that was full, and the record of the client with the plan, to each of the staff who opens them."""
    yesterday = datetime.now(ZoneInfo(ZONE)).date() - timedelta(days=1)
    with looking_into(clinic.database_url) as database:
        client_id = database.scalar(sa.select(StretchPlan.client_id))
    found = {}
    for name, role in WHO.items():
        one = Stranger(clinic.port, 0).sign_in(name).get("/account")  # a browser has its token from then on
        found[f"{DAY}, as {role}"] = (clinic.port, f"/today?on={yesterday}", one.cookie)
        if role == "reception":
            found["diary of the day"] = (clinic.port, f"/diary?on={yesterday}", one.cookie)
            found["diary of the week"] = (clinic.port, f"/diary?view=week&on={yesterday}", one.cookie)
        found[f"{RECORD}, as {role}"] = (clinic.port, f"/clients/{client_id}", one.cookie)
    return found


def _counted(clinic: Served, pages: dict[str, Page]) -> list[Line]:
    """Statements, without those that write the audit line."""
    lines = []
    for page, most in MOST.items():
        counts = []
        for role in WHO.values():
            _, path, cookie = pages[f"{page}, as {role}"]
            counts.append(statements(clinic.environ, path, cookie)[1])
        what = f"SQL statements of the {page}"
        lines.append(Line("P5", what, " and ".join(map(str, counts)), str(most), max(counts) <= most))
    return lines
