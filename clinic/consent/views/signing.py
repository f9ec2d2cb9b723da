"""Reading, signing and taking back by the link of an appointment. What was signed is shown as the answer to signing it,
and on no page that the link opens later.
"""

from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from clinic.booking.models import Appointment
from clinic.booking.views.page import appointment_or_404, programme_or_404
from clinic.consent import operations, wording
from clinic.consent.forms import NewsForm, SigningForm
from clinic.consent.models import Consent
from clinic.consent.queries import wants_news
from clinic.consent.views.page import blank, bp, paper_for, papers_of, signed_facts, under_18
from clinic.core import clock, tablet
from clinic.core.access import holder_of
from clinic.core.audit import Actor
from clinic.core.db import db
from clinic.core.times import local


@bp.get("/appointments/<token>/consent")
@holder_of("appointment")
def consent(subject_id: UUID, token: str) -> str:
    """How the consents to this visit stand, and the next one to sign."""
    return _page(appointment_or_404(subject_id), token)


@bp.post("/appointments/<token>/consent")
@holder_of("appointment")
def consent_submit(subject_id: UUID, token: str) -> str | tuple[str, int]:
    """The answer is what was signed, to read and to print."""
    appointment, form, now = appointment_or_404(subject_id), SigningForm(), clock.now()
    paper = paper_for(papers_of(appointment), form.treatment.data)
    if appointment.cancellation or not form.validate():
        return _page(appointment, token, form), 422
    signature, minor = form.signature(place="clinic" if tablet.lock() else "online"), under_18(appointment)
    signed = operations.sign(
        db.session, appointment, paper.treatment, signature, under_18=minor, now=now, by=Actor.by_link(token)
    )
    if not isinstance(signed, Consent):
        form.form_errors.extend(wording.sentence(one) for one in signed)
        return _page(appointment, token, form), 409
    db.session.commit()
    left = any(one.to_sign for one in papers_of(appointment))
    offers = not wants_news(db.session, appointment.client_id) and appointment.client.email
    news = NewsForm(formdata=None) if offers else None
    return render_template("consent/signed.html", token=token, left=left, news=news, **signed_facts(signed))


@bp.post("/appointments/<token>/consent/withdrawal")
@holder_of("appointment")
def consent_withdrawal(subject_id: UUID, token: str) -> Response:
    appointment = appointment_or_404(subject_id)
    treatment = paper_for(papers_of(appointment), request.form.get("treatment", type=int)).treatment
    operations.withdraw(db.session, appointment.client, treatment.id, now=clock.now(), by=Actor.by_link(token))
    db.session.commit()
    return redirect(url_for("consent.consent", token=token), 303)


@bp.post("/appointments/<token>/news")
@holder_of("appointment")
def news(subject_id: UUID, token: str) -> Response:
    """Only to ask for news: by the link nobody learns whether they are sent already."""
    appointment, form = appointment_or_404(subject_id), NewsForm()
    if form.news.data:
        operations.choose_news(db.session, appointment.client_id, wanted=True, now=clock.now(), by=Actor.by_link(token))
        db.session.commit()
    return redirect(url_for("booking.appointment", token=token), 303)


def _page(appointment: Appointment, token: str, form: SigningForm | None = None) -> str:
    papers = papers_of(appointment)
    asked = form.treatment.data if form else request.args.get("treatment", type=int)
    paper = next((one for one in papers if one.treatment.id == asked), None)
    paper = paper or next((one for one in papers if one.to_sign), None)
    zone = programme_or_404().location_of(appointment).zone
    if form and paper:
        form.digest.process(None, paper.words.digest)  # what is shown now is what the next press signs
    return render_template(
        "consent/sign.html",
        appointment=appointment,
        token=token,
        at=local(appointment.starts_at, zone),
        papers=papers,
        paper=paper,
        form=form or (blank(SigningForm, paper) if paper else None),
        has_errors=form is not None,
        **_words(),
    )


def _words() -> dict[str, Any]:
    return {"elements": wording.ELEMENTS, "to_client": wording.TO_CLIENT}
