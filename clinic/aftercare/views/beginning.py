"""Beginning a plan from a template, or from what was sent to the client before."""

from dataclasses import replace
from uuid import UUID

from flask import abort, redirect, request, url_for
from werkzeug.wrappers import Response

from clinic.aftercare import operations, queries, rules
from clinic.aftercare.catalogue import Catalogue
from clinic.aftercare.operations import Content, steps_in
from clinic.aftercare.plan_templates import plan_templates
from clinic.aftercare.rules import LeftOut, Step
from clinic.aftercare.versions import current
from clinic.aftercare.views.builder import Refused, save_typed
from clinic.aftercare.views.building import builder_page, kept_draft
from clinic.aftercare.views.page import bp, found_now, themselves
from clinic.booking.views.clients import their_client
from clinic.core import access, clock
from clinic.core.access import therapist
from clinic.core.db import db


@bp.post("/clients/<uuid:client_id>/plan/beginning")
@therapist
def beginning(client_id: UUID) -> Refused | str | Response:
    """Keep what is typed, then add the exercises that were chosen (`add_from`), or put them in place of those of the
    plan (`replace_with`). What is left out of them is told.
    """
    client = their_client(client_id)
    chosen = request.form.get("replace_with") or request.form.get("add_from") or abort(400)
    coming = _coming(client_id, chosen, current(db.session))
    if refused := save_typed(client):
        return refused
    left_out = _begin(client_id, coming, keeps="replace_with" not in request.form)
    db.session.commit()
    if not left_out:
        return redirect(url_for("aftercare.builder", client_id=client_id, _anchor="exercises"), 303)
    access.reading(f"client:{client_id}")
    return builder_page(client, kept_draft(queries.plan_of(db.session, client_id)), left_out=left_out)


def _coming(client_id: UUID, chosen: str, known: Catalogue) -> list[Step]:
    """The steps of a template by its id, or of an issue of this client's by its id."""
    if chosen in plan_templates():
        return plan_templates()[chosen].steps(known)
    issues = {str(one.id): one for one in queries.issues_for(db.session, client_id)}
    return steps_in(queries.document_of(issues[chosen]), known) if chosen in issues else abort(404)


def _begin(client_id: UUID, coming: list[Step], *, keeps: bool) -> list[LeftOut]:
    plan = queries.plan_of(db.session, client_id)
    assert plan is not None
    content, known = Content.read(plan.content or ""), current(db.session)
    kept = content.steps if keeps else ()
    steps, left_out = rules.begun(kept, coming, found_now(client_id), known)
    now, by = clock.now(), access.actor()
    content = replace(content, steps=tuple(rules.in_order(steps, known)))
    client, revision = their_client(client_id), plan.revision
    operations.save_plan(db.session, client, content, revision=revision, therapist=themselves(), now=now, by=by)
    return left_out
