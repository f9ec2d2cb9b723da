"""Plans, what was sent of them, and their links."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, bindparam, func, select
from sqlalchemy.orm import contains_eager, joinedload

from clinic.aftercare.models import PlanIssue, StretchPlan
from clinic.core.db import AnySession
from clinic.core.links import Link
from clinic.notes.models import Signature
from clinic.people.queries import same_person


def plan_of(session: AnySession, client_id: UUID, *, lock: bool = False) -> StretchPlan | None:
    """The plan in the making; of two that came together in one client the one worked on last."""
    query = select(StretchPlan).where(StretchPlan.client_id.in_(same_person(client_id)))
    query = query.order_by(StretchPlan.saved_at.desc(), StretchPlan.id).limit(1)
    if lock:  # what was read before may have changed by the time it is ours
        query = query.with_for_update().execution_options(populate_existing=True)
    return session.scalar(query)


def issues_count(session: AnySession, plan_id: UUID) -> int:
    return session.scalar(select(func.count()).where(PlanIssue.plan_id == plan_id)) or 0


def issue_numbered(session: AnySession, plan_id: UUID, number: int) -> PlanIssue | None:
    return session.scalar(select(PlanIssue).where(PlanIssue.plan_id == plan_id, PlanIssue.number == number))


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


def asking_year(session: AnySession, link_id: UUID) -> StretchPlan | None:
    """The plan behind this link; None where no year of birth is asked before it is shown."""
    return session.scalar(ASKING_YEAR, {"link_id": link_id})


ASKING_YEAR = (
    select(StretchPlan)
    .join(Link, Link.subject_id == StretchPlan.id)
    .where(Link.id == bindparam("link_id"), Link.scope == "plan", StretchPlan.year_of_birth_sealed.is_not(None))
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
