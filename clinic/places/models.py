"""The clinic, where it is, and the rooms it treats in."""

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, false, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clinic.core.db import Model


class Clinic(Model):
    """The one clinic of this installation."""

    __tablename__ = "clinic"
    __table_args__ = (
        CheckConstraint("id = 1", name="only_one"),
        CheckConstraint("missed_rule IN ('call', 'approval', 'deposit')", name="missed_rule_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    name: Mapped[str] = mapped_column(String(120))
    tagline: Mapped[str] = mapped_column(String(120), default="")
    welcome: Mapped[str] = mapped_column(String(400), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    currency: Mapped[str] = mapped_column(String(3))
    country: Mapped[str] = mapped_column(String(2), comment="ISO 3166; decides the emergency numbers")
    change_notice_hours: Mapped[int] = mapped_column(
        default=24, server_default="24", comment="until then clients move an appointment themselves"
    )
    most_moves: Mapped[int] = mapped_column(default=3, server_default="3", comment="of one appointment, by its client")
    late_words: Mapped[str] = mapped_column(
        String(300), default="", server_default="", comment="shown before a late cancellation"
    )
    hold_minutes: Mapped[int] = mapped_column(
        default=10, server_default="10", comment="a chosen time is kept for so long"
    )
    offer_minutes: Mapped[int] = mapped_column(
        default=120, server_default="120", comment="a time offered to the waiting list is kept for so long"
    )
    reminder_hours: Mapped[list[int]] = mapped_column(
        JSON, default=lambda: [48], server_default="[48]", comment="before the appointment, a mail each"
    )
    client_most_a_day: Mapped[int | None] = mapped_column(comment="appointments of one known client on one day")
    mail_name: Mapped[str] = mapped_column(
        String(120), default="", server_default="", comment="whom mails are from; empty: the clinic's name"
    )
    accent: Mapped[str] = mapped_column(
        String(7), default="", server_default="", comment="#1d5c63; empty: the house's own green"
    )
    privacy_words: Mapped[str] = mapped_column(String(6000), default="", server_default="")
    missed_most: Mapped[int | None] = mapped_column(
        comment="after so many no-shows and late cancellations `missed_rule` holds"
    )
    missed_months: Mapped[int] = mapped_column(default=12, server_default="12", comment="how far back they count")
    missed_rule: Mapped[str] = mapped_column(
        String(10), default="call", server_default="call", comment="call, approval or deposit"
    )
    missed_words: Mapped[str] = mapped_column(
        String(200), default="", server_default="", comment="what the client reads then"
    )
    tells_of_delays: Mapped[bool] = mapped_column(
        default=True, server_default=true(), comment="whether everybody after is told when somebody runs late"
    )
    shows_exercises: Mapped[bool] = mapped_column(
        default=False, server_default=false(), comment="its exercises, to everybody, on a page of their own"
    )
    shows_practice: Mapped[bool] = mapped_column(
        default=False, server_default=false(), comment="one gentle practice, to everybody, on a page of its own"
    )
    pain_amber_from: Mapped[int] = mapped_column(
        default=4, server_default="4", comment="of 10, in practice: fine where it settles within a day"
    )
    pain_red_from: Mapped[int] = mapped_column(
        default=6, server_default="6", comment="of 10, in practice: somebody rings"
    )
    plan_silence_days: Mapped[int] = mapped_column(
        default=7, server_default="7", comment="without a word on a plan, before its therapist hears of it; 0: never"
    )
    check_in_hours: Mapped[int] = mapped_column(
        default=48, server_default="48", comment="after a release, somebody is asked how they are; 0: never"
    )
    asks_measures: Mapped[bool] = mapped_column(
        default=False, server_default=false(), comment="whether clients are asked how they are before each visit"
    )
    demo: Mapped[bool] = mapped_column(default=False, comment="everybody in it is invented")


class Location(Model):
    __tablename__ = "location"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    address: Mapped[str] = mapped_column(String(300), default="")
    directions: Mapped[str] = mapped_column(String(500), default="")
    zone: Mapped[str] = mapped_column(String(60), comment="IANA name; working hours are its wall clock")


class Room(Model):
    __tablename__ = "room"

    id: Mapped[int] = mapped_column(primary_key=True)
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id"))
    name: Mapped[str] = mapped_column(String(80))
    kinds: Mapped[list[str]] = mapped_column(
        JSON, default=list, server_default="[]", comment="what it is fit for: two_tables, step_free"
    )
    offered: Mapped[bool] = mapped_column(default=True, server_default=true(), comment="used for new appointments")
    location: Mapped[Location] = relationship()


class Logo(Model):
    """The clinic's picture, decoded and written anew by us."""

    __tablename__ = "logo"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    png: Mapped[bytes]
    digest: Mapped[str] = mapped_column(String(64))

    @property
    def width(self) -> int:
        """In pixels, as every PNG says in its first bytes."""
        return int.from_bytes(self.png[16:20])

    @property
    def height(self) -> int:
        return int.from_bytes(self.png[20:24])
