"""Reads of what clients come for."""

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Uuid, bindparam, select

from clinic.core.db import AnySession
from clinic.notes.models import Episode
from clinic.notes.rules.episodes import Trouble
from clinic.people.queries import same_person


@dataclass(frozen=True)
class ComesFor:
    """An episode with its words."""

    id: str
    trouble: Trouble
    begun_at: datetime
    closed_at: datetime | None


def episodes_of(session: AnySession, client_id: UUID) -> list[ComesFor]:
    """What a client comes for, and came for, the latest first; also those merged into them."""
    return [_read(one) for one in session.scalars(EPISODES, {"client_id": client_id})]


def episode_of(session: AnySession, client_id: UUID, episode_id: UUID) -> Episode | None:
    """This episode, where it is this client's."""
    return session.scalar(EPISODES.where(Episode.id == episode_id), {"client_id": client_id})


def trouble_in(episode: Episode) -> Trouble:
    return Trouble.from_kept(json.loads(episode.content or "{}"))


def _read(episode: Episode) -> ComesFor:
    return ComesFor(str(episode.id), trouble_in(episode), episode.begun_at, episode.closed_at)


# Built once: putting it together takes longer than the database takes to answer.
EPISODES = (
    select(Episode)
    .where(Episode.client_id.in_(same_person(bindparam("client_id", type_=Uuid()))))
    .order_by(Episode.begun_at.desc(), Episode.id)
)
