"""Credentials of therapists, their papers, the checks made of them, and what therapists go on learning."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, false, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clinic.core.crypto import SealedRow, sealed
from clinic.core.db import Model
from clinic.people.models import Account, Therapist

KINDS = (
    "qualification",
    "licence",
    "registration",
    "membership",
    "board_certification",
    "training",
    "insurance",
    "first_aid",
    "background_check",
)


class Credential(Model):
    """One entry of a therapist's register, as the paper says. `revision` counts its changes, for a check is good only
    for what was looked at.
    """

    __tablename__ = "credential"
    __table_args__ = (
        CheckConstraint(f"kind IN {KINDS}", name="kind_known"),
        CheckConstraint("kind <> 'insurance' OR expires_on IS NOT NULL", name="insurance_ends"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    therapist_id: Mapped[int] = mapped_column(ForeignKey("therapist.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    preset: Mapped[str] = mapped_column(String(40), default="", server_default="", comment="what it was filled in from")
    title: Mapped[str] = mapped_column(String(160))
    discipline: Mapped[str] = mapped_column(String(40), default="", comment="sports, clinical, remedial …")
    framework: Mapped[str] = mapped_column(String(20), default="", comment="RQF, SCQF, EQF, US-state, CA-college")
    level: Mapped[int | None]
    skill: Mapped[str] = mapped_column(String(40), default="", comment="of a training: psoas_release …")
    activities: Mapped[list[str]] = mapped_column(JSON, default=list, comment="what an insurance covers")
    body: Mapped[str] = mapped_column(String(160), default="", comment="awarding body or insurer")
    number: Mapped[str] = mapped_column(String(60), default="", comment="certificate or policy number")
    qualification_no: Mapped[str] = mapped_column(String(40), default="", server_default="", comment="601/5566/8")
    register_no: Mapped[str] = mapped_column(String(60), default="", server_default="")
    register_url: Mapped[str] = mapped_column(
        String(300), default="", server_default="", comment="where anybody may look it up"
    )
    jurisdiction: Mapped[str] = mapped_column(
        String(60), default="", server_default="", comment="where a licence holds: Texas, Ontario …"
    )
    hours: Mapped[int | None] = mapped_column(comment="of study")
    distance_learning: Mapped[bool] = mapped_column(default=False, server_default=false())
    cover_minor: Mapped[int | None] = mapped_column(comment="what an insurance pays at most, in the clinic's currency")
    starts_on: Mapped[date] = mapped_column(comment="issued, or in force from")
    expires_on: Mapped[date | None] = mapped_column(comment="last good day in the location's zone; empty: never")
    shown: Mapped[bool] = mapped_column(default=True, server_default=true(), comment="on the profile, once verified")
    revision: Mapped[int] = mapped_column(default=1, server_default="1", comment="raised by each change of it")
    changed_at: Mapped[datetime | None] = mapped_column(comment="when it was entered or last changed")
    put_away_at: Mapped[datetime | None] = mapped_column(comment="taken out of the register; kept for the record")
    therapist: Mapped[Therapist] = relationship()


class Verification(Model):
    """One check of a credential. The latest decides, and only for the `revision` it looked at."""

    __tablename__ = "verification"
    __table_args__ = (
        CheckConstraint("outcome IN ('verified', 'rejected', 'revoked')", name="outcome_known"),
        CheckConstraint("method IN ('register', 'original', 'body')", name="method_known"),
        CheckConstraint("(by_id IS NULL) <> (checker_id IS NULL)", name="by_one"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    credential_id: Mapped[int] = mapped_column(ForeignKey("credential.id"), index=True)
    revision: Mapped[int] = mapped_column(default=1, server_default="1", comment="of the credential, as it was checked")
    outcome: Mapped[str] = mapped_column(String(20))
    method: Mapped[str] = mapped_column(String(20), comment="register looked up, original seen, body confirmed")
    meets_level: Mapped[int | None] = mapped_column(comment="on the RQF scale, as the checker says; empty: as its own")
    note: Mapped[str] = mapped_column(String(400), default="")
    next_check_on: Mapped[date | None]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    checker_id: Mapped[UUID | None] = mapped_column(ForeignKey("outside_checker.id"))
    at: Mapped[datetime]
    by: Mapped[Account | None] = relationship()
    checker: Mapped["OutsideChecker | None"] = relationship()


class OutsideChecker(Model):
    """A colleague, tutor or association, invited by link to check one therapist's credentials, and nothing else."""

    __tablename__ = "outside_checker"
    __table_args__ = (CheckConstraint("relation IN ('colleague', 'tutor', 'association')", name="relation_known"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    therapist_id: Mapped[int] = mapped_column(ForeignKey("therapist.id"), index=True)
    name: Mapped[str] = mapped_column(String(120), comment="as the profile says who checked")
    email: Mapped[str] = mapped_column(String(254))
    relation: Mapped[str] = mapped_column(String(20))
    invited_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    invited_at: Mapped[datetime]
    therapist: Mapped[Therapist] = relationship()


class Evidence(SealedRow, Model):
    """A paper: a PDF or photo, drawn anew by us and sealed."""

    __tablename__ = "evidence"
    __table_args__ = (
        CheckConstraint("(credential_id IS NULL) <> (education_id IS NULL)", name="of_one"),
        CheckConstraint("media_type IN ('application/pdf', 'image/jpeg')", name="media_type_known"),
    )

    credential_id: Mapped[int | None] = mapped_column(ForeignKey("credential.id"), index=True)
    education_id: Mapped[UUID | None] = mapped_column(ForeignKey("continuing_education.id"), index=True)
    media_type: Mapped[str] = mapped_column(String(20))
    size: Mapped[int] = mapped_column(comment="bytes, as written by us")
    digest: Mapped[str] = mapped_column(String(64), comment="SHA-256 of the same")
    content_sealed: Mapped[bytes] = mapped_column(deferred=True, comment="its base64")
    content = sealed()
    added_at: Mapped[datetime]
    added_by: Mapped[str] = mapped_column(String(80))

    @property
    def file_name(self) -> str:
        """As it is handed out: never what it was called when it came."""
        return f"paper-{self.digest[:12]}.{'pdf' if self.media_type == 'application/pdf' else 'jpg'}"


class ContinuingEducation(SealedRow, Model):
    """One activity of a therapist's continuing education."""

    __tablename__ = "continuing_education"
    __table_args__ = (
        CheckConstraint("category IN ('discipline', 'general', 'ethics', 'self_care')", name="category_known"),
        CheckConstraint("minutes BETWEEN 1 AND 60000", name="minutes_sane"),
    )

    therapist_id: Mapped[int] = mapped_column(ForeignKey("therapist.id"), index=True)
    done_on: Mapped[date]
    title: Mapped[str] = mapped_column(String(160))
    provider: Mapped[str] = mapped_column(String(160), default="")
    provider_no: Mapped[str] = mapped_column(String(40), default="")
    minutes: Mapped[int]
    category: Mapped[str] = mapped_column(String(20))
    discipline: Mapped[str] = mapped_column(String(40), default="")
    reflection_sealed: Mapped[bytes | None]
    reflection = sealed()
    changed_at: Mapped[datetime]
    therapist: Mapped[Therapist] = relationship()


class PresetChange(Model):
    """A preset as this clinic wants it, instead of the one that comes with the house, or beside those."""

    __tablename__ = "preset_change"

    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    preset: Mapped[dict[str, Any]] = mapped_column(JSON, comment="as in presets.yaml")
    changed_at: Mapped[datetime]
    changed_by: Mapped[str] = mapped_column(String(80))
