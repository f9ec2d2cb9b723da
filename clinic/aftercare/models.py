"""Take-home plans: the plan in the making, what was sent, and how practice went."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clinic.core.crypto import SealedRow, sealed
from clinic.core.db import Model
from clinic.people.models import Client, Therapist
from clinic.work.models import WorkItem


class StretchPlan(SealedRow, Model):
    """A client's plan in the making. What the client sees is the latest issue of it."""

    __tablename__ = "stretch_plan"

    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"), unique=True)
    therapist_id: Mapped[int] = mapped_column(ForeignKey("therapist.id"), comment="who worked on it last")
    revision: Mapped[int] = mapped_column(comment="counts the saves: a page that lags behind overwrites nothing")
    saved_at: Mapped[datetime]
    content_sealed: Mapped[bytes]
    content = sealed()

    client: Mapped[Client] = relationship()
    therapist: Mapped[Therapist] = relationship()


class PlanIssue(SealedRow, Model):
    """A version of a plan as it was sent: words, doses and all. It never changes."""

    __tablename__ = "plan_issue"
    __table_args__ = (UniqueConstraint("plan_id", "number"),)

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("stretch_plan.id"))
    number: Mapped[int] = mapped_column(comment="1, 2, … of this plan")
    therapist_id: Mapped[int] = mapped_column(ForeignKey("therapist.id"))
    issued_at: Mapped[datetime]
    document_sealed: Mapped[bytes]
    document = sealed()

    plan: Mapped[StretchPlan] = relationship()
    therapist: Mapped[Therapist] = relationship()


class PracticeLog(SealedRow, Model):
    """What a client told about one day: done or not, pain, and whether something new is wrong."""

    __tablename__ = "practice_log"
    __table_args__ = (UniqueConstraint("plan_id", "told_on"),)

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("stretch_plan.id"))
    told_on: Mapped[date]
    told_at: Mapped[datetime]
    call_id: Mapped[int | None] = mapped_column(ForeignKey("work_item.id"), unique=True)
    answers_sealed: Mapped[bytes]
    answers = sealed()

    plan: Mapped[StretchPlan] = relationship()
    call: Mapped[WorkItem | None] = relationship()
