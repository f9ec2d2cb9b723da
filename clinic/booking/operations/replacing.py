"""Asking for another therapist where the one of an appointment may not give it any more: a paper lapsed, was changed or
was revoked.
"""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.exc import IntegrityError

from clinic.booking import queries
from clinic.booking.models import Appointment
from clinic.booking.operations.displacing import REPLACE, subject_of
from clinic.booking.operations.looking import Look
from clinic.booking.operations.shared import call_due_at
from clinic.booking.programme import Programme
from clinic.core.audit import SYSTEM
from clinic.core.db import AnySession, writing
from clinic.core.refusals import Refusal
from clinic.work import operations as work
from clinic.work.models import WorkItem

_look = Look()


def ask_for_replacements(session: AnySession, *, now: datetime) -> int:
    """Ask the desk, once for each cause, about each appointment that is not over and that its therapist may not give;
    what fits again is done with by itself. How many stand in need of it. The worker's task; commits. It looks once a
    day, and when a paper or anything else of the programme has changed.
    """
    known = _look.due(session, now)
    if known is None:
        return 0
    wanted = _wanted(session, known, now)
    anything = wanted or session.scalars(_asked()).first()
    session.rollback()
    if anything:
        with writing():
            wanted = _wanted(session, known, now)
            _ask_for(session, wanted, now)
            session.commit()
    _look.done(session)
    return len(wanted)


def _wanted(session: AnySession, known: Programme, now: datetime) -> dict[str, Appointment]:
    return {_once(one, against): one for one, against in queries.unqualified(session, known, now=now)}


def _once(one: Appointment, against: list[Refusal]) -> str:
    """One cause: that this therapist lacks these things for it, as it stands since its last move."""
    lacks = sorted({"".join(word[0] for word in refusal.code.split("_")) for refusal in against})
    return f"replace:{one.id}:{one.moved}:{one.therapist_id}:{'-'.join(lacks)}"


def _asked() -> Select[Any]:
    open_or_kept = or_(WorkItem.done_at.is_(None), WorkItem.once.is_not(None))
    return select(WorkItem).where(WorkItem.task == REPLACE, open_or_kept).order_by(WorkItem.id)


def _ask_for(session: AnySession, wanted: Mapping[str, Appointment], now: datetime) -> None:
    """What somebody has done stays done while its cause lasts; a cause that is over may come again."""
    items = session.scalars(_asked()).all()
    missing = {once: one for once, one in wanted.items() if once not in {item.once for item in items}}
    for item in items:
        if item.once in wanted:
            continue
        again = next((once for once, one in missing.items() if subject_of(one) == item.subject), None)
        item.once = again if item.done_at is None else None
        if item.once:
            del missing[item.once]
        else:
            work.complete(session, item, now=now, by=SYSTEM)
    session.flush()
    for once, one in missing.items():
        _ask(session, once, one, now)


def _ask(session: AnySession, once: str, one: Appointment, now: datetime) -> None:
    """Another worker may have asked in this very moment."""
    with suppress(IntegrityError), session.begin_nested():
        due_at = call_due_at(one.starts_at, now)
        item = work.ask(session, REPLACE, subject_of(one), None, due_at=due_at, now=now, by=SYSTEM)
        item.once = once
