"""What notes are written with, as the clinic set it: formats, phrases and tests of its own."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from clinic.core.crypto import SealedRow, sealed
from clinic.core.db import Model


class NoteFormat(Model):
    """The parts of a note, in one version. The formats of the product are version 1 and stand in the catalogue; what
    the clinic changes or makes is here. The latest number of a code counts for new notes.
    """

    __tablename__ = "note_format"
    __table_args__ = (UniqueConstraint("code", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20))
    number: Mapped[int]
    name: Mapped[str] = mapped_column(String(60))
    parts: Mapped[list[dict[str, str]]] = mapped_column(JSON, comment="id, label and hint of each, in order")
    offered: Mapped[bool] = mapped_column(comment="for new notes")
    made_at: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))


class Phrase(SealedRow, Model):
    """Words that are typed often: one therapist's own, or the clinic's. Sealed, for they may have come from a note."""

    __tablename__ = "phrase"

    therapist_id: Mapped[int | None] = mapped_column(ForeignKey("therapist.id"), index=True, comment="empty: all's")
    part: Mapped[str] = mapped_column(String(20), comment="where it is offered as a chip; empty: by shortcut alone")
    shortcut: Mapped[str] = mapped_column(String(20), comment="typed with a dot before it; empty: a chip alone")
    words_sealed: Mapped[bytes]
    words = sealed()


class OwnTest(Model):
    """A test that the clinic added to those of the product, in one version; `content` as the catalogue's own."""

    __tablename__ = "own_test"
    __table_args__ = (UniqueConstraint("code", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20))
    number: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    offered: Mapped[bool]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
