"""What takes the time of therapists and rooms, each with what it is: an appointment, a held time or a block."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, or_, select

from clinic.booking.guard import MAX_CLAIM_MINUTES
from clinic.booking.models import Appointment, Block, Claim, Hold
from clinic.booking.queries.appointments import WITH_ALL
from clinic.booking.rules import Span
from clinic.core.db import AnySession
from clinic.core.times import instant_of, minute_of


@dataclass(frozen=True)
class InTheWay:
    """One thing that takes a resource's time: `span` with preparation and rest, `bare` without."""

    resource_id: int
    span: Span
    bare: Span
    what: Appointment | Hold | Block


def in_the_way(
    session: AnySession, resource_ids: Collection[int], first: int, last: int, *, now: datetime
) -> list[InTheWay]:
    """Whatever touches [first, last), but what is past its time, in order. Two statements."""
    asked = {
        "resource_ids": list(resource_ids),
        "first": instant_of(first - MAX_CLAIM_MINUTES),
        "begin": instant_of(first),
        "last": instant_of(last),
        "now": now,
    }
    found = [
        InTheWay(claim.resource_id, _span(claim), _bare(appointment, hold), appointment or hold)
        for claim, appointment, hold in session.execute(CLAIMED, asked)
    ]
    found += [InTheWay(one.resource_id, _span(one), _span(one), one) for one in session.scalars(BLOCKED, asked)]
    return sorted(found, key=lambda one: (one.span, one.resource_id))


def _span(one: Claim | Block | Appointment) -> Span:
    return minute_of(one.starts_at), minute_of(one.ends_at)


def _bare(appointment: Appointment | None, hold: Hold) -> Span:
    if appointment:
        return _span(appointment)
    starts = minute_of(hold.starts_at)
    return starts, starts + hold.minutes


IDS: Any = bindparam("resource_ids", expanding=True)
CLAIMED = (
    select(Claim, Appointment, Hold)
    .outerjoin(Appointment, Appointment.id == Claim.appointment_id)
    .outerjoin(Hold, Hold.id == Claim.hold_id)
    .where(
        Claim.resource_id.in_(IDS),
        Claim.starts_at < bindparam("last"),
        Claim.starts_at > bindparam("first"),
        Claim.ends_at > bindparam("begin"),
        or_(Claim.expires_at.is_(None), Claim.expires_at > bindparam("now")),
    )
    .options(*WITH_ALL)
)
BLOCKED = select(Block).where(
    Block.resource_id.in_(IDS),
    Block.starts_at < bindparam("last"),
    Block.ends_at > bindparam("begin"),
    or_(Block.releases_at.is_(None), Block.releases_at > bindparam("now")),
)
