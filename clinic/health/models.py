"""The check before each visit."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from clinic.core.crypto import SealedRow, sealed
from clinic.core.db import Model


class VisitCheck(SealedRow, Model):
    """What a client answered to "has anything changed?" before one visit. The latest counts; earlier ones stay.
    `answers` is JSON: `told` (facts of the safety list), `changed` (health, medicines, operation) and `words`.
    """

    __tablename__ = "visit_check"

    appointment_id: Mapped[UUID] = mapped_column(ForeignKey("appointment.id"), index=True)
    told_at: Mapped[datetime]
    told_by: Mapped[str] = mapped_column(String(80), comment="the actor, as in the audit trail")
    answers_sealed: Mapped[bytes]
    answers = sealed()
