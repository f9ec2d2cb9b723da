"""What a client comes for, over several visits."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from clinic.core.crypto import SealedRow, sealed
from clinic.core.db import Model


class Episode(SealedRow, Model):
    """One trouble of one client, from the note that first told of it until it is closed. Signed notes name it by its
    id and hold its words as they were that day. `content`: complaint, onset, side and mechanism.
    """

    __tablename__ = "episode"

    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"), index=True)
    therapist_id: Mapped[int] = mapped_column(ForeignKey("therapist.id"))
    begun_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    content_sealed: Mapped[bytes]
    content = sealed()
