"""Reads for the pages of plans."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Uuid, bindparam, func, select
from sqlalchemy.orm import contains_eager, joinedload

from clinic.aftercare.catalogue import Exercise, digest
from clinic.aftercare.models import ExerciseApproval, PlanIssue, PracticeLog, StretchPlan
from clinic.core.db import AnySession
from clinic.core.links import Link
from clinic.notes.models import Signature
from clinic.people.models import Account
from clinic.people.queries import same_person

NOTHING_TOLD = {"done": False, "pain": None, "numb": False}


def plan_of(session: AnySession, client_id: UUID, *, lock: bool = False) -> StretchPlan | None:
    """The plan in the making; of two that came together in one client the one worked on last."""
    query = select(StretchPlan).where(StretchPlan.client_id.in_(same_person(client_id)))
    query = query.order_by(StretchPlan.saved_at.desc(), StretchPlan.id).limit(1)
    return session.scalar(query.with_for_update() if lock else query)


def issues_count(session: AnySession, plan_id: UUID) -> int:
    return session.scalar(select(func.count()).where(PlanIssue.plan_id == plan_id)) or 0


def issues_of(session: AnySession, plan_id: UUID) -> Sequence[PlanIssue]:
    """Every version that was sent, the latest first."""
    query = select(PlanIssue).where(PlanIssue.plan_id == plan_id).order_by(PlanIssue.number.desc())
    return session.scalars(query).all()


def latest_issue(session: AnySession, plan_id: UUID) -> PlanIssue | None:
    """What the client sees, with its plan, client and therapist."""
    return session.scalar(LATEST_ISSUE.where(PlanIssue.plan_id == plan_id))


def issue_for(session: AnySession, client_id: UUID) -> PlanIssue | None:
    """What was sent to this client last; None where nothing was yet."""
    return session.scalar(LATEST_ISSUE_FOR, {"client_id": client_id})


def issues_for(session: AnySession, client_id: UUID) -> Sequence[PlanIssue]:
    """Everything that was sent to this client, the first first."""
    return session.scalars(ISSUES_FOR, {"client_id": client_id}).all()


def just_signed(session: AnySession, client_id: UUID, therapist_id: int, *, since: datetime) -> UUID | None:
    """The visit of this client whose note this therapist signed last, where that was since then."""
    query = select(Signature.appointment_id).where(
        Signature.client_id.in_(same_person(client_id)),
        Signature.kind == "note",
        Signature.therapist_id == therapist_id,
        Signature.signed_at >= since,
    )
    return session.scalar(query.order_by(Signature.signed_at.desc(), Signature.number.desc()).limit(1))


def document_of(issue: PlanIssue) -> Any:
    """The frozen words and doses, as `operations` wrote them. What was sent before sentences had kinds has steps."""
    document = json.loads(issue.document or "{}")
    for step in document.get("steps", ()):
        step["how"] = [{"kind": "step", "words": one} if isinstance(one, str) else one for one in step["how"]]
    return document


def link_of(session: AnySession, plan_id: UUID) -> Link | None:
    """The link that opens this plan; None where it was revoked."""
    query = select(Link).where(Link.scope == "plan", Link.subject_id == plan_id, Link.revoked_at.is_(None))
    return session.scalar(query.order_by(Link.expires_at.desc(), Link.id).limit(1))


def logs_of(session: AnySession, plan_id: UUID, *, since: date) -> Sequence[PracticeLog]:
    """What was told from this day on, the latest first."""
    query = select(PracticeLog).where(PracticeLog.plan_id == plan_id, PracticeLog.told_on >= since)
    return session.scalars(query.order_by(PracticeLog.told_on.desc())).all()


def logs_of_client(session: AnySession, client_id: UUID, *, since: date) -> Sequence[PracticeLog]:
    """What a client told from this day on, of whichever plan they had; the latest first."""
    return session.scalars(LOGS_OF_CLIENT, {"client_id": client_id, "since": since}).all()


def log_on(session: AnySession, plan_id: UUID, day: date) -> PracticeLog | None:
    return session.scalar(select(PracticeLog).where(PracticeLog.plan_id == plan_id, PracticeLog.told_on == day))


def told_in(log: PracticeLog | None) -> Any:
    """`done`, `pain` and `numb` of one day."""
    return json.loads(log.answers or "{}") if log else dict(NOTHING_TOLD)


class Approval(NamedTuple):
    """Who read an exercise and stands by it, and when."""

    name: str
    at: datetime


def approval_of(session: AnySession, exercise: Exercise) -> Approval | None:
    """Who approved it last, in the words it has now; None where these were not read by anybody."""
    return approvals_of(session, [exercise]).get(exercise.id)


def approvals_of(session: AnySession, exercises: Iterable[Exercise]) -> Mapping[str, Approval]:
    """The same for many of them, by id, in one statement."""
    told = {(row.code, row.digest): Approval(row.name, row.approved_at) for row in session.execute(APPROVALS)}
    now = {one.id: told.get((one.id, digest(one))) for one in exercises}
    return {name: approval for name, approval in now.items() if approval}


# Built once: putting these together takes longer than the database takes to answer.
LOGS_OF_CLIENT = (
    select(PracticeLog)
    .join(StretchPlan)
    .where(
        StretchPlan.client_id.in_(same_person(bindparam("client_id", type_=Uuid()))),
        PracticeLog.told_on >= bindparam("since"),
    )
    .order_by(PracticeLog.told_on.desc(), PracticeLog.id)
)
APPROVALS = (
    select(ExerciseApproval.code, ExerciseApproval.digest, ExerciseApproval.approved_at, Account.name)
    .join(Account, Account.id == ExerciseApproval.approved_by_id)
    .order_by(ExerciseApproval.approved_at, ExerciseApproval.id)
)
LATEST_ISSUE = (
    select(PlanIssue)
    .join(StretchPlan)
    .options(contains_eager(PlanIssue.plan).joinedload(StretchPlan.client), joinedload(PlanIssue.therapist))
    .order_by(PlanIssue.number.desc())
    .limit(1)
)
LATEST_ISSUE_FOR = (
    LATEST_ISSUE.where(StretchPlan.client_id.in_(same_person(bindparam("client_id"))))
    .order_by(None)
    .order_by(PlanIssue.issued_at.desc(), PlanIssue.number.desc(), PlanIssue.id)
)
ISSUES_FOR = (
    select(PlanIssue)
    .join(StretchPlan)
    .where(StretchPlan.client_id.in_(same_person(bindparam("client_id", type_=Uuid()))))
    .order_by(PlanIssue.issued_at, PlanIssue.number, PlanIssue.id)
)
