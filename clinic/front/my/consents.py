"""What they agreed to, taking it back, and whether they want news by mail."""

from uuid import UUID

from flask import abort, redirect, request, url_for
from werkzeug.wrappers import Response

from clinic.booking.views.page import programme_or_404
from clinic.consent import operations, wording
from clinic.consent import queries as consent
from clinic.consent.forms import NewsForm
from clinic.consent.rules import VALID
from clinic.consent.views.page import signed_facts
from clinic.core import access, clock
from clinic.core.access import client_by_password
from clinic.core.db import db
from clinic.core.times import local
from clinic.front.my import queries
from clinic.front.my.page import bp, mine, my_page


@bp.get("/my/consents")
@client_by_password
def consents() -> str:
    """What they signed, and what a visit to come still asks for, which is signed by that visit's own link."""
    client_id, now, zone = mine().client_id, clock.now(), programme_or_404().location.zone
    signed, to_come = consent.consents_of(db.session, client_id), consent.visits_of(db.session, client_id, now)
    states = consent.consent_states(db.session, to_come)
    tokens = queries.tokens_of(db.session, [one.id for one in to_come], now)
    asked = [one for one in to_come if states[one.id] != VALID and one.id in tokens]
    return my_page(
        "consents",
        asked=[(one, local(one.starts_at, zone), tokens[one.id]) for one in asked],
        signed=[(one, local(one.signed_at, zone)) for one in signed],
        treatments=consent.treatments_of(db.session, {one.text.treatment_id for one in signed}),
        standing={one.text.treatment_id for one in signed if one.withdrawal is None},
        news=NewsForm(formdata=None, data={"news": consent.wants_news(db.session, client_id)}),
        saved="saved" in request.args,
        elements=wording.ELEMENTS,
    )


@bp.get("/my/consents/<uuid:consent_id>")
@client_by_password
def consent_signed(consent_id: UUID) -> str:
    """One of them, to read and to print."""
    found = consent.consent_of(db.session, mine().client_id, consent_id) or abort(404)
    return my_page("consent", **signed_facts(found))


@bp.post("/my/consents/withdrawal")
@client_by_password
def consents_withdrawal() -> Response:
    treatment_id, by = request.form.get("treatment", type=int) or 0, access.actor()
    operations.withdraw(db.session, mine().client, treatment_id, now=clock.now(), by=by)
    db.session.commit()
    return redirect(url_for("my.consents"), 303)


@bp.post("/my/news")
@client_by_password
def news() -> Response:
    """Wanted, or not any more."""
    wanted, by = NewsForm().news.data, access.actor()
    operations.choose_news(db.session, mine().client_id, wanted=wanted, now=clock.now(), by=by)
    db.session.commit()
    return redirect(url_for("my.consents", saved="yes"), 303)
