"""What clients are asked to agree to, in versions; what they agreed to, and took back."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clinic.core.crypto import SealedRow, sealed
from clinic.core.db import Model


class ConsentText(Model):
    """A version of what somebody agrees to who comes for a treatment. The highest number of a treatment holds; where
    there is none, the words that come with the product become its first when they are first signed.
    """

    __tablename__ = "consent_text"
    __table_args__ = (UniqueConstraint("treatment_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    treatment_id: Mapped[int] = mapped_column(ForeignKey("treatment.id"))
    number: Mapped[int] = mapped_column(comment="1, 2, … of this treatment")
    elements: Mapped[dict[str, str]] = mapped_column(JSON, comment="the six: what, why, risks, instead, if_not, say")
    language: Mapped[str] = mapped_column(String(10))
    digest: Mapped[str] = mapped_column(String(64), comment="SHA-256 of the words as signed")
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), comment="empty: the product's own words")
    approved_by: Mapped[str] = mapped_column(
        String(160), default="", server_default="", comment="the clinician who signed it off, and what they are"
    )


class Consent(SealedRow, Model):
    """That a client, or who stands for them, agreed to a text. `document` has who signed, how, the strokes of a drawn
    name, the guardian, the witness and the place.
    """

    __tablename__ = "consent"
    __table_args__ = (
        CheckConstraint("way IN ('drawn', 'typed')", name="way_known"),
        Index("ix_consent_client_text", "client_id", "text_id"),
    )

    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"))
    text_id: Mapped[int] = mapped_column(ForeignKey("consent_text.id"))
    appointment_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("appointment.id"), index=True, comment="signed for this visit"
    )
    way: Mapped[str] = mapped_column(String(10))
    signed_at: Mapped[datetime]
    signed_by: Mapped[str] = mapped_column(String(80), comment="the actor, as in the audit trail")
    document_sealed: Mapped[bytes]
    document = sealed()

    text: Mapped[ConsentText] = relationship()
    withdrawal: Mapped["ConsentWithdrawal | None"] = relationship(uselist=False, viewonly=True)


class ConsentWithdrawal(Model):
    """That a consent was taken back. It holds at once."""

    __tablename__ = "consent_withdrawal"

    consent_id: Mapped[UUID] = mapped_column(ForeignKey("consent.id"), primary_key=True)
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(80))


class PrivacyNotice(Model):
    """The clinic's privacy notice as it stood when somebody accepted it. A version is known by its digest."""

    __tablename__ = "privacy_notice"

    id: Mapped[int] = mapped_column(primary_key=True)
    words: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    first_at: Mapped[datetime]


class NoticeAcceptance(Model):
    """That a client accepted a version of the privacy notice."""

    __tablename__ = "notice_acceptance"
    __table_args__ = (UniqueConstraint("client_id", "notice_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"))
    notice_id: Mapped[int] = mapped_column(ForeignKey("privacy_notice.id"))
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(80))


class MarketingChoice(Model):
    """Whether a client wants news by mail. The latest counts; without one, no."""

    __tablename__ = "marketing_choice"

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"), index=True)
    wanted: Mapped[bool]
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(80))


class NewsReader(Model):
    """Somebody who is no client, and asked for news by mail. They count from when they confirmed it by a link."""

    __tablename__ = "news_reader"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    email: Mapped[str] = mapped_column(String(254), unique=True, comment="in small letters")
    name: Mapped[str] = mapped_column(String(120), default="", server_default="")
    asked_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]

    @property
    def gets_news(self) -> bool:
        return self.confirmed_at is not None and self.left_at is None
