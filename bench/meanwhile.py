"""P1, the hard way: one client asks for the page of times, and before each time the diary has changed."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import cycle

import sqlalchemy as sa

from bench.lines import Line, against
from bench.load import answer, get
from clinic.booking.models import Claim
from tests.drills.served import Served

ASKED = 400
SHOWN = timedelta(days=14)


def after_changes(empty_port: int, clinic: Served, page: str) -> Line:
    """Against the empty route, asked by one client in the same way."""
    with _changes(clinic.database_url) as change:
        anew, base = _rate(clinic.port, page, change), _rate(empty_port, "/", change)
    return against("P1", "page of times, each time after a change", anew, base, 1 / 8, "1/8")


def _rate(port: int, path: str, change: Iterator[None]) -> float:
    """Answers a second, without the time of the changes."""
    spent, request = 0.0, get(port, path)
    for _ in range(ASKED):
        next(change)
        with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
            began = time.perf_counter()
            status = answer(connection, request)
            spent += time.perf_counter() - began
        if status != 200:
            raise RuntimeError(f"Wanted 200, got {status}")
    return ASKED / spent


@contextmanager
def _changes(url: str) -> Iterator[Iterator[None]]:
    """Each step takes a minute off a claim on the page, or gives it back, as a move of an appointment would."""
    engine, now = sa.create_engine(url), datetime.now(UTC)
    coming = sa.select(Claim.id, Claim.ends_at).where(Claim.starts_at > now, Claim.starts_at < now + SHOWN)
    with engine.connect() as connection:
        claims = list(connection.execute(coming.order_by(Claim.id)))[::7]
        connection.rollback()

        def steps() -> Iterator[None]:
            for less in cycle((timedelta(minutes=1), timedelta(0))):
                for claim_id, ends_at in claims:
                    connection.execute(sa.update(Claim).where(Claim.id == claim_id).values(ends_at=ends_at - less))
                    connection.commit()
                    yield

        yield steps()
    engine.dispose()
