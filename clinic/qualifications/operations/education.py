"""Keeping the log of continuing education."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import select

from clinic.core import audit
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.people.operations import lock_therapist
from clinic.qualifications.models import ContinuingEducation, Evidence


@dataclass(frozen=True)
class Learned:
    """One activity as its therapist tells of it. The reflection is for nobody else."""

    done_on: date
    title: str
    minutes: int
    category: str
    discipline: str = ""
    provider: str = ""
    provider_no: str = ""
    reflection: str = ""


def enter(session: AnySession, therapist_id: int, learned: Learned, *, now: datetime, by: Actor) -> ContinuingEducation:
    """Add an activity to a therapist's log."""
    row = ContinuingEducation(therapist_id=therapist_id, changed_at=now, **asdict(learned))
    session.add(row)
    _record(session, "entered", row, now=now, by=by)
    return row


def change(session: AnySession, row: ContinuingEducation, learned: Learned, *, now: datetime, by: Actor) -> None:
    """Put right what was entered."""
    for name, value in asdict(learned).items():
        setattr(row, name, value)
    row.changed_at = now
    _record(session, "changed", row, now=now, by=by)


def remove(session: AnySession, row: ContinuingEducation, *, now: datetime, by: Actor) -> Learned | None:
    """Take it out of the log. Hands back what it was, so that it can be entered again; None where it has certificates,
    which could not, so that they are to be taken away first.
    """
    lock_therapist(session, row.therapist_id)
    if session.scalar(select(Evidence.id).where(Evidence.education_id == row.id).limit(1)):
        return None
    learned = learned_of(row)
    session.delete(row)
    _record(session, "removed", row, now=now, by=by)
    return learned


def learned_of(row: ContinuingEducation) -> Learned:
    """What stands in the log."""
    return Learned(
        done_on=row.done_on,
        title=row.title,
        minutes=row.minutes,
        category=row.category,
        discipline=row.discipline,
        provider=row.provider,
        provider_no=row.provider_no,
        reflection=row.reflection or "",
    )


def _record(session: AnySession, what: str, row: ContinuingEducation, *, now: datetime, by: Actor) -> None:
    audit.record(session, f"education.{what}", f"continuing_education:{row.id}", by=by, now=now)
