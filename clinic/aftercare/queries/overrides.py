"""What a therapist gives in spite of a reason against it, beside the plan that was sent."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Uuid, and_, bindparam, select
from sqlalchemy.orm import contains_eager, joinedload

from clinic.aftercare.models import PlanIssue, PlanOverride, StretchPlan
from clinic.core.db import AnySession
from clinic.people.queries import same_person


class Override(NamedTuple):
    """What an exercise was given in spite of, by the keys of the reasons; why, by whom and when."""

    keys: tuple[str, ...]
    reason: str
    by: str
    at: datetime


class SentLast(NamedTuple):
    """What was sent last, None where nothing was yet, and the overrides that stand with it."""

    issue: PlanIssue | None
    overrides: list[PlanOverride]


def sent_last(session: AnySession, client_id: UUID) -> SentLast:
    """Of this client, as `issue_for` finds it."""
    found = session.execute(SENT_LAST, {"client_id": client_id}).all()
    return SentLast(found[0][0] if found else None, [override for _, override in found if override])


def overrides_of(rows: Sequence[PlanOverride]) -> dict[str, Override]:
    """By exercise."""
    read = {row.exercise: (row, json.loads(row.document or "{}")) for row in rows}
    return {
        exercise: Override(tuple(said["keys"]), said["reason"], row.therapist.name, row.made_at)
        for exercise, (row, said) in read.items()
    }


# Built once.
PERSON = same_person(bindparam("client_id", type_=Uuid()))
LAST = (
    select(PlanIssue.id)
    .join(StretchPlan)
    .where(StretchPlan.client_id.in_(PERSON))
    .order_by(PlanIssue.issued_at.desc(), PlanIssue.number.desc(), PlanIssue.id)
    .limit(1)
    .scalar_subquery()
)
SENT_LAST = (
    select(PlanIssue, PlanOverride)
    .select_from(PlanIssue)
    .join(PlanIssue.plan)
    .outerjoin(PlanOverride, and_(PlanOverride.plan_id == PlanIssue.plan_id, PlanOverride.withdrawn_at.is_(None)))
    .where(PlanIssue.id == LAST)
    .options(
        contains_eager(PlanIssue.plan).joinedload(StretchPlan.client),
        joinedload(PlanIssue.therapist),
        joinedload(PlanOverride.therapist),
    )
    .order_by(PlanOverride.made_at, PlanOverride.id)
)
