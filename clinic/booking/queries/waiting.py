"""Who waits for a time, and what they were offered."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import bindparam, exists, select
from sqlalchemy.orm import joinedload

from clinic.booking.models import Hold, Offer, WaitingListEntry
from clinic.core.db import AnySession


def entry(session: AnySession, entry_id: UUID) -> WaitingListEntry | None:
    return session.scalar(ENTRIES.where(WaitingListEntry.id == entry_id))


def wished(session: AnySession, digest: bytes) -> WaitingListEntry | None:
    """Who stands on the list with just this wish from the same visit."""
    return session.scalar(ENTRIES.where(WaitingListEntry.wish_digest == digest))


def waiting(session: AnySession, today: date) -> Sequence[WaitingListEntry]:
    """Whoever waits and has no offer to think about, the longest waiting first."""
    return session.scalars(UNOFFERED, {"today": today}).all()


def all_waiting(session: AnySession, today: date) -> Sequence[WaitingListEntry]:
    """Everybody on the list, the longest waiting first."""
    return session.scalars(STANDING, {"today": today}).all()


def past(session: AnySession, today: date) -> Sequence[WaitingListEntry]:
    """Entries whose last day has passed."""
    over = ENTRIES.where(WaitingListEntry.ended_at.is_(None), WaitingListEntry.until_on < today)
    return session.scalars(over).all()


def offer(session: AnySession, offer_id: UUID) -> Offer | None:
    """With whom it was made to, and with whom the time is."""
    everything = joinedload(Offer.entry).options(
        joinedload(WaitingListEntry.screening), joinedload(WaitingListEntry.treatment)
    )
    query = select(Offer).where(Offer.id == offer_id)
    return session.scalar(query.options(everything, joinedload(Offer.therapist)))


def offered(session: AnySession, entry_id: UUID) -> set[tuple[datetime, int]]:
    """The times and therapists somebody has been offered so far: nothing is offered twice."""
    query = select(Offer.starts_at, Offer.therapist_id).where(Offer.entry_id == entry_id)
    return {(row[0], row[1]) for row in session.execute(query)}


def open_offers(session: AnySession, entry_id: UUID) -> Sequence[Offer]:
    query = select(Offer).where(Offer.entry_id == entry_id, Offer.outcome.is_(None))
    return session.scalars(query.options(joinedload(Offer.therapist))).all()


def anything_to_offer(session: AnySession, now: datetime) -> bool:
    """Whether somebody waits or some hold is past its time. Asked by the worker every second."""
    return bool(session.scalar(ANYTHING, {"now": now}))


ANYTHING = select(
    exists(select(WaitingListEntry.id).where(WaitingListEntry.ended_at.is_(None)))
    | exists(select(Hold.id).where(Hold.expires_at <= bindparam("now")))
)
ENTRIES = select(WaitingListEntry).options(
    joinedload(WaitingListEntry.treatment), joinedload(WaitingListEntry.screening)
)
STANDING = ENTRIES.where(WaitingListEntry.ended_at.is_(None), WaitingListEntry.until_on >= bindparam("today")).order_by(
    WaitingListEntry.joined_at, WaitingListEntry.id
)
UNOFFERED = STANDING.where(
    ~exists(select(Offer.id).where(Offer.entry_id == WaitingListEntry.id, Offer.outcome.is_(None)))
)
