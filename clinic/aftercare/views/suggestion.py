"""Taking what practice speaks for into the plan. It is sent only when the therapist sends it."""

from dataclasses import replace
from uuid import UUID

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from clinic.aftercare import operations, queries, rules
from clinic.aftercare.models import StretchPlan
from clinic.aftercare.operations import Content
from clinic.aftercare.queries.check_ins import all_sent
from clinic.aftercare.rules import Step, Suggestion
from clinic.aftercare.versions import current
from clinic.aftercare.views.builder import Refused, save_typed
from clinic.aftercare.views.building import kept_draft, practice
from clinic.aftercare.views.page import bp, found_now, themselves
from clinic.booking.views.clients import their_client
from clinic.core import access, clock
from clinic.core.access import therapist
from clinic.core.db import db


@bp.post("/clients/<uuid:client_id>/plan/suggestion")
@therapist
def suggestion(client_id: UUID) -> Refused | Response:
    """Keep what is typed, and put the suggestion (`take`) into the draft, where it still stands."""
    if refused := save_typed(their_client(client_id)):
        return refused
    plan = queries.plan_of(db.session, client_id)
    assert plan is not None
    draft = kept_draft(plan)
    now = practice(draft.versions(all_sent(db.session, client_id)), draft, found_now(client_id))
    one = next((one for one in now.suggestions if one.key == request.form.get("take")), None)
    if one:
        _take(client_id, plan, one)
    db.session.commit()
    anchor = one.step.exercise if one else None
    return redirect(url_for("aftercare.builder", client_id=client_id, _anchor=anchor), 303)


def _changed(step: Step, one: Suggestion) -> Step:
    """The exercise in its place; or its own step with another dose, and all else that was typed."""
    if one.step.exercise != step.exercise:
        return one.step
    return replace(step, sets=one.step.sets, reps=one.step.reps, hold_s=one.step.hold_s)


def _take(client_id: UUID, plan: StretchPlan, one: Suggestion) -> None:
    content = Content.read(plan.content or "")
    if one.kind == "phase":
        steps = [*content.steps, one.step]
    else:
        steps = [_changed(step, one) if step.exercise == one.exercise else step for step in content.steps]
    content = replace(content, steps=tuple(rules.in_order(steps, current(db.session))))
    client, by, now = their_client(client_id), access.actor(), clock.now()
    operations.save_plan(db.session, client, content, revision=plan.revision, therapist=themselves(), now=now, by=by)
