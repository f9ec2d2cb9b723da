"""The people of the clinic: who signs in, who treats, who is treated."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clinic.core.crypto import SealedRow, sealed
from clinic.core.db import BigId, Model
from clinic.people.rules import folded

ROLES = ("therapist", "reception", "owner")


class Account(Model):
    """Somebody of the staff who may sign in."""

    __tablename__ = "account"
    __table_args__ = (CheckConstraint("role IN ('therapist', 'reception', 'owner')", name="role_known"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True, comment="lower case")
    name: Mapped[str] = mapped_column(String(120))
    role: Mapped[str] = mapped_column(String(20))
    password_hash: Mapped[str] = mapped_column(String(200), comment="empty: invited, and has not come yet")
    active: Mapped[bool] = mapped_column(default=True)
    sessions_version: Mapped[int] = mapped_column(default=1, comment="raised to end all open sessions")
    totp_sealed: Mapped[bytes | None] = mapped_column(comment="the secret of their second factor")
    totp = sealed()
    totp_step: Mapped[int | None] = mapped_column(comment="the last code that was used, for each is good once")
    second_factor_at: Mapped[datetime | None] = mapped_column(comment="since when it is asked for")
    therapist: Mapped["Therapist | None"] = relationship(viewonly=True, lazy="joined")


class RecoveryCode(Model):
    """Signs somebody in once whose second factor is lost. Only its digest is kept."""

    __tablename__ = "recovery_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    digest: Mapped[bytes] = mapped_column(unique=True)
    used_at: Mapped[datetime | None]


class Therapist(Model):
    __tablename__ = "therapist"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), unique=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True, comment="in web addresses")
    name: Mapped[str] = mapped_column(String(120))
    about: Mapped[str] = mapped_column(String(400), default="")
    profile_words: Mapped[str] = mapped_column(String(2000), default="", server_default="", comment="on their own page")
    languages: Mapped[list[str]] = mapped_column(
        JSON, default=list, server_default="[]", comment="spoken, as codes: en, pl"
    )
    gender: Mapped[str | None] = mapped_column(String(10), comment="woman or man; empty: not said")
    deep_minutes_a_day: Mapped[int | None] = mapped_column(comment="at most so much deep work on one day")
    releases_apart_minutes: Mapped[int] = mapped_column(
        default=0, server_default="0", comment="at least so long between two releases"
    )
    listed: Mapped[bool] = mapped_column(default=True, comment="shown to clients and bookable online")
    supervisor_id: Mapped[int | None] = mapped_column(
        ForeignKey("therapist.id"), comment="of a trainee: who signs their notes as well"
    )
    note_format: Mapped[str] = mapped_column(
        String(20), default="soap", server_default="soap", comment="how their new notes begin"
    )
    account: Mapped[Account | None] = relationship()


class Portrait(Model):
    """A therapist's photo, decoded and written anew by us."""

    __tablename__ = "portrait"

    therapist_id: Mapped[int] = mapped_column(ForeignKey("therapist.id"), primary_key=True)
    jpeg: Mapped[bytes]
    digest: Mapped[str] = mapped_column(String(64))


class Client(SealedRow, Model):
    """Somebody who is treated. A guest's booking makes a client of its own: a typed address proves nothing.

    Reception joins two that are one person: the other is `merged_into` the one that stays.
    """

    __tablename__ = "client"

    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254))
    phone: Mapped[str] = mapped_column(String(40), default="")
    search: Mapped[str] = mapped_column(
        String(420), default="", server_default="", comment="name, email and phone as `rules.folded` writes them"
    )
    created_at: Mapped[datetime]
    outside_ref: Mapped[str | None] = mapped_column(
        String(120), unique=True, comment="their number in the system they were brought from"
    )
    merged_into_id: Mapped[UUID | None] = mapped_column(ForeignKey("client.id"), index=True)
    desk_note_sealed: Mapped[bytes | None] = mapped_column(comment="what reception should know: what to do, never why")
    desk_note = sealed()

    merged_into: Mapped["Client | None"] = relationship(remote_side=lambda: Client.id)

    @property
    def person(self) -> "Client":
        """Who they are now: themself, or whom they were merged into. What was signed or sent keeps its own client."""
        return self.merged_into or self

    def keep_search(self) -> None:
        """What the search looks at, after a change of what it is made of."""
        self.search = folded(self.name, self.email, self.phone or "")


@event.listens_for(Client, "before_insert")
@event.listens_for(Client, "before_update")
def _keep_search(mapper: Any, connection: Any, client: Client) -> None:
    """Whoever writes a client need not think of the search."""
    client.keep_search()


class Resource(Model):
    """Whatever can be in one place at a time: a therapist, a room or a client. Its row is the lock."""

    __tablename__ = "resource"
    __table_args__ = (
        CheckConstraint(
            "(therapist_id IS NOT NULL AND room_id IS NULL AND client_id IS NULL)"
            " OR (therapist_id IS NULL AND room_id IS NOT NULL AND client_id IS NULL)"
            " OR (therapist_id IS NULL AND room_id IS NULL AND client_id IS NOT NULL)",
            name="one_thing",
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    therapist_id: Mapped[int | None] = mapped_column(ForeignKey("therapist.id"), unique=True)
    room_id: Mapped[int | None] = mapped_column(ForeignKey("room.id"), unique=True)
    client_id: Mapped[UUID | None] = mapped_column(ForeignKey("client.id"), unique=True)


class ClientAccount(Model):
    """A client's own sign-in, made from a link in one of their mails. Only where they want it."""

    __tablename__ = "client_account"

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"), unique=True)
    email: Mapped[str] = mapped_column(String(254), unique=True, comment="lower case; proven by the link")
    password_hash: Mapped[str] = mapped_column(String(200))
    made_at: Mapped[datetime]
    sessions_version: Mapped[int] = mapped_column(default=1, comment="raised to end all open sessions")
    client: Mapped[Client] = relationship(lazy="joined")
