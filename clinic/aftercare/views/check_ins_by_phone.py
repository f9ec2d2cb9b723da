"""How a client is, told by phone and taken down by the therapist."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from clinic.aftercare import wording
from clinic.aftercare.forms.check_ins import CheckInForm
from clinic.aftercare.models import CheckIn
from clinic.aftercare.operations import answering
from clinic.aftercare.rules.check_ins import needs_help
from clinic.aftercare.views.check_ins import asked_about
from clinic.aftercare.views.page import bp, themselves
from clinic.booking.views.clients import their_client
from clinic.booking.views.page import programme_or_404
from clinic.core import access, clock
from clinic.core.access import therapist
from clinic.core.db import db
from clinic.intake.wording import numbers
from clinic.people.models import Client

Answer = str | tuple[str, int] | Response


@bp.get("/clients/<uuid:client_id>/check-in")
@therapist
def check_in_aloud(client_id: UUID) -> str:
    """Read aloud, what they were asked and have not answered; nothing of what they told before is shown."""
    client = their_client(client_id)
    row = _row(client)
    return _page(client, row, CheckInForm(row.kind, formdata=None))


@bp.post("/clients/<uuid:client_id>/check-in")
@therapist
def check_in_aloud_submit(client_id: UUID) -> Answer:
    client = their_client(client_id)
    row = _row(client)
    form = CheckInForm(row.kind)
    if not form.is_flagged and not form.validate():
        return _page(client, row, form), 422
    told = form.told()
    answering.take_down(db.session, row, told, now=clock.now(), by=access.actor())
    db.session.commit()
    if needs_help(told):
        return redirect(url_for("aftercare.help_aloud", client_id=client_id), 303)
    flash(_("Kept. It stands on the record."))
    return redirect(url_for("today.client", client_id=client_id, _anchor="plan"), 303)


@bp.get("/clients/<uuid:client_id>/check-in/help")
@therapist
def help_aloud(client_id: UUID) -> str:
    """What to tell a client at once who has just told of a red flag."""
    client = their_client(client_id)
    country = programme_or_404().clinic.country
    where = numbers(country)
    return render_template("aftercare/check_in_aloud_help.html", client=client, words=wording, numbers=where)


def _row(client: Client) -> CheckIn:
    return answering.to_take_down(db.session, client.id, themselves(), now=clock.now())


def _page(client: Client, row: CheckIn, form: CheckInForm) -> str:
    return render_template(
        "aftercare/check_in_aloud.html",
        client=client,
        form=form,
        action=url_for("aftercare.check_in_aloud", client_id=client.id),
        words=wording,
        has_errors=bool(form.errors),
        numbers=numbers(programme_or_404().clinic.country),
        **asked_about(row),
    )
