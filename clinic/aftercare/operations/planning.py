"""A plan in the making. The caller commits."""

from datetime import datetime

from clinic.aftercare import queries
from clinic.aftercare.models import StretchPlan
from clinic.aftercare.operations.content import Content
from clinic.core import audit
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.core.refusals import Refusal
from clinic.people.models import Client, Therapist


def save_plan(
    session: AnySession,
    client: Client,
    content: Content,
    *,
    revision: int,
    therapist: Therapist,
    now: datetime,
    by: Actor,
) -> list[Refusal]:
    """Keep the plan in the making. `revision` is the one the page was made from: one that lags behind is refused."""
    plan = queries.plan_of(session, client.id, lock=True)
    if revision != (plan.revision if plan else 0):
        return [Refusal("plan_changed_meanwhile")]
    if plan is None:
        plan = StretchPlan(client_id=client.id, revision=0)
        session.add(plan)
    plan.content, plan.therapist_id, plan.saved_at = content.text(), therapist.id, now
    plan.revision += 1
    audit.record(session, "plan.saved", f"client:{client.id}", by=by, now=now)
    session.flush()
    return []
