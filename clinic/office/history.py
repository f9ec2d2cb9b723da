"""What was changed of something lately, by whom: read from the trail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from clinic.core.audit import AuditLine
from clinic.core.db import AnySession
from clinic.people.queries import names_of

SHOWN = 8


@dataclass(frozen=True)
class Change:
    """`id`: of its line in the trail. `what`: of each field that changed, its name, what it was and what it is. Empty:
    it was made then.
    """

    id: int
    who: str
    at: datetime
    what: Sequence[tuple[str, Any, Any]]


def lines_of(session: AnySession, subject: str, most: int = SHOWN) -> list[tuple[AuditLine, str]]:
    """What the trail tells of it, latest first, each with the name of whoever did it; of others than the staff none."""
    query = select(AuditLine).where(AuditLine.subject == subject).order_by(AuditLine.id.desc()).limit(most)
    lines = session.scalars(query).all()
    names = names_of(session, [line.actor for line in lines])
    return [(line, names.get(line.actor, "")) for line in lines]


def changes_of(session: AnySession, subject: str) -> list[Change]:
    """The last few, latest first."""
    return [
        Change(line.id, who, line.at, _what(line.detail))
        for line, who in lines_of(session, subject)
        if isinstance(line.detail.get("after"), dict)  # others tell of what befell it
    ]


def values_before(session: AnySession, subject: str, line_id: int) -> dict[str, Any]:
    """What the columns were that this change changed; nothing where it was no change of this subject."""
    query = select(AuditLine.detail).where(AuditLine.id == line_id, AuditLine.subject == subject)
    before = (session.scalar(query) or {}).get("before")
    return before if isinstance(before, dict) else {}


def _what(detail: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    before = detail.get("before", {})
    return [(name, was, detail["after"].get(name)) for name, was in before.items()]
