"""What a therapist finds injured, and which conditions they asked about."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clinic.core.crypto import SealedRow, sealed
from clinic.core.db import Model
from clinic.people.models import Therapist


class Findings(SealedRow, Model):
    """What a therapist asked, before a plan or in a visit: injury per muscle and side, and conditions. The latest of a
    client counts; earlier ones stay, for the plans that were made by them.
    """

    __tablename__ = "findings"

    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"), index=True)
    therapist_id: Mapped[int] = mapped_column(ForeignKey("therapist.id"))
    found_at: Mapped[datetime]
    answers_sealed: Mapped[bytes]
    answers = sealed()

    therapist: Mapped[Therapist] = relationship()
