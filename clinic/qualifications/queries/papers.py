"""Papers of the register. What is in one is read only where it is handed out."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select

from clinic.core.db import AnySession
from clinic.qualifications.models import ContinuingEducation, Credential, Evidence


def papers_of(session: AnySession, credential_ids: Collection[int]) -> dict[int | None, list[Evidence]]:
    """The papers of each of these credentials, the first added first. One statement."""
    found: dict[int | None, list[Evidence]] = defaultdict(list)
    query = select(Evidence).where(Evidence.credential_id.in_(credential_ids)).order_by(Evidence.added_at, Evidence.id)
    for one in session.scalars(query):
        found[one.credential_id].append(one)
    return found


def certificates_of(session: AnySession, education_ids: Collection[UUID]) -> dict[UUID | None, list[Evidence]]:
    """The same of activities of continuing education."""
    found: dict[UUID | None, list[Evidence]] = defaultdict(list)
    query = select(Evidence).where(Evidence.education_id.in_(education_ids)).order_by(Evidence.added_at, Evidence.id)
    for one in session.scalars(query):
        found[one.education_id].append(one)
    return found


def evidence_of(session: AnySession, credential_id: int, evidence_id: UUID) -> Evidence | None:
    """This paper, if it is one of this credential: for whoever may see the credential."""
    query = select(Evidence).where(Evidence.id == evidence_id, Evidence.credential_id == credential_id)
    return session.scalar(query)


def paper_belongs_to(session: AnySession, paper: Evidence) -> Credential | ContinuingEducation:
    """What it is the evidence of."""
    of: Credential | ContinuingEducation | None = (
        session.get(Credential, paper.credential_id)
        if paper.credential_id
        else session.get(ContinuingEducation, paper.education_id)
    )
    assert of is not None  # the database keeps it so
    return of
