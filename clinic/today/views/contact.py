"""Changing where a client is reached, and the desk's note about them."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from clinic.booking.views.clients import their_client
from clinic.booking.views.page import programme_or_404
from clinic.core import access, clock
from clinic.core.access import staff
from clinic.core.db import db
from clinic.people.models import Client
from clinic.people.operations import change_contact, change_desk_note
from clinic.today.forms import ClientForm
from clinic.today.views.page import bp


@bp.get("/clients/<uuid:client_id>/contact")
@staff
def contact(client_id: UUID) -> str:
    client = their_client(client_id)
    return _page(client, ClientForm(formdata=None, country=_country(), obj=client))


@bp.post("/clients/<uuid:client_id>/contact")
@staff
def contact_submit(client_id: UUID) -> tuple[str, int] | Response:
    client, form = their_client(client_id), ClientForm(country=_country())
    if not form.validate():
        return _page(client, form, has_errors=True), 422
    now, by = clock.now(), access.actor()
    typed = {"name": form.name.data, "phone": form.phone.data or "", "email": form.email.data or ""}
    change_contact(db.session, client, **typed, now=now, by=by)
    change_desk_note(db.session, client, form.desk_note.data or "", now=now, by=by)
    db.session.commit()
    flash(_("Saved."))
    return redirect(url_for("today.client", client_id=client_id), 303)


def _page(client: Client, form: ClientForm, *, has_errors: bool = False) -> str:
    return render_template("today/contact.html", client=client, form=form, has_errors=has_errors)


def _country() -> str:
    return programme_or_404().clinic.country
