"""Whom the clinic works with, and the letters it writes them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clinic.core.crypto import SealedRow, sealed
from clinic.core.db import Model
from clinic.people.models import Client, Therapist


class Contact(Model):
    """Somebody outside the clinic whom clients are sent to: a GP, a physio, an osteopath, a teacher of movement."""

    __tablename__ = "contact"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(120))
    practice: Mapped[str] = mapped_column(String(160), default="")
    address: Mapped[str] = mapped_column(String(300), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    about: Mapped[str] = mapped_column(String(400), default="", comment="what they are good for")
    gone_at: Mapped[datetime | None] = mapped_column(comment="since when nobody is sent there any more")


class Letter(SealedRow, Model):
    """A letter about one client: a draft until it is filed, then a paper that never changes. It is released to its
    reader only with the client's consent, which `content` records with the words.
    """

    __tablename__ = "letter"
    __table_args__ = (
        CheckConstraint("filed_at IS NULL OR paper_sealed IS NOT NULL", name="filed_has_paper"),
        CheckConstraint("released_at IS NULL OR filed_at IS NOT NULL", name="released_is_filed"),
    )

    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"), index=True)
    therapist_id: Mapped[int] = mapped_column(ForeignKey("therapist.id"))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"))
    saved_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(comment="counts the saves: a page that lags behind overwrites nothing")
    filed_at: Mapped[datetime | None]
    released_at: Mapped[datetime | None]
    content_sealed: Mapped[bytes]
    content = sealed()
    paper_sealed: Mapped[bytes | None] = mapped_column(deferred=True, comment="the PDF, as base64")
    paper = sealed()

    client: Mapped[Client] = relationship()
    therapist: Mapped[Therapist] = relationship()
    contact: Mapped[Contact | None] = relationship()
