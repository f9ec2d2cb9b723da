"""What a therapist asks before a plan: injury by muscle and side, and conditions."""

from dataclasses import replace
from uuid import UUID

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from clinic.aftercare.catalogue import catalogue
from clinic.aftercare.forms import FindingsForm
from clinic.aftercare.views.page import bp, themselves, today_here
from clinic.booking.views.clients import their_client
from clinic.booking.views.page import programme_or_404
from clinic.core import access, clock
from clinic.core.access import therapist
from clinic.core.db import db
from clinic.core.times import local
from clinic.notes.models import Findings
from clinic.notes.operations.findings import record_findings
from clinic.notes.queries.findings import findings_of, found_in, told_since
from clinic.notes.wording import SIDES


@bp.get("/clients/<uuid:client_id>/findings")
@therapist
def findings(client_id: UUID) -> str:
    """The questions, filled in with what was found last."""
    themselves()
    their_client(client_id)
    access.reading(f"client:{client_id}")
    last = findings_of(db.session, client_id)
    found, told = found_in(last), _told(client_id, last)
    proposed = replace(found, conditions=(found.conditions or frozenset()) | told) if told else found
    return _page(client_id, FindingsForm.showing(proposed))


@bp.post("/clients/<uuid:client_id>/findings")
@therapist
def findings_submit(client_id: UUID) -> tuple[str, int] | Response:
    asked_by, client, form = themselves(), their_client(client_id), FindingsForm()
    if not form.validate():
        access.reading(f"client:{client_id}")
        return _page(client_id, form, has_errors=True), 422
    record_findings(db.session, client, form.found(), therapist=asked_by, now=clock.now(), by=access.actor())
    db.session.commit()
    return redirect(url_for("aftercare.builder", client_id=client_id), 303)


def _told(client_id: UUID, last: Findings | None) -> frozenset[str]:
    """What follows from what the client told since: proposed, and for the therapist to confirm."""
    return told_since(db.session, client_id, last, programme_or_404().safety, on=today_here())


def _page(client_id: UUID, form: FindingsForm, *, has_errors: bool = False) -> str:
    last = findings_of(db.session, client_id)
    return render_template(
        "aftercare/findings.html",
        client=their_client(client_id),
        form=form,
        has_errors=has_errors,
        last=last,
        last_at=local(last.found_at, programme_or_404().location.zone) if last else None,
        muscles=catalogue().muscles,
        conditions=catalogue().conditions,
        told=_told(client_id, last),
        sides=SIDES,
    )
