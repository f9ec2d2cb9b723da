"""Keeping a time for a visit while its details are typed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError

from clinic.booking.models import Claim, Hold
from clinic.booking.offered import FittedRoom
from clinic.booking.operations.shared import claimed, end_holds, end_past_holds, lock_holds, lost_race
from clinic.booking.programme import programme
from clinic.booking.queries import resource_ids_for
from clinic.booking.wishes import Wish, judge
from clinic.core.db import AnySession
from clinic.core.refusals import Refusal
from clinic.people.operations import lock

ASKED_NEXT = {"screening_needed", "release_ruled_out"}  # by the safety page, and what may be done instead then
MOST_HELD = 6  # from one address at once: enough for a family or an office, too little for a whole week


@dataclass(frozen=True)
class Visitor:
    """Who holds: digests of the visit and of the address it comes from."""

    visit_digest: bytes
    address_digest: bytes


def hold(session: AnySession, wish: Wish, visitor: Visitor, *, now: datetime) -> list[Refusal]:
    """Keep this time for the visitor and give back what they held before, or say why it can't be had.

    Where the clinic holds nothing, or this address holds enough, the time stays free and can be booked all the same.
    The caller commits, or rolls back after a refusal.
    """
    try:
        return _hold(session, wish, visitor, now)
    except IntegrityError as error:
        return lost_race(session, error)


def _hold(session: AnySession, wish: Wish, visitor: Visitor, now: datetime) -> list[Refusal]:
    known = programme(session)
    if known is None:
        return [Refusal("not_offered")]
    lock(session, resource_ids_for(known, wish.therapist))
    end_past_holds(session, now)
    if held := _held_by(session, visitor.visit_digest):
        end_holds(session, held, outcome="declined", now=now)
    facts = programme(session) or known  # read again under the lock, as for a booking
    room, found = judge(session, facts, replace(wish, held=None), None, now)  # a new time, judged as one
    refusals = [refusal for refusal in found if refusal.code not in ASKED_NEXT]
    minutes = facts.clinic.hold_minutes
    if room and not refusals and minutes and _held_from(session, visitor.address_digest) < MOST_HELD:
        keep(session, wish, room, visitor, now=now, until=now + timedelta(minutes=minutes))
    return refusals


def let_go(session: AnySession, visit_digest: bytes, *, now: datetime) -> None:
    """Give back what this visit holds. The caller commits."""
    if held := _held_by(session, visit_digest):
        lock_holds(session, held)
        end_holds(session, held, outcome="declined", now=now)


def _held_by(session: AnySession, visit_digest: bytes) -> Sequence[UUID]:
    """The hold of this visit, though it be past its minutes."""
    return session.scalars(select(Hold.id).where(Hold.visit_digest == visit_digest)).all()


def keep(
    session: AnySession,
    wish: Wish,
    room: FittedRoom,
    visitor: Visitor | None,
    *,
    now: datetime,
    until: datetime,
) -> Hold:
    """Write the hold and its claims, for a visitor or for an offer. The caller has locked and judged."""
    pair = wish.treatment.pair
    held = Hold(
        id=uuid4(),
        visit_digest=visitor.visit_digest if visitor else None,
        address_digest=visitor.address_digest if visitor else None,
        treatment_id=wish.treatment.id,
        minutes=wish.minutes,
        second_treatment_id=pair.second.id if pair else None,
        second_minutes=pair.second_minutes if pair else None,
        therapist_id=wish.therapist.id,
        room_id=room.id,
        starts_at=wish.starts_at,
        made_at=now,
        expires_at=until,
    )
    session.add(held)
    session.flush()
    rows = [
        {"resource_id": of, "hold_id": held.id, "starts_at": starts_at, "ends_at": ends_at, "expires_at": until}
        for of, (starts_at, ends_at) in claimed(wish, room).items()
    ]
    session.execute(insert(Claim), rows)
    return held


def _held_from(session: AnySession, address_digest: bytes) -> int:
    return session.scalar(select(func.count()).where(Hold.address_digest == address_digest)) or 0
