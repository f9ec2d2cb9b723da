"""Who did or saw what, and when. A line shares the transaction of what it tells about.

Lines hold ids and codes, never health words or names. They have no foreign keys: a trail outlives its subjects.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String, insert
from sqlalchemy.orm import Mapped, mapped_column

from clinic.core.db import AnySession, BigId, Model


@dataclass(frozen=True)
class Actor:
    """Whoever does something: an account, the holder of a link, a guest, or the clinic's own worker."""

    kind: str
    id: str = ""

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}" if self.id else self.kind


GUEST = Actor("guest")
SYSTEM = Actor("system")


class AuditLine(Model):
    __tablename__ = "audit_line"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(80))
    action: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(80), index=True)
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


def record(
    session: AnySession,
    action: str,
    subject: str,
    *,
    by: Actor,
    now: datetime,
    detail: dict[str, Any] | None = None,
) -> None:
    """Add one line, such as record(session, "appointment.booked", "appointment:…", by=GUEST, now=now)."""
    line = {"at": now, "actor": str(by), "action": action, "subject": subject, "detail": detail or {}}
    session.execute(insert(AuditLine), line)
