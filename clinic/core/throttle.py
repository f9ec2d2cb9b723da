"""Tries, counted: at most 10 in 5 minutes for an account and 20 in an hour from an address.

What is counted is kept as a keyed digest: the table tells nobody who tried.
"""

from datetime import datetime, timedelta

from sqlalchemy import String, delete, func, insert, select, text
from sqlalchemy.orm import Mapped, mapped_column

from clinic.core import crypto
from clinic.core.db import AnySession, BigId, Model

LIMITS = {"account": (10, timedelta(minutes=5)), "address": (20, timedelta(hours=1))}
COUNTING = 0x7472696573  # "tries": the name of the lock under which they are counted


class SignInTry(Model):
    __tablename__ = "sign_in_try"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    who: Mapped[str] = mapped_column(String(64), index=True)
    at: Mapped[datetime]


def too_many(session: AnySession, *, now: datetime, **whose: str) -> bool:
    """Count this try, of each kind of LIMITS that is given; True where it is one too many. Old tries are forgotten
    on the way.
    """
    _one_at_a_time(session)
    longest = max(window for _, window in LIMITS.values())
    session.execute(delete(SignInTry).where(SignInTry.at < now - longest))
    over = False
    for kind, value in whose.items():
        most, window = LIMITS[kind]
        who = crypto.keyring().mac("throttle", kind, value).hex()
        tries = select(func.count()).where(SignInTry.who == who, SignInTry.at > now - window)
        over = over or (session.scalar(tries) or 0) >= most
        session.execute(insert(SignInTry), {"who": who, "at": now})
    return over


def _one_at_a_time(session: AnySession) -> None:
    """Two who try at once would each count the tries before both. On SQLite whoever writes is alone already."""
    if session.connection().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:counting)"), {"counting": COUNTING})
