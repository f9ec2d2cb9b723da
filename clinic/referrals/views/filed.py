"""A letter that is filed: the client's consent to it, taking that back, and letting it go."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from clinic.booking.views.page import programme_or_404
from clinic.core import access, clock
from clinic.core.access import therapist
from clinic.core.db import db
from clinic.core.refusals import Refusal
from clinic.core.times import local
from clinic.people.queries import names_of
from clinic.referrals import operations, queries, wording
from clinic.referrals.forms import ConsentForm
from clinic.referrals.models import Letter
from clinic.referrals.rules import Consent
from clinic.referrals.views.page import bp, own_letter_or_404, themselves, today_here

Answer = tuple[str, int] | Response


@bp.post("/letters/<uuid:letter_id>/consent")
@therapist
def letter_consent(letter_id: UUID) -> Answer:
    """Write down that the client agreed that this letter goes."""
    found, form = own_letter_or_404(letter_id), ConsentForm(today=today_here())
    if not form.validate():
        access.reading(f"client:{found.client_id}")
        return filed_page(found, form), 422
    now, by_id = clock.now(), access.signed_in().id
    consent = Consent(
        who=form.who.data,
        way=form.way.data,
        on=form.on.data.isoformat(),
        to=form.to.data,
        recorded_at=now.isoformat(),
        recorded_by=by_id,
    )
    return _done(
        found,
        operations.keep_consent(db.session, found, consent, now=now, by=access.actor()),
        _("Kept. It may go now."),
    )


@bp.post("/letters/<uuid:letter_id>/consent/withdrawal")
@therapist
def letter_consent_withdrawal(letter_id: UUID) -> Answer:
    found = own_letter_or_404(letter_id)
    refused = operations.withdraw_consent(db.session, found, now=clock.now(), by=access.actor())
    return _done(found, refused, _("Taken back. The letter stays here."))


@bp.post("/letters/<uuid:letter_id>/release")
@therapist
def letter_release(letter_id: UUID) -> Answer:
    """From now on the paper may be handed over, or sent by the clinic's own post. Nothing is mailed from here."""
    found = own_letter_or_404(letter_id)
    refused = operations.release(db.session, found, now=clock.now(), by=access.actor())
    return _done(found, refused, _("Released. Download it, then hand it over or post it."))


def filed_page(found: Letter, form: ConsentForm | None = None) -> str:
    """What it says, as it was filed, and how far it has come."""
    written = queries.written(found)
    asked_for = written.printed["to"][0] if written.printed.get("to") else ""
    told = {"who": found.client.name, "on": today_here(), "to": wording.agreed_to(asked_for)}
    shown = form or ConsentForm(formdata=None, data=told, today=today_here())
    actors = [f"account:{one.recorded_by}" for one in written.consents]
    more: dict[str, Any] = {"names": names_of(db.session, actors), "local": local}
    return render_template(
        "referrals/filed.html",
        letter=found,
        printed=written.printed,
        consents=written.consents,
        consent=written.consent,
        ways=wording.WAYS,
        form=shown,
        has_errors=bool(shown.errors),
        own=found.therapist_id == themselves().id,
        zone=programme_or_404().location.zone,
        **more,
    )


def _done(found: Letter, refused: list[Refusal], words: str) -> Response:
    letter_id = found.id
    db.session.rollback() if refused else db.session.commit()
    flash(wording.sentence(refused[0]) if refused else words)
    return redirect(url_for("referrals.letter", letter_id=letter_id), 303)
