"""A time offered to somebody on the waiting list: take it or leave it, with one tap."""

from uuid import UUID

from flask import abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from clinic.booking import history, operations, wording
from clinic.booking.models import Offer
from clinic.booking.programme import Programme
from clinic.booking.queries import waiting
from clinic.booking.views.page import bp, programme_or_404
from clinic.core import clock
from clinic.core.access import holder_of
from clinic.core.audit import Actor
from clinic.core.db import db
from clinic.core.money import Money
from clinic.core.times import local
from clinic.intake import wording as safety


@bp.get("/offers/<token>")
@holder_of("offer")
def offer(subject_id: UUID, token: str) -> str:
    return _page(_load(subject_id), token)


@bp.post("/offers/<token>/acceptance")
@holder_of("offer")
def offer_acceptance(subject_id: UUID, token: str) -> tuple[str, int] | Response:
    """Book it. The appointment has a link of its own."""
    outcome = operations.accept(db.session, _load(subject_id), now=clock.now(), by=Actor.by_link(token))
    if outcome.refusals or outcome.link is None:
        db.session.rollback()
        return _page(_load(subject_id), token, message=wording.sentence(outcome.refusals[0])), 409
    appointment_token = outcome.link.token
    db.session.commit()
    return redirect(url_for("booking.appointment", token=appointment_token), 303)


@bp.post("/offers/<token>/refusal")
@holder_of("offer")
def offer_refusal(subject_id: UUID, token: str) -> Response:
    operations.decline(db.session, _load(subject_id), now=clock.now(), by=Actor.by_link(token))
    db.session.commit()
    return redirect(url_for("booking.offer", token=token), 303)


def _load(offer_id: UUID) -> Offer:
    return waiting.offer(db.session, offer_id) or abort(404)


def _price(known: Programme, found: Offer) -> Money | None:
    treatment = known.treatment_by_id(found.entry.treatment_id)
    length = treatment.length(found.entry.minutes) if treatment else None
    return length.price if length else None


def _page(found: Offer, token: str, *, message: str = "") -> str:
    known, now = programme_or_404(), clock.now()
    is_open = found.outcome is None and found.expires_at > now
    asked = is_open and found.entry.screening is not None
    location = known.location_at(found.therapist_id, found.starts_at)
    return render_template(
        "booking/offer.html",
        offer=found,
        token=token,
        message=message,
        at=local(found.starts_at, location.zone),
        until=local(found.expires_at, location.zone),
        where=wording.where(location, known.locations),
        is_open=is_open,
        treatment=found.entry.treatment,
        price=_price(known, found),
        asks=history.missed_words(db.session, found.entry.client_id, known.clinic, now),
        questions=safety.the_list(known.safety) if asked else [],
        numbers=safety.numbers(known.clinic.country),
    )
