"""How practice goes: what a client told, and when they want to be reminded."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clinic.aftercare.models.plans import StretchPlan
from clinic.core.crypto import SealedRow, sealed
from clinic.core.db import Model
from clinic.work.models import WorkItem


class PracticeLog(SealedRow, Model):
    """What a client told about one session: done or not, how it felt, pain, and whether something new is wrong."""

    __tablename__ = "practice_log"
    __table_args__ = (
        UniqueConstraint("plan_id", "entry"),
        Index("ix_practice_log_plan_told_on", "plan_id", "told_on"),
    )

    plan_id: Mapped[UUID] = mapped_column(ForeignKey("stretch_plan.id"))
    entry: Mapped[str] = mapped_column(
        String(40), comment="the same twice is once: the id their device gave it, or the day where the page was used"
    )
    told_on: Mapped[date] = mapped_column(comment="the day it is about; a phone without network tells of it later")
    told_at: Mapped[datetime]
    call_id: Mapped[int | None] = mapped_column(ForeignKey("work_item.id"), unique=True)
    answers_sealed: Mapped[bytes]
    answers = sealed()

    plan: Mapped[StretchPlan] = relationship()
    call: Mapped[WorkItem | None] = relationship()


class PracticeReminder(Model):
    """When a client means to practise, and whether they want a mail about it."""

    __tablename__ = "practice_reminder"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("stretch_plan.id"), unique=True)
    weekdays: Mapped[list[int]] = mapped_column(JSON, comment="0 is Monday")
    at_minutes: Mapped[int] = mapped_column(comment="after midnight, on the clinic's wall")
    by_mail: Mapped[bool]
    chosen_at: Mapped[datetime]

    plan: Mapped[StretchPlan] = relationship()
