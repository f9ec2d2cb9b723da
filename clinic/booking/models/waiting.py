"""Who waits for a time, and what they were offered."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clinic.core.db import Model
from clinic.intake.models import Screening
from clinic.people.models import Therapist
from clinic.treatments.models import Treatment


class WaitingListEntry(Model):
    """Somebody who waits for a time that suits: which treatment, with whom, on which days and parts of day.

    An empty list means any. It ends when they book, leave the list, or its last day has passed.
    """

    __tablename__ = "waiting_list_entry"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    treatment_id: Mapped[int] = mapped_column(ForeignKey("treatment.id"))
    minutes: Mapped[int]
    therapist_ids: Mapped[list[int]] = mapped_column(JSON)
    weekdays: Mapped[list[int]] = mapped_column(JSON, comment="0 is Monday")
    parts: Mapped[list[str]] = mapped_column(JSON, comment="morning, afternoon, evening")
    gender: Mapped[str | None] = mapped_column(String(10), comment="the therapist's: woman or man; empty: any")
    until_on: Mapped[date] = mapped_column(comment="the last day that suits")
    client_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("client.id"), comment="only where it is proven who they are"
    )
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254))
    phone: Mapped[str] = mapped_column(String(40), default="")
    screening_id: Mapped[UUID | None] = mapped_column(ForeignKey("screening.id"), unique=True)
    wish_digest: Mapped[bytes | None] = mapped_column(
        index=True, unique=True, comment="of what one visit asked for, while it stands: sent twice it is one entry"
    )
    joined_at: Mapped[datetime] = mapped_column(index=True)
    ended_at: Mapped[datetime | None]

    treatment: Mapped[Treatment] = relationship()
    screening: Mapped[Screening | None] = relationship()


class Offer(Model):
    """A time that was offered to somebody on the waiting list, and what came of it. While it is open, its hold
    keeps the time for them alone.
    """

    __tablename__ = "offer"
    __table_args__ = (
        CheckConstraint("outcome IN ('accepted', 'declined', 'lapsed', 'withdrawn')", name="outcome_known"),
        CheckConstraint("(outcome IS NULL) = (hold_id IS NOT NULL)", name="open_while_held"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    entry_id: Mapped[UUID] = mapped_column(ForeignKey("waiting_list_entry.id"), index=True)
    hold_id: Mapped[UUID | None] = mapped_column(ForeignKey("hold.id"), unique=True)
    therapist_id: Mapped[int] = mapped_column(ForeignKey("therapist.id"))
    starts_at: Mapped[datetime]
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    outcome: Mapped[str | None] = mapped_column(String(10))
    ended_at: Mapped[datetime | None]

    entry: Mapped[WaitingListEntry] = relationship()
    therapist: Mapped[Therapist] = relationship()
