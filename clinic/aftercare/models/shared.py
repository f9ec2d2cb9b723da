"""What a clinic gives to everybody: papers of its own, and places elsewhere."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from clinic.core.db import Model


class Handout(Model):
    """A PDF of the clinic's own, free for everybody."""

    __tablename__ = "handout"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(120))
    words: Mapped[str] = mapped_column(String(1000), comment="what it is about")
    pdf: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    size: Mapped[int] = mapped_column(comment="in bytes")
    offered: Mapped[bool]
    added_at: Mapped[datetime]
    added_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))


class UsefulLink(Model):
    """A page or a video elsewhere, that a plan may point to, and that the page of free practice shows."""

    __tablename__ = "useful_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(120))
    url: Mapped[str] = mapped_column(String(500))
    is_video: Mapped[bool]
    is_affiliate: Mapped[bool] = mapped_column(comment="the clinic earns by it, and says so beside it")
    offered: Mapped[bool]
    added_at: Mapped[datetime]
    added_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
