"""Appointments, and what became of each."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clinic.core.audit import by_staff
from clinic.core.crypto import SealedRow, sealed
from clinic.core.db import Model
from clinic.intake.models import Screening
from clinic.people.models import Client, Therapist
from clinic.places.models import Room
from clinic.treatments.models import Treatment
from clinic.work.models import WorkItem


class Appointment(SealedRow, Model):
    """One visit of one client to one therapist in one room: a treatment, or two in a row. Where it hurts and the word
    are sealed.
    """

    __tablename__ = "appointment"
    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="starts_before_end"),
        CheckConstraint("(second_treatment_id IS NULL) = (second_minutes IS NULL)", name="second_whole"),
        Index("ix_appointment_therapist_starts", "therapist_id", "starts_at"),
    )

    ref: Mapped[str] = mapped_column(String(12), unique=True, comment="what people say on the phone")
    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"), index=True)
    therapist_id: Mapped[int] = mapped_column(ForeignKey("therapist.id"))
    treatment_id: Mapped[int] = mapped_column(ForeignKey("treatment.id"))
    second_treatment_id: Mapped[int | None] = mapped_column(
        ForeignKey("treatment.id"), comment="given after the first, in the same visit"
    )
    second_minutes: Mapped[int | None] = mapped_column(comment="of the whole, how much is the second's")
    chaperone: Mapped[bool] = mapped_column(
        default=False, server_default=false(), comment="the client asks for somebody else in the room"
    )
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"))
    starts_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime]
    price_minor: Mapped[int]
    booked_at: Mapped[datetime]
    booked_by: Mapped[str] = mapped_column(String(80), comment="the actor, as in the audit trail")
    moved: Mapped[int] = mapped_column(default=0, server_default="0", comment="how often; each Move says from where")
    version: Mapped[int] = mapped_column(
        default=1, server_default="1", comment="counts its changes; what a page showed before is told apart by it"
    )
    confirmed_at: Mapped[datetime | None] = mapped_column(
        comment="when its client said they will come; a move asks anew"
    )
    outside_uid: Mapped[str | None] = mapped_column(
        String(255), unique=True, comment="its name in the system it was brought from"
    )
    booking_key: Mapped[str | None] = mapped_column(String(80), unique=True)
    screening_id: Mapped[UUID | None] = mapped_column(ForeignKey("screening.id"), unique=True)
    call_id: Mapped[int | None] = mapped_column(ForeignKey("work_item.id"), unique=True)
    approval_id: Mapped[int | None] = mapped_column(ForeignKey("work_item.id"), unique=True)
    area_sealed: Mapped[bytes | None]
    side_sealed: Mapped[bytes | None]
    word_sealed: Mapped[bytes | None]
    area, side, word = sealed(), sealed(), sealed()

    client: Mapped[Client] = relationship()
    therapist: Mapped[Therapist] = relationship()
    treatment: Mapped[Treatment] = relationship(foreign_keys=treatment_id)
    second_treatment: Mapped[Treatment | None] = relationship(foreign_keys=second_treatment_id)
    room: Mapped[Room] = relationship()
    screening: Mapped[Screening | None] = relationship()
    call: Mapped[WorkItem | None] = relationship(foreign_keys=call_id)
    approval: Mapped[WorkItem | None] = relationship(foreign_keys=approval_id)
    cancellation: Mapped["Cancellation | None"] = relationship(uselist=False, viewonly=True)
    steps: Mapped[list["Attendance"]] = relationship(
        viewonly=True,
        primaryjoin="and_(Attendance.appointment_id == Appointment.id, Attendance.undone_at.is_(None))",
    )
    moves: Mapped[list["Move"]] = relationship(viewonly=True, order_by="Move.number")

    @property
    def awaits_approval(self) -> bool:
        return self.approval is not None and self.approval.done_at is None

    @property
    def declined(self) -> bool:
        """Cancelled because its therapist said no."""
        asked, ended = self.approval, self.cancellation
        return asked is not None and ended is not None and asked.done_at == ended.at

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds()) // 60

    @property
    def minutes_of_each(self) -> tuple[int, ...]:
        """How long each of its treatments lasts."""
        second = self.second_minutes
        return (self.minutes - second, second) if second else (self.minutes,)

    @property
    def treatments(self) -> tuple[Treatment, ...]:
        """What is given, in order."""
        return (self.treatment, self.second_treatment) if self.second_treatment else (self.treatment,)

    @property
    def is_release(self) -> bool:
        return any(one.is_release for one in self.treatments)


class Cancellation(Model):
    """That an appointment was called off: by whom and when. Its claims are gone, the appointment stays."""

    __tablename__ = "cancellation"

    appointment_id: Mapped[UUID] = mapped_column(ForeignKey("appointment.id"), primary_key=True)
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(80))
    late: Mapped[bool] = mapped_column(
        default=False, server_default=false(), comment="within the clinic's notice, as it was then"
    )

    @property
    def by_staff(self) -> bool:
        return by_staff(self.by)


class Attendance(Model):
    """How far a visit has come: one row for each state it reached, with who and when. A slip is undone, not erased."""

    __tablename__ = "attendance"
    __table_args__ = (
        CheckConstraint("state IN ('confirmed', 'arrived', 'started', 'finished', 'no_show')", name="state_known"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    appointment_id: Mapped[UUID] = mapped_column(ForeignKey("appointment.id"), index=True)
    state: Mapped[str] = mapped_column(String(10))
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(80))
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[str | None] = mapped_column(String(80))


class Override(SealedRow, Model):
    """That the staff booked or moved an appointment against a rule: which, by whom, and why. The why is sealed."""

    __tablename__ = "override"

    appointment_id: Mapped[UUID] = mapped_column(ForeignKey("appointment.id"), index=True)
    codes: Mapped[list[str]] = mapped_column(JSON, comment="the refusals that were put aside")
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(80))
    reason_sealed: Mapped[bytes | None]
    reason = sealed()


class Delay(Model):
    """That a therapist runs late on one day, and by how much; the last one told counts."""

    __tablename__ = "delay"
    __table_args__ = (CheckConstraint("minutes BETWEEN 0 AND 180", name="minutes_sane"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    therapist_id: Mapped[int] = mapped_column(ForeignKey("therapist.id"), index=True)
    minutes: Mapped[int] = mapped_column(comment="0: on time again")
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(80))


class Move(Model):
    """That an appointment was moved: by whom, when, and from where. `number` counts its moves from 1."""

    __tablename__ = "move"
    __table_args__ = (UniqueConstraint("appointment_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    appointment_id: Mapped[UUID] = mapped_column(ForeignKey("appointment.id"))
    number: Mapped[int]
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(80))
    from_starts_at: Mapped[datetime]
    from_therapist_id: Mapped[int] = mapped_column(ForeignKey("therapist.id"))

    from_therapist: Mapped[Therapist] = relationship()

    @property
    def by_staff(self) -> bool:
        """Not counted among those that the clinic leaves to its client."""
        return by_staff(self.by)
