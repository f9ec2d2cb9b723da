"""Blocked time, whose it is, and which appointments lie in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import joinedload

from clinic.booking.guard import MAX_CLAIM_MINUTES
from clinic.booking.models import Appointment, Block, Cancellation, Resource
from clinic.booking.programme import Programme
from clinic.booking.queries.appointments import WITH_ALL
from clinic.core.db import AnySession
from clinic.people.models import Therapist
from clinic.places.models import Location, Room


@dataclass(frozen=True)
class Blockable:
    """A therapist or a room: whose time may be blocked, and on whose clock."""

    resource_id: int
    name: str
    zone: str
    therapist: str = ""  # as in web addresses
    account_id: int | None = None
    room_id: int | None = None
    therapist_id: int | None = None


def blockable(session: AnySession, known: Programme) -> list[Blockable]:
    """All therapists, those who are not listed too, then all rooms."""
    return [
        Blockable(
            resource_id,
            therapist.name,
            zone_of(known, therapist.id),
            therapist.slug,
            therapist.account_id,
            therapist_id=therapist.id,
        )
        if therapist
        else Blockable(resource_id, room.name, room.location.zone, room_id=room.id)
        for resource_id, therapist, room in session.execute(BLOCKABLE)
    ]


def zone_of(known: Programme, therapist_id: int) -> str:
    """The zone of the location where a therapist works; the clinic's for whoever has no hours."""
    works = known.hours.get(therapist_id)
    return (known.locations[works[0].location_id] if works else known.location).zone


def block(session: AnySession, block_id: UUID) -> Block | None:
    """One block as it stands now."""
    return session.scalar(BLOCK, {"id": block_id}, execution_options={"populate_existing": True})


def made_with(session: AnySession, blocked: Block) -> list[Block]:
    """It and those after it that were made in the same go, such as a lunch of every week."""
    same = {name: getattr(blocked, name) for name in ("resource_id", "kind", "made_at", "made_by", "starts_at")}
    return list(session.scalars(MADE_WITH, same))


def appointments_in(session: AnySession, blocks: Sequence[Block]) -> list[Appointment]:
    """The standing appointments that lie in this blocked time, in order."""
    asked = {
        "ids": [one.id for one in blocks],
        "first": min(one.starts_at for one in blocks) - timedelta(minutes=MAX_CLAIM_MINUTES),
        "last": max(one.ends_at for one in blocks),
    }
    return list(session.scalars(IN_BLOCKS, asked).unique())


def is_blocked(session: AnySession, appointment: Appointment, *, since: datetime, now: datetime) -> bool:
    """Whether its therapist's or its room's time was blocked since then."""
    about = {name: getattr(appointment, name) for name in ("therapist_id", "room_id", "starts_at", "ends_at")}
    return session.scalars(BLOCKED_SINCE, {**about, "since": since, "now": now}).first() is not None


BLOCKABLE = (
    select(Resource.id, Therapist, Room)
    .outerjoin(Therapist, Therapist.id == Resource.therapist_id)
    .outerjoin(Room, Room.id == Resource.room_id)
    .outerjoin(Location, Location.id == Room.location_id)
    .where(Resource.client_id.is_(None))
    .options(joinedload(Room.location))
    .order_by(Resource.room_id.is_not(None), Therapist.name, Resource.id)
)
BLOCK = select(Block).where(Block.id == bindparam("id")).options(joinedload(Block.resource))
MADE_WITH = (
    select(Block)
    .where(
        Block.resource_id == bindparam("resource_id"),
        Block.kind == bindparam("kind"),
        Block.made_at == bindparam("made_at"),
        Block.made_by == bindparam("made_by"),
        Block.starts_at >= bindparam("starts_at"),
    )
    .order_by(Block.starts_at, Block.id)
)
BLOCKED_SINCE = (
    select(Block.id)
    .join(Resource, Resource.id == Block.resource_id)
    .where(
        or_(Resource.therapist_id == bindparam("therapist_id"), Resource.room_id == bindparam("room_id")),
        Block.made_at > bindparam("since"),
        Block.starts_at < bindparam("ends_at"),
        Block.ends_at > bindparam("starts_at"),
        or_(Block.releases_at.is_(None), Block.releases_at > bindparam("now")),
    )
    .limit(1)
)
IN_BLOCKS = (
    select(Appointment)
    .join(Resource, or_(Resource.therapist_id == Appointment.therapist_id, Resource.room_id == Appointment.room_id))
    .join(Block, Block.resource_id == Resource.id)
    .outerjoin(Cancellation, Cancellation.appointment_id == Appointment.id)
    .where(
        Block.id.in_(bindparam("ids", expanding=True)),
        Appointment.starts_at > bindparam("first"),  # no appointment is longer
        Appointment.starts_at < bindparam("last"),
        Appointment.starts_at < Block.ends_at,
        Appointment.ends_at > Block.starts_at,
        Cancellation.appointment_id.is_(None),
    )
    .options(*WITH_ALL)
    .order_by(Appointment.starts_at, Appointment.id)
)
