"""The plan in the making, and what was sent."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clinic.core.crypto import SealedRow, sealed
from clinic.core.db import Model
from clinic.people.models import Client, Therapist


class StretchPlan(SealedRow, Model):
    """A client's plan in the making. What the client sees is the latest issue of it."""

    __tablename__ = "stretch_plan"

    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"), unique=True)
    therapist_id: Mapped[int] = mapped_column(ForeignKey("therapist.id"), comment="who worked on it last")
    revision: Mapped[int] = mapped_column(comment="counts the saves: a page that lags behind overwrites nothing")
    saved_at: Mapped[datetime]
    content_sealed: Mapped[bytes]
    content = sealed()
    year_of_birth_sealed: Mapped[bytes | None] = mapped_column(comment="where it is asked before the plan is shown")
    year_of_birth = sealed()

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


class PlanOverride(SealedRow, Model):
    """That a therapist gives an exercise in spite of a reason against it. `document` has the reason's code and values
    as they were then, and why all the same: what is found later is not covered by it.
    """

    __tablename__ = "plan_override"

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("stretch_plan.id"), index=True)
    exercise: Mapped[str] = mapped_column(String(40), comment="its code")
    therapist_id: Mapped[int] = mapped_column(ForeignKey("therapist.id"))
    made_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    document_sealed: Mapped[bytes]
    document = sealed()

    plan: Mapped[StretchPlan] = relationship()
    therapist: Mapped[Therapist] = relationship()
