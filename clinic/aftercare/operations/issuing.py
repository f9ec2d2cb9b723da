"""Sending a plan: frozen, behind its one link. The caller commits."""

import json
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select, update

from clinic.aftercare import queries, rules, versions
from clinic.aftercare.models import PlanIssue, StretchPlan
from clinic.aftercare.operations.check_ins import ask_at_review
from clinic.aftercare.operations.content import Content
from clinic.aftercare.operations.freezing import document
from clinic.aftercare.operations.overriding import keep_overrides, overrides_in
from clinic.core import audit
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.core.links import Link
from clinic.core.refusals import Refusal
from clinic.intake.safety_lists import current
from clinic.messages.operations import queue
from clinic.notes.queries.findings import findings_of, found_in, told_since, with_told
from clinic.people.models import Therapist
from clinic.people.queries import same_person

LINK_LASTS = timedelta(days=365)


def issue_plan(
    session: AnySession, plan: StretchPlan, *, therapist: Therapist, now: datetime, by: Actor
) -> list[Refusal]:
    """Freeze the plan as it stands, and mail its link. Refused where `rules` finds a reason in what was found last."""
    session.refresh(plan, with_for_update=True)
    known, content = versions.current(session), Content.read(plan.content or "")
    client_id, safety = plan.client.person.id, current(session)
    findings = findings_of(session, client_id)
    told = told_since(session, client_id, findings, safety, on=now.date())
    found = with_told(found_in(findings), told)
    if refused := rules.refusals(content.steps, found, known):
        return refused
    issue = PlanIssue(
        plan_id=plan.id,
        number=queries.issues_count(session, plan.id) + 1,
        therapist_id=therapist.id,
        issued_at=now,
        document=json.dumps(document(content, found, known), ensure_ascii=False, sort_keys=True),
    )
    session.add(issue)
    over = overrides_in(content, found, known)
    keep_overrides(session, plan.id, over, therapist_id=therapist.id, now=now, by=by)
    _keep_link(session, plan.id, now)
    audit.record(session, "plan.issued", f"plan_issue:{issue.id}", by=by, now=now)
    queue(session, "plan_issued", issue.id, due_at=now)
    session.flush()
    ask_at_review(session, issue, client_id, content.review_on, now=now)
    return []


def revoke_link(session: AnySession, plan: StretchPlan, *, now: datetime, by: Actor) -> None:
    """The plan's link opens nothing from now on, nor does that of another plan of the same person, where two came
    together in one client. The next issue makes another.
    """
    theirs = select(StretchPlan.id).where(StretchPlan.client_id.in_(same_person(plan.client.person.id)))
    live = update(Link).where(Link.scope == "plan", Link.subject_id.in_(theirs), Link.revoked_at.is_(None))
    session.execute(live.values(revoked_at=now).execution_options(synchronize_session=False))
    audit.record(session, "plan.link_revoked", f"plan:{plan.id}", by=by, now=now)


def _keep_link(session: AnySession, plan_id: UUID, now: datetime) -> None:
    """The plan's one link, good for another year; a new one only where there is none that opens."""
    link = queries.link_of(session, plan_id)
    if link is None:
        link = Link(scope="plan", subject_id=plan_id)
        session.add(link)
    link.expires_at = now + LINK_LASTS
