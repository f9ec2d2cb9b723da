"""What belongs to a visit beside the words of its note."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clinic.core.crypto import SealedRow, sealed
from clinic.core.db import Model
from clinic.people.models import Account


class Attachment(SealedRow, Model):
    """A photo or a paper of a visit, drawn anew by us. `digest` stands in the signed note, so that none comes or goes
    afterwards. `about`: what it shows, in a few words.
    """

    __tablename__ = "attachment"

    appointment_id: Mapped[UUID] = mapped_column(ForeignKey("appointment.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), comment="who added it")
    added_at: Mapped[datetime]
    media_type: Mapped[str] = mapped_column(String(20))
    digest: Mapped[str] = mapped_column(String(64), comment="SHA-256 of what is kept")
    about_sealed: Mapped[bytes | None]
    about = sealed()
    paper_sealed: Mapped[bytes] = mapped_column(deferred=True, comment="as base64")
    paper = sealed()

    account: Mapped[Account] = relationship()

    @property
    def file_name(self) -> str:
        """As it is handed out: never what it was called when it came."""
        return f"attachment-{self.digest[:12]}.{'pdf' if self.media_type == 'application/pdf' else 'jpg'}"


class MeasuresTold(SealedRow, Model):
    """What a client told about how they are before one visit, by link or in their account. The last telling counts."""

    __tablename__ = "measures_told"

    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"), index=True)
    appointment_id: Mapped[UUID] = mapped_column(ForeignKey("appointment.id"), unique=True)
    told_at: Mapped[datetime]
    answers_sealed: Mapped[bytes]
    answers = sealed()


class DraftKey(SealedRow, Model):
    """What seals one account's drafts in one browser. Its id is made of the browser's name for itself and the account,
    for several may share one tablet. Signing out there destroys it, and with it every draft that is still in that
    browser. `made_at`: when it was made, or last asked for.
    """

    __tablename__ = "draft_key"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    made_at: Mapped[datetime]
    key_sealed: Mapped[bytes] = mapped_column(comment="256 random bits, as base64")
    key = sealed()
