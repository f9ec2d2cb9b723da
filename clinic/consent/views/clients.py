"""What a client signed, for the staff: reception sees whether it is there; the therapist sees what it is, and signs it
together with them in the room.
"""

from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from clinic.booking import queries as booking
from clinic.booking.models import Appointment
from clinic.booking.views.clients import their_client
from clinic.booking.views.page import programme_or_404
from clinic.consent import operations, queries, wording
from clinic.consent.forms import SigningTogetherForm
from clinic.consent.models import Consent
from clinic.consent.views.page import Paper, blank, bp, paper_for, papers_of, signed_facts, under_18
from clinic.core import access, clock
from clinic.core.access import staff, therapist
from clinic.core.db import db
from clinic.core.times import local
from clinic.people.models import Client
from clinic.places.privacy import privacy_digest, privacy_words


@bp.get("/clients/<uuid:client_id>/consents")
@staff
def consents(client_id: UUID) -> str:
    """How consent stands for what is to come. All that was signed, for the therapists who treat them."""
    client, clinical = their_client(client_id), access.signed_in().role == "therapist"
    if clinical:
        access.reading(f"client:{client_id}")
    known, now = programme_or_404(), clock.now()
    to_come = queries.visits_of(db.session, client_id, now)
    signed = queries.consents_of(db.session, client_id)
    return render_template(
        "consent/client.html",
        client=client,
        clinical=clinical,
        visits=[(one, local(one.starts_at, known.location.zone)) for one in to_come],
        states=queries.states_by_treatment(db.session, to_come),
        state_words=wording.to_therapist if clinical else wording.to_desk,
        signed=signed if clinical else [],
        to_take_back=_to_take_back(signed),
        treatments=queries.treatments_of(db.session, {one.text.treatment_id for one in signed}),
        account=access.signed_in(),
        local=local,
        zone=known.location.zone,
        **_privacy(client),
    )


@bp.post("/clients/<uuid:client_id>/consents/withdrawal")
@staff
def consents_withdrawal(client_id: UUID) -> Response:
    """They said so, in the room or on the phone; it holds at once."""
    client, treatment_id = their_client(client_id), request.form.get("treatment", type=int) or 0
    by, now = access.actor(), clock.now()
    if operations.withdraw(db.session, client, treatment_id, now=now, by=by):
        flash(_("The consent is taken back. Whoever is to treat them is asked to speak with them first."))
    db.session.commit()
    return redirect(url_for("consent.consents", client_id=client_id), 303)


@bp.get("/clients/<uuid:client_id>/consents/new")
@therapist
def consent_new(client_id: UUID) -> str:
    """The next text of a visit to sign together with the client, who reads it on this screen."""
    appointment = _visit(client_id, request.args.get("appointment", ""))
    papers = papers_of(appointment)
    paper = next((one for one in papers if one.to_sign), papers[0])
    return _page(appointment, paper, blank(SigningTogetherForm, paper, appointment=str(appointment.id)))


@bp.post("/clients/<uuid:client_id>/consents")
@therapist
def consent_making(client_id: UUID) -> Response | tuple[str, int]:
    form = SigningTogetherForm()
    appointment = _visit(client_id, form.appointment.data or "")
    paper = paper_for(papers_of(appointment), form.treatment.data)
    if appointment.cancellation or not form.validate():
        return _page(appointment, paper, form), 422
    signature, minor = form.signature(place="clinic", witness=form.witness.data or ""), under_18(appointment)
    by, now = access.actor(), clock.now()
    signed = operations.sign(db.session, appointment, paper.treatment, signature, under_18=minor, now=now, by=by)
    if not isinstance(signed, Consent):
        form.form_errors.extend(wording.sentence(one) for one in signed)
        form.digest.process(None, paper.words.digest)
        return _page(appointment, paper, form), 409
    flash(_("Signed."))
    db.session.commit()
    if appointment.starts_at <= now:
        return redirect(url_for("notes.note", note_id=appointment.id), 303)
    return redirect(url_for("consent.consents", client_id=client_id), 303)


@bp.get("/clients/<uuid:client_id>/consents/<uuid:consent_id>")
@therapist
def consent_signed(client_id: UUID, consent_id: UUID) -> str:
    """One that was signed, as it was signed."""
    client = their_client(client_id)
    found = queries.consent_of(db.session, client_id, consent_id) or abort(404)
    access.reading(f"client:{client_id}")
    return render_template("consent/one.html", client=client, **signed_facts(found))


def _visit(client_id: UUID, text: str) -> Appointment:
    """An appointment of this client with this therapist."""
    client = their_client(client_id)
    try:
        found = booking.appointment_of_staff(db.session, UUID(text), access.signed_in())
    except ValueError:
        abort(404)
    return found if found and found.client.person is client else abort(404)


def _page(appointment: Appointment, paper: Paper, form: SigningTogetherForm) -> str:
    zone = programme_or_404().location_of(appointment).zone
    return render_template(
        "consent/together.html",
        appointment=appointment,
        at=local(appointment.starts_at, zone),
        paper=paper,
        form=form,
        has_errors=bool(form.errors or form.form_errors),
        elements=wording.ELEMENTS,
        state_words=wording.to_therapist,
    )


def _to_take_back(signed: Any) -> set[int]:
    """The treatments whose consent stands."""
    return {one.text.treatment_id for one in signed if one.withdrawal is None}


def _privacy(client: Client) -> dict[str, Any]:
    """Which version of the privacy notice they accepted when, and whether they want news."""
    accepted = queries.acceptances_of(db.session, client.id)
    words = privacy_words(programme_or_404().clinic)
    return {
        "accepted": accepted,
        "accepted_now": any(digest == privacy_digest(words) for _at, digest in accepted),
        "wants_news": queries.wants_news(db.session, client.id),
    }
