"""The outbox. A row says what to write about and when; the words are composed when it is sent."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from clinic.core.db import Model


class OutgoingMessage(Model):
    __tablename__ = "outgoing_message"
    __table_args__ = (Index("ix_outgoing_message_due", "sent_at", "due_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    occasion: Mapped[str] = mapped_column(String(60), comment="which mail: appointment_booked …")
    subject_id: Mapped[UUID] = mapped_column(comment="what it is about, such as an appointment")
    dedupe_key: Mapped[str] = mapped_column(String(120), unique=True)
    due_at: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    dropped: Mapped[bool] = mapped_column(default=False, comment="its cause no longer stood when it was due")
