"""Who may check a therapist's papers, and what speaks against keeping a check. Pure."""

from dataclasses import dataclass

from clinic.core.refusals import Refusal
from clinic.people.rules import folded

OUTCOMES = ("verified", "rejected")
METHODS = ("register", "original", "body")
RELATIONS = ("colleague", "tutor", "association")


@dataclass(frozen=True)
class Person:
    """Whoever holds papers, or would check them."""

    name: str
    email: str = ""
    account_id: int | None = None


@dataclass(frozen=True)
class Looked:
    """What somebody found who looked at a credential. `revision`: as it was when they looked."""

    outcome: str
    method: str
    revision: int
    meets_level: int | None = None
    note: str = ""


def is_themself(holder: Person, other: Person) -> bool:
    """Whether these are one and the same, as far as can be told: by account, mail address or name."""
    same_account = holder.account_id is not None and holder.account_id == other.account_id
    same_address = bool(holder.email) and _address(holder.email) == _address(other.email)
    return same_account or same_address or folded(holder.name) == folded(other.name)


def check_refusals(looked: Looked, *, revision: int, put_away: bool) -> list[Refusal]:
    """Why this check is not kept of a credential as it stands now."""
    if put_away or looked.revision != revision:
        return [Refusal("paper_changed")]
    if looked.outcome == "rejected" and not looked.note:
        return [Refusal("reason_needed")]
    return []


def _address(email: str) -> str:
    """Where mail to it arrives: whatever follows a plus goes to the same person."""
    name, _at, host = email.lower().partition("@")
    return f"{name.partition('+')[0]}@{host}"
