"""Keeping time free of bookings: a therapist's or a room's. It may lie over appointments, which stay."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from clinic.booking import queries
from clinic.booking.models import Block
from clinic.core import audit
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.core.refusals import Refusal
from clinic.people.operations import lock


@dataclass(frozen=True)
class Blocked:
    """What is blocked: whose time, as what, from when until when. One that is kept free releases itself."""

    resource_id: int
    kind: str
    starts_at: datetime
    ends_at: datetime
    releases_at: datetime | None = None
    words: str = ""


def block(session: AnySession, wanted: Sequence[Blocked], *, now: datetime, by: Actor) -> list[Block]:
    """Block these times: nothing is offered in them from now on. The caller commits."""
    lock(session, sorted({one.resource_id for one in wanted}))
    made = [Block(**asdict(one), made_at=now, made_by=str(by)) for one in wanted]
    session.add_all(made)
    session.flush()
    for one in made:
        audit.record(session, "block.made", f"block:{one.id}", by=by, now=now, detail={"after": facts(one)})
    return made


def change_block(
    session: AnySession, blocked: Block, wanted: Blocked, *, seen: str, now: datetime, by: Actor
) -> list[Refusal]:
    """Make it what is wanted, unless it is not any more what `seen` says of it. The caller commits."""
    lock(session, sorted({blocked.resource_id, wanted.resource_id}))
    current = queries.block(session, blocked.id)
    if current is None or seen_of(current) != seen:
        return [Refusal("block_changed")]
    before = facts(current)
    for name, value in asdict(wanted).items():
        setattr(current, name, value)
    session.flush()
    detail = {"before": before, "after": facts(current)}
    audit.record(session, "block.changed", f"block:{current.id}", by=by, now=now, detail=detail)
    return []


def unblock(session: AnySession, blocked: Sequence[Block], *, now: datetime, by: Actor) -> None:
    """Give these times back. Doing it twice changes nothing. The caller commits."""
    lock(session, sorted({one.resource_id for one in blocked}))
    for one in blocked:
        if current := queries.block(session, one.id):
            detail = {"before": facts(current)}
            session.delete(current)
            audit.record(session, "block.deleted", f"block:{one.id}", by=by, now=now, detail=detail)
    session.flush()


def facts(blocked: Block) -> dict[str, Any]:
    """What the audit trail says of it: never its words, which may be private."""
    return {
        "resource": blocked.resource_id,
        "kind": blocked.kind,
        "starts_at": blocked.starts_at.isoformat(),
        "ends_at": blocked.ends_at.isoformat(),
        "releases_at": blocked.releases_at.isoformat() if blocked.releases_at else None,
    }


def seen_of(blocked: Block) -> str:
    """What a page says it showed of it, so that nobody changes what they have not seen."""
    return " ".join(map(str, facts(blocked).values()))
