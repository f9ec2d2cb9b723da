"""Answers of the safety page, sealed."""

import json
from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from clinic.core.crypto import SealedRow, sealed
from clinic.core.db import Model
from clinic.intake.rules import Decision, decide


class Screening(SealedRow, Model):
    """One answering of the safety page. Before there is a client it belongs to a visit, for 24 hours at most."""

    __tablename__ = "screening"

    visit_digest: Mapped[str | None] = mapped_column(String(64), index=True, comment="empty once booked")
    answers_sealed: Mapped[bytes]
    created_at: Mapped[datetime]
    answers = sealed()

    @property
    def decision(self) -> Decision:
        """What the answers decide, by today's rules."""
        return decide(json.loads(self.answers or "[]"))
