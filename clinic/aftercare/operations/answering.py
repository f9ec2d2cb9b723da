"""What clients answer when they are asked how they are, and that it is back. The caller commits."""

import json
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from clinic.aftercare.models import CheckIn, PlanIssue, StretchPlan
from clinic.aftercare.operations.telling import RING_AFTER, tell_therapist
from clinic.aftercare.queries import check_ins as queries
from clinic.aftercare.queries.plans import issue_for
from clinic.aftercare.rules.check_ins import LINK_LASTS, TOLD_BACK, HowTheyAre, answered_again, is_alarming
from clinic.aftercare.rules.practice import RING
from clinic.core import audit
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.people.models import Therapist
from clinic.places.models import Clinic
from clinic.work.models import WorkItem


def answer(session: AnySession, check_in_id: UUID, told: HowTheyAre, *, now: datetime, by: Actor) -> CheckIn:
    """Keep how they are; the last answer counts. What is alarming becomes a call for their therapist, unless it is the
    therapist who takes it down, and has them on the phone.
    """
    row = session.get_one(CheckIn, check_in_id, with_for_update=True, populate_existing=True)
    red_from = session.get_one(Clinic, 1).pain_red_from
    _keep(session, row, told, now=now, by=by)
    if is_alarming(told, red_from=red_from) and by != Actor("account", str(row.therapist.account_id)):
        _ring(session, row, RING_AFTER, now=now, by=by)
    return row


def to_take_down(session: AnySession, client_id: UUID, therapist: Therapist, *, now: datetime) -> CheckIn:
    """What a client tells by phone: what they were asked and have not answered; where there is none, something new
    about their plan, or about a visit where they have none. It is not in the session yet then.
    """
    asked = queries.open_check_in(session, client_id, now, since=now - LINK_LASTS)
    if asked:
        return asked
    issue = issue_for(session, client_id)
    whose, kind = (issue.therapist, "review") if issue else (therapist, "release")
    return CheckIn(client_id=client_id, kind=kind, issue=issue, therapist_id=whose.id, due_at=now)


def take_down(session: AnySession, row: CheckIn, told: HowTheyAre, *, now: datetime, by: Actor) -> CheckIn:
    """Keep what they told."""
    session.add(row)
    session.flush()
    return answer(session, row.id, told, now=now, by=by)


def tell_it_is_back(session: AnySession, issue: PlanIssue, told: HowTheyAre, *, now: datetime, by: Actor) -> CheckIn:
    """Their plan is calm from now on, until a newer version is sent, and its therapist rings. Twice is once."""
    session.scalar(select(StretchPlan.id).where(StretchPlan.id == issue.plan_id).with_for_update())
    row = queries.told_back(session, issue.id)
    if row is None:
        row = CheckIn(kind=TOLD_BACK, once=f"back/{issue.id}", due_at=now)
        row.client_id, row.issue_id, row.therapist_id = issue.plan.client.person.id, issue.id, issue.therapist_id
        session.add(row)
        session.flush()
    _keep(session, row, told, now=now, by=by)
    _ring(session, row, RING, now=now, by=by)
    return row


def _keep(session: AnySession, row: CheckIn, told: HowTheyAre, *, now: datetime, by: Actor) -> None:
    kept = answered_again(queries.how_they_are(row), told)
    row.answers, row.answered_at, row.answered_by = json.dumps(asdict(kept)), now, str(by)
    audit.record(session, "check_in.answered", f"check_in:{row.id}", by=by, now=now)
    session.flush()


def _ring(session: AnySession, row: CheckIn, task: str, *, now: datetime, by: Actor) -> None:
    """One call while it waits; once it was made, what is told after that asks for another."""
    call: WorkItem | None = row.call
    if call is None or call.done_at:
        row.call = tell_therapist(session, row.therapist, task, row.client_id, now=now, by=by)
        session.flush()
