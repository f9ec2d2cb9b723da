"""The time that is taken of whatever can be in one place at a time."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from clinic.core.db import BigId, Model


class Claim(Model):
    """Time taken on one resource, buffers included: [starts_at, ends_at). No two of one resource overlap;
    `booking.guard` has the database see to it. One of a hold is past its time from `expires_at` on.
    """

    __tablename__ = "claim"
    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="starts_before_end"),
        CheckConstraint("(appointment_id IS NULL) <> (hold_id IS NULL)", name="one_owner"),
        CheckConstraint("(hold_id IS NULL) = (expires_at IS NULL)", name="holds_expire"),
        Index("ix_claim_resource_starts", "resource_id", "starts_at"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id"))
    appointment_id: Mapped[UUID | None] = mapped_column(ForeignKey("appointment.id"), index=True)
    hold_id: Mapped[UUID | None] = mapped_column(ForeignKey("hold.id"), index=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]


class Hold(Model):
    """A time that is kept for somebody for some minutes, while they book it or think about an offer.

    A visit holds one at most. Its claims make it impossible to lose; past `expires_at` they are in nobody's way.
    """

    __tablename__ = "hold"
    __table_args__ = (CheckConstraint("made_at < expires_at", name="made_before_expiry"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    visit_digest: Mapped[bytes | None] = mapped_column(unique=True, comment="empty: held for an offer")
    treatment_id: Mapped[int] = mapped_column(ForeignKey("treatment.id"))
    minutes: Mapped[int]
    second_treatment_id: Mapped[int | None] = mapped_column(ForeignKey("treatment.id"))
    second_minutes: Mapped[int | None] = mapped_column(comment="of `minutes`, the second treatment's")
    therapist_id: Mapped[int] = mapped_column(ForeignKey("therapist.id"))
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"))
    starts_at: Mapped[datetime]
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    address_digest: Mapped[bytes | None] = mapped_column(
        index=True, comment="whence, so that nobody holds the whole week"
    )


class Versions(Model):
    """Counts every change of what pages are made of, by database trigger: no path can forget it.

    `programme` counts what `booking.programme` reads, `claims` every claim or block made, moved or given back, and
    `diary` what the diary shows besides: how far visits have come, and who runs late.
    """

    __tablename__ = "versions"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme: Mapped[int]
    claims: Mapped[int]
    diary: Mapped[int] = mapped_column(default=1, server_default="1")
