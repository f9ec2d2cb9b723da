"""When therapists work, are away, and when places are closed or time is blocked."""

from datetime import date, datetime, time
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clinic.core.db import Model
from clinic.people.models import Resource, Therapist


class WorkingHours(Model):
    """When a therapist treats at a location, on one weekday: wall-clock time, from a date on."""

    __tablename__ = "working_hours"
    __table_args__ = (
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday_known"),
        CheckConstraint("starts < ends", name="starts_before_end"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    therapist_id: Mapped[int] = mapped_column(ForeignKey("therapist.id"), index=True)
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id"))
    weekday: Mapped[int] = mapped_column(comment="0 is Monday")
    starts: Mapped[time]
    ends: Mapped[time]
    from_on: Mapped[date]
    until_on: Mapped[date | None]


class TimeOff(Model):
    """When a therapist is away. A rule and no claim: it may lie over appointments, which then need somebody."""

    __tablename__ = "time_off"
    __table_args__ = (CheckConstraint("starts_at < ends_at", name="starts_before_end"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    therapist_id: Mapped[int] = mapped_column(ForeignKey("therapist.id"), index=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime] = mapped_column(index=True)
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(String(80))

    therapist: Mapped[Therapist] = relationship()


class Closure(Model):
    """Whole days on which a location, or the clinic, is closed: a holiday, a removal."""

    __tablename__ = "closure"
    __table_args__ = (CheckConstraint("first_on <= last_on", name="first_before_last"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    location_id: Mapped[int | None] = mapped_column(ForeignKey("location.id"), comment="empty: everywhere")
    first_on: Mapped[date]
    last_on: Mapped[date] = mapped_column(index=True)
    words: Mapped[str] = mapped_column(String(80), default="", comment="what for, as clients may read it")
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(String(80))


class ChaperoneHours(Model):
    """When somebody at a location can be in the room as a chaperone, on one weekday: wall-clock time."""

    __tablename__ = "chaperone_hours"
    __table_args__ = (
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday_known"),
        CheckConstraint("starts < ends", name="starts_before_end"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id"), index=True)
    weekday: Mapped[int] = mapped_column(comment="0 is Monday")
    starts: Mapped[time]
    ends: Mapped[time]


class Block(Model):
    """Time in which nothing is offered of a therapist or a room. A rule and no claim: it may lie over appointments."""

    __tablename__ = "block"
    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="starts_before_end"),
        CheckConstraint("kind IN ('lunch', 'meeting', 'private', 'kept_free', 'other')", name="kind_known"),
        CheckConstraint("(kind = 'kept_free') = (releases_at IS NOT NULL)", name="kept_free_releases"),
        Index("ix_block_resource_ends", "resource_id", "ends_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id"))
    kind: Mapped[str] = mapped_column(String(10))
    words: Mapped[str] = mapped_column(
        String(80), default="", comment="for the staff; of a private one, its owner's alone"
    )
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    releases_at: Mapped[datetime | None] = mapped_column(comment="from then on it is in nobody's way")
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(String(80))

    resource: Mapped[Resource] = relationship()
