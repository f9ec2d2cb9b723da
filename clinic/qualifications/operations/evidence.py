"""Papers of a credential, or of continuing education: kept as we drew them anew, and taken away. The caller commits."""

import base64
import hashlib
from datetime import datetime

from sqlalchemy import ColumnElement, select

from clinic.core import audit
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.core.pictures import Drawn
from clinic.people.operations import lock_therapist
from clinic.qualifications.models import ContinuingEducation, Credential, Evidence
from clinic.qualifications.operations.asking import ask_for_check

MOST_PAPERS = 6


def keep_evidence(
    session: AnySession, of: Credential | ContinuingEducation, paper: Drawn, *, now: datetime, by: Actor
) -> Evidence | None:
    """Seal a paper that `core.pictures.redrawn_paper` made (ask it before the transaction: it takes seconds).

    A credential waits to be checked again. The same paper twice is kept once. None where there are MOST_PAPERS already.
    """
    lock_therapist(session, of.therapist_id)
    session.refresh(of)
    digest = hashlib.sha256(paper.content).hexdigest()
    there = session.scalars(select(Evidence).where(_of(of))).all()
    if same := next((one for one in there if one.digest == digest), None):
        return same
    if len(there) >= MOST_PAPERS:
        return None
    kept = Evidence(
        credential_id=of.id if isinstance(of, Credential) else None,
        education_id=of.id if isinstance(of, ContinuingEducation) else None,
        media_type=paper.media_type,
        size=len(paper.content),
        digest=digest,
        content=base64.b64encode(paper.content).decode(),
        added_at=now,
        added_by=str(by),
    )
    session.add(kept)
    _changed(session, of, "evidence.added", kept, now=now, by=by)
    return kept


def remove_evidence(
    session: AnySession, of: Credential | ContinuingEducation, paper: Evidence, *, now: datetime, by: Actor
) -> None:
    """Take a paper of it away for good. A credential waits to be checked again."""
    lock_therapist(session, of.therapist_id)
    session.refresh(of)
    if session.scalar(select(Evidence.id).where(Evidence.id == paper.id)):  # not gone already, by another click
        session.delete(paper)
        _changed(session, of, "evidence.removed", paper, now=now, by=by)


def subject_of_paper(paper: Evidence) -> str:
    """As the trail names what a paper belongs to."""
    of = f"credential:{paper.credential_id}" if paper.credential_id else f"continuing_education:{paper.education_id}"
    return str(of)


def _of(of: Credential | ContinuingEducation) -> ColumnElement[bool]:
    return Evidence.credential_id == of.id if isinstance(of, Credential) else Evidence.education_id == of.id


def _changed(
    session: AnySession,
    of: Credential | ContinuingEducation,
    action: str,
    paper: Evidence,
    *,
    now: datetime,
    by: Actor,
) -> None:
    audit.record(session, action, subject_of_paper(paper), by=by, now=now, detail={"paper": str(paper.id)})
    of.changed_at = now
    if isinstance(of, Credential):
        of.revision += 1
        ask_for_check(session, of, now=now, by=by)
    session.flush()
