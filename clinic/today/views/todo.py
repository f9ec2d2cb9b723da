"""Asking somebody of the staff to do something about a client."""

from datetime import timedelta
from uuid import UUID

from flask import abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from clinic.booking import queries as booking
from clinic.booking.views.page import programme_or_404
from clinic.core import access, clock
from clinic.core.access import staff
from clinic.core.db import db
from clinic.core.times import local
from clinic.people.models import Client
from clinic.today import queries
from clinic.today.forms import TodoForm
from clinic.today.views.page import bp
from clinic.work import operations

SOON = timedelta(hours=2)


@bp.get("/clients/<uuid:client_id>/work")
@staff
def todo(client_id: UUID) -> str:
    """Begins with oneself, and two hours from now."""
    client = _client(client_id)
    due = local(clock.now() + SOON, programme_or_404().location.zone)
    hour = due.replace(minute=0, second=0, microsecond=0)
    told = {"owner": access.signed_in().id, "day": hour.date(), "time": hour.time()}
    return render_template("today/todo.html", client=client, form=_form(formdata=None, data=told))


@bp.post("/clients/<uuid:client_id>/work")
@staff
def todo_submit(client_id: UUID) -> Response | tuple[str, int]:
    client, form = _client(client_id), _form()
    if not form.validate():
        return render_template("today/todo.html", client=client, form=form, has_errors=True), 422
    operations.ask(
        db.session,
        form.task.data,
        f"client:{client.id}",
        form.owner.data,
        due_at=form.due_at,
        now=clock.now(),
        by=access.actor(),
    )
    db.session.commit()
    return redirect(url_for("today.work"), 303)


def _client(client_id: UUID) -> Client:
    return booking.visible_client(db.session, client_id, access.signed_in()) or abort(404)


def _form(**known: object) -> TodoForm:
    owners = {one.id: one.name for one in queries.staff_at_work(db.session)}
    return TodoForm(owners=owners, zone=programme_or_404().location.zone, now=clock.now(), **known)
