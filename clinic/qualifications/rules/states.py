"""How a credential stands: what its latest check says of it as it is now, and what day it is. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

SOON = timedelta(days=90)
STATES = ("waiting", "changed", "verified", "lapsing", "early", "lapsed", "rejected", "revoked", "put_away")
WAITS = frozenset({"waiting", "changed"})
GOOD = frozenset({"verified", "lapsing"})


@dataclass(frozen=True)
class Entered:
    """What of a credential decides how it stands."""

    revision: int
    starts_on: date
    expires_on: date | None
    put_away: bool = False


@dataclass(frozen=True)
class Check:
    """The latest check of it. `own`: made by its holder, which counts for nothing."""

    outcome: str
    revision: int
    own: bool = False


def state_of(entered: Entered, check: Check | None, today: date) -> str:
    """One of STATES. In GOOD exactly while it counts for booking today."""
    if entered.put_away:
        return "put_away"
    counts = check if check and not check.own and check.revision == entered.revision else None
    if counts and counts.outcome != "verified":
        return counts.outcome
    if entered.expires_on and entered.expires_on < today:
        return "lapsed"
    if counts is None:
        return "changed" if check and not check.own else "waiting"
    return _verified(entered, today)


def _verified(entered: Entered, today: date) -> str:
    if entered.starts_on > today:
        return "early"
    return "lapsing" if entered.expires_on and entered.expires_on <= today + SOON else "verified"
