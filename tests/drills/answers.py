"""Whether an answer takes longer where an address is known: a page that is slower for those it knows tells who they are."""

import time
from statistics import median

import sqlalchemy as sa

from clinic.core.links import Link
from clinic.core.throttle import SignInTry
from tests.drills.race import WHO
from tests.drills.records import looking_into
from tests.drills.served import Served
from tests.drills.stranger import Stranger

TRIES = 40
NOBODY = "nobody.at.all@client.test"
PAGES = {  # and who is known there
    "/sign-in": "rosa@clinic.test",
    "/my/sign-in": "dora@client.test",
    "/my/sign-in-link": "dora@client.test",
    "/lost-link": "clara@client.test",
}


def gap(clinic: Served, page: str, *, start: int, tries: int = TRIES) -> float:
    """By how many milliseconds the median answers to a known and an unknown address differ."""
    client, visitor = Stranger(clinic.port, 0).prepare(start, WHO).book(), Stranger(clinic.port, 1).get(page)
    took: dict[str, list[float]] = {PAGES[page]: [], NOBODY: []}
    for _ in range(tries):
        for email, times in took.items():
            _forget(clinic.database_url)
            began = time.perf_counter()
            visitor.post(page, **{**visitor.form, "email": email, "password": "a guess of mine"})
            times.append((time.perf_counter() - began) * 1000)
            assert visitor.status in {200, 422}, visitor.status
    client.cancel()
    known, unknown = map(median, took.values())
    return abs(known - unknown)


def _forget(url: str) -> None:
    """As if nobody had tried before, and no link were on its way."""
    with looking_into(url) as database:
        database.execute(sa.delete(SignInTry))
        database.execute(sa.delete(Link).where(Link.scope == "sign_in"))
        database.commit()
