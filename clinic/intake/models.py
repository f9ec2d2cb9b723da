"""What clients told: answers of the safety page, health histories, what lifts a reason. All of it sealed. And the
safety list as the clinic changed it.
"""

import json
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from clinic.core.crypto import SealedRow, sealed
from clinic.core.db import Model
from clinic.intake.rules import Decision, SafetyRule, decide_by


class Screening(SealedRow, Model):
    """One answering of the safety page. Before there is a client it belongs to a visit, for 24 hours at most."""

    __tablename__ = "screening"

    visit_digest: Mapped[str | None] = mapped_column(String(64), index=True, comment="empty once booked")
    answers_sealed: Mapped[bytes]
    created_at: Mapped[datetime]
    answers = sealed()

    @property
    def ticks(self) -> list[str]:
        """The questions that were ticked, by their ids on the safety list."""
        ticked: list[str] = json.loads(self.answers or "[]")
        return ticked

    def decision(self, rules: Sequence[SafetyRule]) -> Decision:
        """What the answers decide about a release, by this safety list."""
        return decide_by(rules, self.ticks, deep=True)


class SafetyList(Model):
    """A version of the clinic's safety list. The highest number that is approved holds; without one, the list that
    comes with the product. A version never changes but for its approval.
    """

    __tablename__ = "safety_list"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content: Mapped[str] = mapped_column(Text, comment="JSON, as in safety.yaml")
    reason: Mapped[str] = mapped_column(String(300), comment="why it was changed")
    made_at: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    approved_at: Mapped[datetime | None]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), comment="who entered the approval")
    approved_by: Mapped[str] = mapped_column(
        String(160), default="", server_default="", comment="the clinician who signed it off, and what they are"
    )


class HealthHistory(SealedRow, Model):
    """What a client told about their health. One is being filled in at most; the latest that is finished counts, and
    stays as it is: whoever changes something finishes another.
    """

    __tablename__ = "health_history"
    __table_args__ = (
        Index(
            "uq_health_history_begun",
            "client_id",
            unique=True,
            sqlite_where=text("finished_at IS NULL"),
            postgresql_where=text("finished_at IS NULL"),
        ),
        Index("ix_health_history_client", "client_id", "finished_at"),
    )

    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"))
    told_by: Mapped[str] = mapped_column(String(80), comment="the actor, as in the audit trail")
    begun_at: Mapped[datetime]
    saved_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    revision: Mapped[int] = mapped_column(default=1, comment="counts the pages saved")
    answers_sealed: Mapped[bytes]
    answers = sealed()


class Clearance(SealedRow, Model):
    """That a reason of the safety list is put aside for one client: after a call, by a letter, or asked in person; or,
    against the list, by a therapist who says why. `content` names the reason and holds the note; both are sealed.
    """

    __tablename__ = "clearance"
    __table_args__ = (
        CheckConstraint("way IN ('call', 'letter', 'in_person', 'override')", name="way_known"),
        CheckConstraint("(revoked_at IS NULL) = (revoked_by_id IS NULL)", name="revoked_whole"),
    )

    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"), index=True)
    way: Mapped[str] = mapped_column(String(10))
    given_at: Mapped[datetime]
    given_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    good_until: Mapped[date | None] = mapped_column(comment="its last good day; empty: until it is revoked")
    revoked_at: Mapped[datetime | None]
    revoked_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    content_sealed: Mapped[bytes]
    content = sealed()
    paper_sealed: Mapped[bytes | None] = mapped_column(deferred=True, comment="the letter, drawn anew by us, as base64")
    paper_type: Mapped[str | None] = mapped_column(String(20))
    paper = sealed()
