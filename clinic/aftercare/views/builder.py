"""A plan in the making: opened, saved, sent, and its link stopped."""

from datetime import timedelta
from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from clinic.aftercare import operations, queries, wording
from clinic.aftercare.forms import AddingForm
from clinic.aftercare.views.building import builder_page, kept_draft, length_of, typed
from clinic.aftercare.views.page import bp, themselves
from clinic.booking.views.clients import their_client
from clinic.core import access, clock
from clinic.core.access import therapist
from clinic.core.db import db
from clinic.people.models import Client

WITH_AN_EXERCISE = ("add", "earlier", "later", "moved")  # buttons; the last is a drag
JUST_NOW = timedelta(hours=6)
Refused = tuple[str, int]


@bp.get("/clients/<uuid:client_id>/plan")
@therapist
def builder(client_id: UUID) -> str:
    themselves()
    client = their_client(client_id)
    access.reading(f"client:{client_id}")
    return builder_page(client, kept_draft(queries.plan_of(db.session, client_id)))


@bp.post("/clients/<uuid:client_id>/plan")
@therapist
def builder_submit(client_id: UUID) -> str | Refused | Response:
    """Keep what is typed, with one exercise more, less or elsewhere where that was asked for, or go on to the library;
    or look for exercises to add, which keeps nothing yet.
    """
    if "find" in request.form or ("enter" in request.form and AddingForm().words.data):
        return _found(client_id)
    if refused := save_typed(their_client(client_id)):
        return refused
    db.session.commit()
    if request.form.get("look") == "preview":
        return redirect(url_for("aftercare.preview", client_id=client_id), 303)
    if "look" in request.form:
        return redirect(url_for("aftercare.client_exercises", client_id=client_id), 303)
    return redirect(url_for("aftercare.builder", client_id=client_id, _anchor=_place()), 303)


def _found(client_id: UUID) -> str:
    themselves()
    client = their_client(client_id)
    access.reading(f"client:{client_id}")
    return builder_page(client, typed(queries.plan_of(db.session, client_id)))


def _place() -> str | None:
    """Where on the page something was done."""
    if "remove" in request.form:
        return "exercises"
    return next((one for name in WITH_AN_EXERCISE if (one := request.form.get(name))), None)


@bp.post("/clients/<uuid:client_id>/plan/length")
@therapist
def plan_length(client_id: UUID) -> str:
    """How long the plan takes as it is typed. Nothing is kept, and nothing of the client is read."""
    themselves()
    their_client(client_id)
    draft = typed(None)
    draft.validate()
    return render_template("aftercare/_building_length.html", words=wording, **length_of(draft))


@bp.post("/clients/<uuid:client_id>/plan/issue")
@therapist
def issue(client_id: UUID) -> Refused | Response:
    """Keep what is typed, and send it; where it may not be sent it is kept all the same."""
    client = their_client(client_id)
    if refused := save_typed(client):
        return refused
    plan = queries.plan_of(db.session, client_id)
    assert plan is not None
    refusals = operations.issue_plan(db.session, plan, therapist=themselves(), now=clock.now(), by=access.actor())
    db.session.commit()
    if refusals:
        access.reading(f"client:{client_id}")
        return builder_page(client, kept_draft(plan), refusals=refusals), 422
    return redirect(_back_to(client_id), 303)


def _back_to(client_id: UUID) -> str:
    """Where a sent plan leads: to the visit whose note was signed just now, for the rest of what it asks; else to the
    record.
    """
    since = clock.now() - JUST_NOW
    if note_id := queries.just_signed(db.session, client_id, themselves().id, since=since):
        return url_for("aftercare.afterwards", note_id=note_id)
    return url_for("today.client", client_id=client_id)


@bp.post("/clients/<uuid:client_id>/plan/link/revocation")
@therapist
def revoke_link(client_id: UUID) -> Response:
    themselves()
    their_client(client_id)
    plan = queries.plan_of(db.session, client_id) or abort(404)
    operations.revoke_link(db.session, plan, now=clock.now(), by=access.actor())
    db.session.commit()
    return redirect(url_for("aftercare.builder", client_id=client_id), 303)


def save_typed(client: Client) -> Refused | None:
    """The page again where something is typed wrong, or where the plan was changed elsewhere."""
    plan, by = queries.plan_of(db.session, client.id), themselves()
    draft = typed(plan)
    if not draft.validate():
        access.reading(f"client:{client.id}")
        return builder_page(client, draft), 422
    content, revision = draft.content(), draft.form.made_from()
    refusals = operations.save_plan(
        db.session, client, content, revision=revision, therapist=by, now=clock.now(), by=access.actor()
    )
    if refusals:
        access.reading(f"client:{client.id}")
        draft.form.revision.data = str(plan.revision if plan else 0)  # they have seen it now, and may save over it
        return builder_page(client, draft, refusals=refusals), 409
    return None
