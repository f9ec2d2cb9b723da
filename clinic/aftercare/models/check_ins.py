"""Asking how somebody is: after a release, when a plan is looked at again, and when it is back."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clinic.aftercare.models.plans import PlanIssue
from clinic.booking.models import Appointment
from clinic.core.crypto import SealedRow, sealed
from clinic.core.db import Model
from clinic.people.models import Client, Therapist
from clinic.work.models import WorkItem


class CheckIn(SealedRow, Model):
    """A few questions to a client, red flags first, and what they answered. `kind`: `release`, some days after one;
    `review`, on the day a plan is looked at again; `back`, told by the client who has it again.
    """

    __tablename__ = "check_in"
    __table_args__ = (CheckConstraint("kind IN ('release', 'review', 'back')", name="kind_known"),)

    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    once: Mapped[str | None] = mapped_column(String(120), unique=True, comment="so that the same is not asked twice")
    appointment_id: Mapped[UUID | None] = mapped_column(ForeignKey("appointment.id"), index=True)
    issue_id: Mapped[UUID | None] = mapped_column(ForeignKey("plan_issue.id"), index=True)
    therapist_id: Mapped[int] = mapped_column(ForeignKey("therapist.id"), comment="whom the answers are for")
    due_at: Mapped[datetime] = mapped_column(comment="when it is asked")
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[str] = mapped_column(
        String(80), default="", server_default="", comment="the actor, as in the audit trail: their link, or who rang"
    )
    call_id: Mapped[int | None] = mapped_column(ForeignKey("work_item.id"), unique=True)
    answers_sealed: Mapped[bytes | None]
    answers = sealed()

    client: Mapped[Client] = relationship()
    therapist: Mapped[Therapist] = relationship()
    appointment: Mapped[Appointment | None] = relationship()
    issue: Mapped[PlanIssue | None] = relationship()
    call: Mapped[WorkItem | None] = relationship()
