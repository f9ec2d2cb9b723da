"""Keeping the answers of the safety page for as long as they are needed, and no longer."""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, select

from clinic.core import crypto
from clinic.core.db import AnySession, writing
from clinic.intake.models import Screening

KEPT = timedelta(hours=24)
FRESH = (
    select(Screening)
    .where(Screening.visit_digest == bindparam("visit_digest"), Screening.created_at > bindparam("since"))
    .order_by(Screening.created_at.desc(), Screening.id)
    .limit(1)
)


def keep_answers(session: AnySession, visit: str, ticks: Iterable[str], *, now: datetime) -> Screening:
    """Keep this visit's answers; earlier ones of the same visit are replaced."""
    forget_answers(session, visit)
    screening = Screening(visit_digest=_digest(visit), answers=json.dumps(sorted(ticks)), created_at=now)
    session.add(screening)
    session.flush()
    return screening


def confirm_answers(session: AnySession, visit: str, earlier: Screening, *, now: datetime) -> Screening:
    """Earlier answers, of which nothing has changed, as this visit's own."""
    return keep_answers(session, visit, earlier.ticks, now=now)


def same_answers(earlier: Screening, *, now: datetime) -> Screening:
    """The same answers, confirmed now: a record of its own, kept together with the appointment it is for."""
    return Screening(answers=earlier.answers, created_at=now)


def forget_answers(session: AnySession, visit: str) -> None:
    """Drop what this visit answered and did not book with. An emergency leaves nothing behind."""
    session.execute(delete(Screening).where(Screening.visit_digest == _digest(visit)))


def screening_of(session: AnySession, visit: str, *, now: datetime) -> Screening | None:
    """This visit's answers, while they are fresh and not yet part of a booking."""
    return session.scalar(FRESH, {"visit_digest": _digest(visit), "since": now - KEPT})


def forget_old_answers(session: AnySession, *, now: datetime) -> None:
    """Delete answers that led to no booking within 24 hours. The worker's task; commits."""
    old = (Screening.visit_digest.is_not(None), Screening.created_at < now - KEPT)
    any_old = session.scalar(select(Screening.id).where(*old).limit(1)) is not None
    session.rollback()
    if any_old:
        with writing():
            session.execute(delete(Screening).where(*old))
            session.commit()


def _digest(visit: str) -> str:
    return crypto.keyring().mac("visit", visit).hex()
