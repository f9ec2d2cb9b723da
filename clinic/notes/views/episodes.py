"""What a client comes for is closed, and opened again; both from their record."""

from uuid import UUID

from flask import abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from clinic.booking.views.clients import their_client
from clinic.core import access, clock
from clinic.core.access import therapist
from clinic.core.db import db
from clinic.notes import wording
from clinic.notes.forms.closing import ClosingForm
from clinic.notes.models import Episode
from clinic.notes.operations.episodes import close_episode, reopen_episode
from clinic.notes.queries.episodes import episode_of, trouble_in
from clinic.notes.views.page import bp
from clinic.people.models import Client


@bp.get("/clients/<uuid:client_id>/episodes/<uuid:episode_id>/closing")
@therapist
def closing(client_id: UUID, episode_id: UUID) -> str:
    """The three questions; with what was said last where it was closed before."""
    client, episode = _theirs(client_id, episode_id)
    access.reading(f"client:{client.id}")
    return _page(client, episode, ClosingForm(formdata=None, data=dict(trouble_in(episode).closing)))


@bp.post("/clients/<uuid:client_id>/episodes/<uuid:episode_id>/closing")
@therapist
def closing_submit(client_id: UUID, episode_id: UUID) -> tuple[str, int] | Response:
    client, episode = _theirs(client_id, episode_id)
    form = ClosingForm()
    if not form.validate():
        access.reading(f"client:{client.id}")
        return _page(client, episode, form), 422
    close_episode(db.session, episode, form.closing(), now=clock.now(), by=access.actor())
    db.session.commit()
    return redirect(url_for("today.client", client_id=client.id, _anchor="episodes"), 303)


@bp.post("/clients/<uuid:client_id>/episodes/<uuid:episode_id>/reopening")
@therapist
def reopening(client_id: UUID, episode_id: UUID) -> Response:
    client, episode = _theirs(client_id, episode_id)
    reopen_episode(db.session, episode, now=clock.now(), by=access.actor())
    db.session.commit()
    return redirect(url_for("today.client", client_id=client.id, _anchor="episodes"), 303)


def _theirs(client_id: UUID, episode_id: UUID) -> tuple[Client, Episode]:
    client = their_client(client_id)
    return client, episode_of(db.session, client.id, episode_id) or abort(404)


def _page(client: Client, episode: Episode, form: ClosingForm) -> str:
    words = wording.episodes.in_short(trouble_in(episode))
    return render_template("notes/closing.html", client=client, words=words, form=form, has_errors=bool(form.errors))
