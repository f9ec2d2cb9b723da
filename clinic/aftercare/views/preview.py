"""A plan in the making as its client will see it."""

import json
from uuid import UUID

from flask import redirect, url_for
from werkzeug.wrappers import Response

from clinic.aftercare import operations, queries
from clinic.aftercare.models import PlanIssue, StretchPlan
from clinic.aftercare.operations import Content
from clinic.aftercare.versions import current
from clinic.aftercare.views.page import bp, found_now, themselves
from clinic.aftercare.views.plan import plan_page
from clinic.booking.views.clients import their_client
from clinic.core import access, clock
from clinic.core.access import therapist
from clinic.core.db import db


@bp.get("/clients/<uuid:client_id>/plan/preview")
@therapist
def preview(client_id: UUID) -> str | Response:
    """From the draft as it was saved. Nothing is sent, nothing can be told on it, and no link is needed."""
    client, by = their_client(client_id), themselves()
    plan = queries.plan_of(db.session, client_id)
    if plan is None:
        return redirect(url_for("aftercare.builder", client_id=client_id), 303)
    access.reading(f"client:{client_id}")
    issue = _as_if_sent(plan)
    issue.therapist = by
    return plan_page(issue, "", template="aftercare/preview.html", client_id=client_id, client_name=client.name)


def _as_if_sent(plan: StretchPlan) -> PlanIssue:
    """The issue that sending would make; it is never put into the database."""
    content, known = Content.read(plan.content or ""), current(db.session)
    words = operations.document(content, found_now(plan.client.person.id), known)
    return PlanIssue(
        plan_id=plan.id,
        plan=plan,
        number=queries.issues_count(db.session, plan.id) + 1,
        issued_at=clock.now(),
        document=json.dumps(words, ensure_ascii=False),
    )
