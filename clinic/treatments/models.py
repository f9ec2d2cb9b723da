"""A treatment: its words, its lengths and prices, and what it asks of a therapist."""

from sqlalchemy import CheckConstraint, ForeignKey, String, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clinic.core.db import Model


class Treatment(Model):
    __tablename__ = "treatment"
    __table_args__ = (
        # A release is fixed at level 4 plus training: no clinic may lower it (qualifications.md, rule b and c).
        CheckConstraint("NOT is_release OR (least_level >= 4 AND training IS NOT NULL)", name="release_needs"),
        CheckConstraint("NOT is_release OR alternative_id IS NOT NULL", name="release_has_alternative"),
        CheckConstraint("grid_minutes IN (5, 10, 15, 30)", name="grid_known"),
        CheckConstraint("rest_minutes BETWEEN 0 AND 60 AND cleaning_minutes BETWEEN 0 AND 60", name="buffers_short"),
        CheckConstraint("preparation_minutes BETWEEN 0 AND 60", name="preparation_short"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    words: Mapped[str] = mapped_column(String(300), default="")
    mail_name: Mapped[str] = mapped_column(String(120), default="", comment="empty: mails say 'Your appointment'")
    position: Mapped[int] = mapped_column(default=0)
    offered: Mapped[bool] = mapped_column(default=True)

    is_release: Mapped[bool] = mapped_column(default=False, comment="deep work through the tummy wall")
    alternative_id: Mapped[int | None] = mapped_column(ForeignKey("treatment.id"))

    least_level: Mapped[int] = mapped_column(default=4, comment="on the RQF scale")
    training: Mapped[str | None] = mapped_column(String(40), comment="a skill that must be trained and verified")
    activity: Mapped[str] = mapped_column(String(40), comment="what the insurance must cover")

    preparation_minutes: Mapped[int] = mapped_column(
        default=0, server_default="0", comment="the therapist's and the room's, before it"
    )
    room_kind: Mapped[str | None] = mapped_column(String(20), comment="what its room must be fit for; empty: any room")
    rest_minutes: Mapped[int] = mapped_column(default=15, comment="the therapist's, after it")
    cleaning_minutes: Mapped[int] = mapped_column(default=10, comment="the room's, after it")
    notice_minutes: Mapped[int] = mapped_column(default=120)
    horizon_days: Mapped[int] = mapped_column(default=90)
    grid_minutes: Mapped[int] = mapped_column(default=15)
    packed: Mapped[bool] = mapped_column(
        default=False, server_default=false(), comment="offered only next to other appointments or at a day's ends"
    )
    assessment_id: Mapped[int | None] = mapped_column(
        ForeignKey("treatment.id"), comment="new clients come for this one first"
    )
    assessment_months: Mapped[int | None] = mapped_column(comment="for so long an assessment is good")
    needs_approval: Mapped[bool] = mapped_column(
        default=False, server_default=false(), comment="the therapist says yes before it stands"
    )
    most_a_day: Mapped[int | None] = mapped_column(comment="by one therapist")
    deep: Mapped[bool] = mapped_column(default=False, server_default=false(), comment="hands wear out")
    consent_each_visit: Mapped[bool] = mapped_column(
        default=False, server_default=false(), comment="its consent is signed anew each time"
    )
    deposit_words: Mapped[str] = mapped_column(String(200), default="", server_default="")

    lengths: Mapped[list["TreatmentLength"]] = relationship(order_by="TreatmentLength.minutes")


class TreatmentLength(Model):
    """A length it can be booked for, and its price. The shortest is the least it can be done in."""

    __tablename__ = "treatment_length"
    __table_args__ = (CheckConstraint("minutes BETWEEN 10 AND 240", name="minutes_sane"),)

    treatment_id: Mapped[int] = mapped_column(ForeignKey("treatment.id"), primary_key=True)
    minutes: Mapped[int] = mapped_column(primary_key=True)
    price_minor: Mapped[int]
    usual: Mapped[bool] = mapped_column(default=False)
