"""Take-home plans: the plan in the making, what was sent, and how practice went; and the clinic's own exercises."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, UniqueConstraint
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


class ExerciseVersion(Model):
    """An exercise as the clinic changed or made it, in one version; `content` as the catalogue's own, empty where it is
    as shipped again. The latest number of a code counts for new plans.
    """

    __tablename__ = "exercise_version"
    __table_args__ = (UniqueConstraint("code", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), comment="of the catalogue, or own_ and eight letters")
    number: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    offered: Mapped[bool] = mapped_column(comment="for new plans")
    pose: Mapped[str] = mapped_column(comment="a pose file; empty: the product's drawing, or the photo")
    photo: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True, comment="drawn anew by us, a JPEG")
    photo_words: Mapped[str] = mapped_column(String(300), comment="what it shows, for those who do not see it")
    made_at: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))


class ExerciseApproval(Model):
    """Somebody of the clinic read an exercise, word for word, and stands by it. Other words: to be read anew."""

    __tablename__ = "exercise_approval"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), index=True)
    digest: Mapped[str] = mapped_column(String(64), comment="of the words that were read")
    approved_at: Mapped[datetime]
    approved_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
