"""Credentials of therapists, and the checks made of them."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clinic.core.db import Model
from clinic.people.models import Account, Therapist


class Credential(Model):
    """A qualification, training or insurance, as the paper says."""

    __tablename__ = "credential"
    __table_args__ = (
        CheckConstraint("kind IN ('qualification', 'training', 'insurance')", name="kind_known"),
        CheckConstraint("kind <> 'insurance' OR expires_on IS NOT NULL", name="insurance_ends"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    therapist_id: Mapped[int] = mapped_column(ForeignKey("therapist.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(160))
    discipline: Mapped[str] = mapped_column(String(40), default="", comment="sports, clinical, remedial …")
    framework: Mapped[str] = mapped_column(String(20), default="", comment="RQF, SCQF, EQF, US-state, CA-college")
    level: Mapped[int | None]
    skill: Mapped[str] = mapped_column(String(40), default="", comment="of a training: psoas_release …")
    activities: Mapped[list[str]] = mapped_column(JSON, default=list, comment="what an insurance covers")
    body: Mapped[str] = mapped_column(String(160), default="", comment="awarding body or insurer")
    number: Mapped[str] = mapped_column(String(60), default="", comment="certificate or policy number")
    starts_on: Mapped[date]
    expires_on: Mapped[date | None] = mapped_column(comment="last good day in the location's zone; empty: never")
    therapist: Mapped[Therapist] = relationship()


class Verification(Model):
    """One check of a credential. The latest decides; none means not verified."""

    __tablename__ = "verification"
    __table_args__ = (
        CheckConstraint("outcome IN ('verified', 'rejected', 'revoked')", name="outcome_known"),
        CheckConstraint("method IN ('register', 'original', 'body')", name="method_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    credential_id: Mapped[int] = mapped_column(ForeignKey("credential.id"), index=True)
    outcome: Mapped[str] = mapped_column(String(20))
    method: Mapped[str] = mapped_column(String(20), comment="register looked up, original seen, body confirmed")
    note: Mapped[str] = mapped_column(String(400), default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime]
    by: Mapped[Account] = relationship()
