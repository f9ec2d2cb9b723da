"""Whoever books, or changes who may be booked, takes the rows of what it is about first: of two at once, one waits."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import bindparam, select

from clinic.core.db import AnySession
from clinic.people.models import Client, Resource

# Built once: every booking asks this.
LOCKED = (
    select(Resource.id).where(Resource.id.in_(bindparam("ids", expanding=True))).order_by(Resource.id).with_for_update()
)


def lock(session: AnySession, resource_ids: Sequence[int]) -> None:
    """Take the rows in order of id, so that two bookings never wait for each other in a ring."""
    session.execute(LOCKED, {"ids": resource_ids}).all()


def lock_client(session: AnySession, client_id: UUID) -> None:
    """Nobody books, moves or cancels for this client until the transaction ends. The first thing it locks."""
    lock(session, list(session.scalars(select(Resource.id).where(Resource.client_id == client_id))))


def lock_record(session: AnySession, client_id: UUID) -> None:
    """Nobody else signs, tells or chooses for this client until the transaction ends; rows that point to them may come
    and go meanwhile. What they claim is locked before it, where both are.
    """
    session.scalar(select(Client.id).where(Client.id == client_id).with_for_update(key_share=True))


def lock_therapist(session: AnySession, therapist_id: int) -> None:
    """Nobody books with this therapist until the transaction ends: what is changed of their register counts for whoever
    books next. The first thing a transaction locks.
    """
    lock(session, list(session.scalars(select(Resource.id).where(Resource.therapist_id == therapist_id))))
