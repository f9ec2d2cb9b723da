"""When clients want to be reminded, and of whom nothing was heard."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select

from clinic.aftercare.models import CheckIn, PlanIssue, PracticeLog, PracticeReminder, StretchPlan
from clinic.core.db import AnySession
from clinic.core.links import Link
from clinic.people.models import Client, Therapist

OLDEST = timedelta(days=365)
"""Plans sent longer ago are over, whatever their clients told since: that keeps the look short."""


def reminder_of(session: AnySession, plan_id: UUID) -> PracticeReminder | None:
    return session.scalar(select(PracticeReminder).where(PracticeReminder.plan_id == plan_id))


def mail_reminders(session: AnySession) -> Sequence[PracticeReminder]:
    """All who want a mail."""
    return session.scalars(select(PracticeReminder).where(PracticeReminder.by_mail).order_by(PracticeReminder.id)).all()


class Quiet(NamedTuple):
    """A plan of which nothing was heard: whose, for whose work list, and since when."""

    plan_id: UUID
    client_id: UUID
    account_id: int | None  # None: whoever has no account of their own; then it is for everybody
    since: datetime


def quiet_plans(session: AnySession, *, since: datetime, until: datetime) -> list[Quiet]:
    """Plans of which the last was heard in this span of time: when they were sent, or when their client last told of
    practice or how they are. Where the link opens nothing, nobody is meant to practise.
    """
    told = select(func.max(PracticeLog.told_at)).where(PracticeLog.plan_id == StretchPlan.id).scalar_subquery()
    whose = func.coalesce(Client.merged_into_id, Client.id)
    answered = select(func.max(CheckIn.answered_at)).where(CheckIn.client_id == whose).scalar_subquery()
    sent = select(func.max(PlanIssue.issued_at)).where(PlanIssue.plan_id == StretchPlan.id).scalar_subquery()
    opens = select(Link.id).where(
        Link.scope == "plan",
        Link.subject_id == StretchPlan.id,
        Link.revoked_at.is_(None),
        Link.expires_at > until,
    )
    found = (
        select(StretchPlan.id, whose, Therapist.account_id, sent, told, answered)
        .join(Client, Client.id == StretchPlan.client_id)
        .join(Therapist, Therapist.id == StretchPlan.therapist_id)
        .where(sent > until - OLDEST, opens.exists())
        .order_by(StretchPlan.id)
    )
    heard = [Quiet(*row[:3], max(filter(None, row[3:]))) for row in session.execute(found)]
    return [one for one in heard if since < one.since <= until]
