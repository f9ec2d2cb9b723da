"""The calls about something alarming that a client waits for."""

from uuid import UUID

from sqlalchemy import Uuid, bindparam, cast, null, select, union_all

from clinic.aftercare.models import CheckIn, PracticeLog, StretchPlan
from clinic.aftercare.queries.check_ins import how_they_are
from clinic.aftercare.rules.check_ins import HowTheyAre
from clinic.aftercare.rules.practice import RING
from clinic.core.db import AnySession
from clinic.people.queries import same_person
from clinic.work.models import WorkItem


def calls_waiting(session: AnySession, client_id: UUID) -> list[HowTheyAre | None]:
    """Of each call to this client that nobody has made yet, how they said they are; None where it is about practice."""
    found = session.scalars(CALLS_WAITING, {"client_id": client_id}).all()
    return [how_they_are(one) if one else None for one in found]


# Built once: putting these together takes longer than the database takes to answer.
PERSON = same_person(bindparam("client_id", type_=Uuid()))
WAITING = union_all(
    select(cast(null(), Uuid()).label("check_in_id"))
    .select_from(PracticeLog)
    .join(StretchPlan)
    .join(WorkItem, WorkItem.id == PracticeLog.call_id)
    .where(StretchPlan.client_id.in_(PERSON), WorkItem.done_at.is_(None), WorkItem.task == RING),
    select(CheckIn.id)
    .join(WorkItem, WorkItem.id == CheckIn.call_id)
    .where(CheckIn.client_id.in_(PERSON), WorkItem.done_at.is_(None)),
).subquery()
CALLS_WAITING = select(CheckIn).select_from(WAITING).outerjoin(CheckIn, CheckIn.id == WAITING.c.check_in_id)
