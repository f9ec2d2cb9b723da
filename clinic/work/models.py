"""A piece of work that waits for a person: what to do, by whom, by when; and who did it."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from clinic.core.db import Model


class WorkItem(Model):
    __tablename__ = "work_item"

    id: Mapped[int] = mapped_column(primary_key=True)
    task: Mapped[str] = mapped_column(String(40), comment="what to do, never why: ring_before_visit")
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    subject: Mapped[str] = mapped_column(
        String(80), default="", server_default="", index=True, comment="whom it is about, as in the audit trail"
    )
    once: Mapped[str | None] = mapped_column(String(120), unique=True, comment="so that the same is not asked twice")
    due_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
