"""Appointments and the time they claim."""

from datetime import date, datetime, time
from uuid import UUID, uuid4

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clinic.core.crypto import SealedRow, sealed
from clinic.core.db import BigId, Model
from clinic.intake.models import Screening
from clinic.people.models import Client, Therapist
from clinic.places.models import Room
from clinic.treatments.models import Treatment
from clinic.work.models import WorkItem


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


class Resource(Model):
    """Whatever can be in one place at a time: a therapist, a room or a client. Its row is the lock."""

    __tablename__ = "resource"
    __table_args__ = (
        CheckConstraint(
            "(therapist_id IS NOT NULL AND room_id IS NULL AND client_id IS NULL)"
            " OR (therapist_id IS NULL AND room_id IS NOT NULL AND client_id IS NULL)"
            " OR (therapist_id IS NULL AND room_id IS NULL AND client_id IS NOT NULL)",
            name="one_thing",
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    therapist_id: Mapped[int | None] = mapped_column(ForeignKey("therapist.id"), unique=True)
    room_id: Mapped[int | None] = mapped_column(ForeignKey("room.id"), unique=True)
    client_id: Mapped[UUID | None] = mapped_column(ForeignKey("client.id"), unique=True)


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
    until_on: Mapped[date] = mapped_column(comment="the last day that suits")
    client_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("client.id"), comment="only where it is proven who they are"
    )
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254))
    phone: Mapped[str] = mapped_column(String(40), default="")
    screening_id: Mapped[UUID | None] = mapped_column(ForeignKey("screening.id"), unique=True)
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
