"""The clinic's own exercises."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from clinic.core.db import Model


class ExerciseVersion(Model):
    """An exercise as the clinic changed or made it, in one version; `content` as the catalogue's own, empty where it is
    as shipped again. The latest number of a code counts for new plans.
    """

    __tablename__ = "exercise_version"
    __table_args__ = (UniqueConstraint("code", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), comment="of the catalogue, or own_ and eight letters")
    number: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    offered: Mapped[bool] = mapped_column(comment="for new plans")
    pose: Mapped[str] = mapped_column(comment="a pose file; empty: the product's drawing, or the photo")
    photo: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True, comment="drawn anew by us, a JPEG")
    photo_words: Mapped[str] = mapped_column(String(300), comment="what it shows, for those who do not see it")
    made_at: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))


class ExerciseApproval(Model):
    """Somebody of the clinic read an exercise, word for word, and stands by it. Other words: to be read anew."""

    __tablename__ = "exercise_approval"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), index=True)
    digest: Mapped[str] = mapped_column(String(64), comment="of the words that were read")
    approved_at: Mapped[datetime]
    approved_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
