"""Treatment notes. A draft while it is being written; then a signed document, which nothing changes any more."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clinic.core.crypto import SealedRow, sealed
from clinic.core.db import Model
from clinic.people.models import Therapist


class NoteDraft(SealedRow, Model):
    """What a therapist has written so far about one appointment. Its id is the appointment's: one note each."""

    __tablename__ = "note_draft"

    id: Mapped[UUID] = mapped_column(ForeignKey("appointment.id"), primary_key=True)
    therapist_id: Mapped[int] = mapped_column(ForeignKey("therapist.id"), index=True)
    revision: Mapped[int] = mapped_column(comment="counts the saves: a page that lags behind overwrites nothing")
    saved_at: Mapped[datetime]
    content_sealed: Mapped[bytes]
    content = sealed()


class Signature(SealedRow, Model):
    """A note, an amendment beside it, or a supervisor's word beside a trainee's note, as signed. `number` counts a
    client's signatures from 1, each chained to the one before by `digest`, a keyed digest over the document and that
    one's digest.
    """

    __tablename__ = "signature"
    __table_args__ = (
        CheckConstraint("kind IN ('note', 'amendment', 'co_sign')", name="kind_known"),
        UniqueConstraint("client_id", "number"),
        Index(
            "uq_signature_note",
            "appointment_id",
            unique=True,
            sqlite_where=text("kind = 'note'"),
            postgresql_where=text("kind = 'note'"),
        ),
    )

    kind: Mapped[str] = mapped_column(String(10))
    appointment_id: Mapped[UUID] = mapped_column(ForeignKey("appointment.id"), index=True)
    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"))
    number: Mapped[int]
    therapist_id: Mapped[int] = mapped_column(ForeignKey("therapist.id"))
    signed_at: Mapped[datetime]
    digest: Mapped[bytes]
    document_sealed: Mapped[bytes]
    document = sealed()

    therapist: Mapped[Therapist] = relationship()
