"""A tablet that the staff handed to a client: until it is given back, its session is kept to a few pages.

It is nobody's session meanwhile. Who handed it over stands in it, for their password alone signs them in again.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from flask import session as visit

from clinic.core import clock

GOOD_FOR = timedelta(hours=2)


class Lock(NamedTuple):
    """`by` is the session of whoever handed it over, as core.access knows sessions. The first of `pages` is where the
    client begins; what lies beneath one of them belongs to it. `back`: where the staff goes on.
    """

    by: str
    until: int
    pages: list[str]
    back: str

    def opens(self, path: str) -> bool:
        return any(path == page or path.startswith(f"{page}/") for page in self.pages)


def begin_lock(by: str, pages: Sequence[str], back: str) -> None:
    """In a session that is nobody's any more."""
    visit["handed_over"] = Lock(by, int((clock.now() + GOOD_FOR).timestamp()), list(pages), back)


def lock() -> Lock | None:
    """What this session is kept to, if it is. One that nobody took back in time ends as a plain session, signed out."""
    kept = visit.get("handed_over")
    if kept is None:
        return None
    found = Lock(*kept)
    if found.until > clock.now().timestamp():
        return found
    visit.clear()
    return None
