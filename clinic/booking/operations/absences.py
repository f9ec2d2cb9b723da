"""Time off and closures: made, changed and taken back. What is booked in them stays, and becomes work."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from clinic.booking import queries
from clinic.booking.models import Closure, Resource, TimeOff
from clinic.booking.operations.displacing import ask_to_move
from clinic.booking.programme import Programme
from clinic.core import audit
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.core.refusals import Refusal
from clinic.people.operations import lock


@dataclass(frozen=True)
class Off:
    """Whose time off, from when until when."""

    therapist_id: int
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Shut:
    """Which location is closed (None: every one), from which day to which, and what for."""

    location_id: int | None
    first_on: date
    last_on: date
    words: str


def take_off(session: AnySession, wanted: Off, *, now: datetime, by: Actor) -> TimeOff:
    """Nothing is offered of this therapist then; each appointment in the way waits to be moved. The caller commits."""
    _lock_therapists(session, wanted.therapist_id)
    made = TimeOff(**asdict(wanted), made_at=now, made_by=str(by))
    session.add(made)
    session.flush()
    _record(session, "time_off.made", f"time_off:{made.id}", {"after": off_facts(made)}, now=now, by=by)
    ask_to_move(session, made.id, queries.in_time_off(session, made, now=now), now=now, by=by)
    return made


def change_time_off(
    session: AnySession, one: TimeOff, wanted: Off, *, seen: str, now: datetime, by: Actor
) -> list[Refusal]:
    """Make it what is wanted, unless it is not any more what `seen` says of it. The caller commits."""
    _lock_therapists(session, one.therapist_id, wanted.therapist_id)
    current = queries.time_off(session, one.id)
    if current is None or seen_of_time_off(current) != seen:
        return [Refusal("block_changed")]
    before = off_facts(current)
    for name, value in asdict(wanted).items():
        setattr(current, name, value)
    session.flush()
    detail = {"before": before, "after": off_facts(current)}
    _record(session, "time_off.changed", f"time_off:{current.id}", detail, now=now, by=by)
    ask_to_move(session, current.id, queries.in_time_off(session, current, now=now), now=now, by=by)
    return []


def end_time_off(session: AnySession, one: TimeOff, *, now: datetime, by: Actor) -> None:
    """They are there after all, and nothing has to be moved. Doing it twice changes nothing. The caller commits."""
    _lock_therapists(session, one.therapist_id)
    if current := queries.time_off(session, one.id):
        detail = {"before": off_facts(current)}
        session.delete(current)
        session.flush()
        _record(session, "time_off.deleted", f"time_off:{one.id}", detail, now=now, by=by)
        ask_to_move(session, one.id, (), now=now, by=by)


def close(session: AnySession, known: Programme, wanted: Sequence[Shut], *, now: datetime, by: Actor) -> list[Closure]:
    """Nothing is offered there on these days; each appointment in the way waits to be moved. The caller commits."""
    _lock_therapists(session)
    made = [Closure(**asdict(one), made_at=now, made_by=str(by)) for one in wanted]
    session.add_all(made)
    session.flush()
    for one in made:
        _record(session, "closure.made", f"closure:{one.id}", {"after": closure_facts(one)}, now=now, by=by)
        ask_to_move(session, one.id, queries.in_closure(session, known, one, now=now), now=now, by=by)
    return made


def open_again(session: AnySession, one: Closure, *, now: datetime, by: Actor) -> None:
    """It is open on those days after all. Doing it twice changes nothing. The caller commits."""
    _lock_therapists(session)
    if current := session.get(Closure, one.id, populate_existing=True):
        detail = {"before": closure_facts(current)}
        session.delete(current)
        session.flush()
        _record(session, "closure.deleted", f"closure:{one.id}", detail, now=now, by=by)
        ask_to_move(session, one.id, (), now=now, by=by)


def off_facts(one: TimeOff) -> dict[str, Any]:
    """What the audit trail says of it."""
    return {
        "therapist": one.therapist_id,
        "starts_at": one.starts_at.isoformat(),
        "ends_at": one.ends_at.isoformat(),
    }


def closure_facts(one: Closure) -> dict[str, Any]:
    first, last = one.first_on.isoformat(), one.last_on.isoformat()
    return {"location": one.location_id, "first_on": first, "last_on": last, "words": one.words}


def seen_of_time_off(one: TimeOff) -> str:
    """What a page says it showed of it, so that nobody changes what they have not seen."""
    return " ".join(map(str, off_facts(one).values()))


def _lock_therapists(session: AnySession, *therapist_ids: int) -> None:
    """Nobody books with them meanwhile; without an id, with nobody at all."""
    query = select(Resource.id).where(Resource.therapist_id.is_not(None)).order_by(Resource.id)
    lock(
        session,
        list(session.scalars(query.where(Resource.therapist_id.in_(therapist_ids)) if therapist_ids else query)),
    )


def _record(
    session: AnySession, action: str, subject: str, detail: dict[str, Any], *, now: datetime, by: Actor
) -> None:
    audit.record(session, action, subject, by=by, now=now, detail=detail)
