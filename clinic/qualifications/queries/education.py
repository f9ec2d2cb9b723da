"""A therapist's log of continuing education, and the registrations that ask for it."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from clinic.core.db import AnySession
from clinic.qualifications.models import ContinuingEducation, Credential
from clinic.qualifications.rules.education import Period

REGISTERED = ("registration", "membership", "licence", "board_certification")


def activities(session: AnySession, therapist_id: int, period: Period | None = None) -> Sequence[ContinuingEducation]:
    """What they did, the latest first; in all years, or in this period."""
    query = select(ContinuingEducation).where(ContinuingEducation.therapist_id == therapist_id)
    if period:
        query = query.where(ContinuingEducation.done_on.between(period.first, period.last))
    latest_first = ContinuingEducation.done_on.desc(), ContinuingEducation.changed_at.desc(), ContinuingEducation.id
    return session.scalars(query.order_by(*latest_first)).all()


def activity(session: AnySession, therapist_id: int, activity_id: UUID) -> ContinuingEducation | None:
    """One of theirs; somebody else's is not there."""
    own = ContinuingEducation.id == activity_id, ContinuingEducation.therapist_id == therapist_id
    return session.scalar(select(ContinuingEducation).where(*own))


def registrations(session: AnySession, therapist_id: int) -> Sequence[Credential]:
    """The bodies they are registered with, as far as they have entered them, the latest first."""
    query = select(Credential).where(
        Credential.therapist_id == therapist_id, Credential.kind.in_(REGISTERED), Credential.put_away_at.is_(None)
    )
    return session.scalars(query.order_by(Credential.starts_on.desc(), Credential.id)).all()
