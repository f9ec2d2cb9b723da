"""Who did or saw what, and when. A line shares the transaction of what it tells about.

Lines hold ids and codes, never health words or names. They have no foreign keys: a trail outlives its subjects.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String, insert, text
from sqlalchemy.orm import Mapped, mapped_column

from clinic.core.db import AnySession, BigId, Model, table_of


@dataclass(frozen=True)
class Actor:
    """Whoever does something: an account, the holder of a link, a guest, or the clinic's own worker."""

    kind: str
    id: str = ""

    @classmethod
    def by_link(cls, token: str) -> "Actor":
        """The holder of a link, by the part of its token that is no secret."""
        return cls("link", token.partition(".")[0])

    @property
    def account_id(self) -> int | None:
        """Of one of the staff."""
        return int(self.id) if self.kind == "account" else None

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}" if self.id else self.kind


def by_staff(actor: str) -> bool:
    """Whether one of the staff is meant, as a row keeps who did something."""
    return actor.startswith("account:")


GUEST = Actor("guest")
SYSTEM = Actor("system")


class AuditLine(Model):
    __tablename__ = "audit_line"
    __table_args__ = (
        Index(
            "ix_audit_line_unsealed",
            "id",
            sqlite_where=text("position IS NULL"),
            postgresql_where=text("position IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(80))
    action: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(80), index=True)
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    position: Mapped[int | None] = mapped_column(BigId, unique=True, comment="its place in the sealed trail, from 1")
    seal: Mapped[bytes | None] = mapped_column(comment="by the worker: over this line and the seal before it")


NEW_LINE = insert(table_of(AuditLine)).inline()


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
    session.execute(NEW_LINE, line)
