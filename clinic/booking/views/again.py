"""The same again: choose a time, look once more, booked. By a link of a visit or a plan, or from an account."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from clinic.booking import history, wording
from clinic.booking.operations import Outcome, book
from clinic.booking.views.asked import again_choice
from clinic.booking.views.assessment import KNOWN_FOR, assessment_first
from clinic.booking.views.choice import Again, Choice
from clinic.booking.views.details import not_then
from clinic.booking.views.page import appointment_or_404, bp, programme_or_404
from clinic.booking.views.times import times_page
from clinic.booking.views.told import told_before
from clinic.booking.wishes import refusals_of
from clinic.core import clock
from clinic.core.access import holder_of
from clinic.core.audit import Actor
from clinic.core.db import db
from clinic.core.times import local
from clinic.core.visit import booking_key_is_ours, new_booking_key, note_client, note_hold
from clinic.intake import rules as intake
from clinic.intake import wording as safety
from clinic.intake.models import Screening
from clinic.intake.operations import same_answers

Answer = str | tuple[str, int] | Response


@bp.get("/appointments/<token>/again")
@holder_of("appointment")
def again(subject_id: UUID, token: str) -> Answer:
    """`slot` is the time that was tapped; without it, the times to choose from."""
    way = _by_its_link(subject_id, token)
    if way.appointment.is_release and "slot" in request.args:
        # The safety page may come next, without this link: whom the link proves stays known to the booking.
        note_client(way.appointment.client_id, clock.now() + KNOWN_FOR)
    return look_again(way)


@bp.post("/appointments/<token>/again")
@holder_of("appointment")
def again_submit(subject_id: UUID, token: str) -> Answer:
    """Book it. The new appointment has a link of its own."""
    return book_again(_by_its_link(subject_id, token), its_own_page)


def look_again(way: Again | None) -> Answer:
    """The times of the same treatment; with a time tapped, all of it once more, and the safety list where it counts."""
    chosen = again_choice(way, request.args.get("slot")) if way else None
    if chosen is None:
        return _not_offered(way)
    if chosen.slot is None:
        return assessment_first(chosen, chosen.assessment_refusals) or times_page(chosen)
    if refusals := refusals_of(db.session, chosen.programme, chosen.wish(name="", email=""), now=chosen.now):
        if first := told_before(chosen, refusals) or assessment_first(chosen, refusals):
            return first
        return times_page(chosen, message=wording.sentence(refusals[0])), 409
    asked, _kept = _asked(chosen)
    if asked == intake.ANSWER:
        return redirect(chosen.href("screening"), 303)
    questions = safety.the_list(chosen.programme.safety) if asked == intake.CONFIRM else []
    numbers = safety.numbers(chosen.programme.clinic.country)
    return render_template(
        "booking/again.html", chosen=chosen, key=new_booking_key(), questions=questions, numbers=numbers
    )


def book_again(way: Again | None, booked: Callable[[Outcome], str | None]) -> Answer:
    """Book it for the same client. `booked` says where whoever comes this way may see the new appointment."""
    chosen = again_choice(way, request.form.get("slot")) if way else None
    if chosen is None or way is None:
        return _not_offered(way)
    if chosen.slot is None:
        return times_page(chosen, message=_("That time could not be read. Please choose again.")), 409
    if not booking_key_is_ours(key := request.form.get("key", "")):
        abort(400, _("This page was opened in another browser, or is too old. Please begin again."))
    asked, kept = _asked(chosen)
    if asked != intake.NOTHING and (asked != intake.CONFIRM or "unchanged" not in request.form):
        return redirect(url_for(way.page, **way.named, slot=chosen.slot), 303)
    outcome = _book(chosen, way, key, kept if asked == intake.CONFIRM else None)
    if outcome.refusals:
        return _refused(chosen, key, outcome, booked)
    to = booked(outcome)
    db.session.commit()
    note_hold(None)
    return redirect(to or url_for("front.home"), 303)


def _book(chosen: Choice, way: Again, key: str, kept: Screening | None) -> Outcome:
    client, now = way.appointment.client, clock.now()
    return book(
        db.session,
        chosen.wish(name=client.name, email=client.email, phone=client.phone),
        screening=same_answers(kept, now=now) if kept else None,
        key=key,
        now=now,
        by=way.by,
    )


def _by_its_link(appointment_id: UUID, token: str) -> Again:
    found, back = appointment_or_404(appointment_id), url_for("booking.appointment", token=token)
    return Again(found, Actor.by_link(token), "booking.again", {"token": token}, back, proves=True)


def its_own_page(outcome: Outcome) -> str | None:
    return url_for("booking.appointment", token=outcome.link.token) if outcome.link else None


def _asked(chosen: Choice) -> tuple[str, Screening | None]:
    """What the safety list has to be asked, and what was answered last; that is for the rules, and never shown."""
    assert chosen.again is not None
    kept = history.last_answers(db.session, chosen.again.appointment.client_id)
    decision, age = (
        (kept.decision(chosen.programme.safety), chosen.now - kept.created_at) if kept else (None, timedelta())
    )
    return intake.asked_again(decision, age, is_release=chosen.treatment.is_release), kept


def _refused(chosen: Choice, key: str, outcome: Outcome, booked: Callable[[Outcome], str | None]) -> Answer:
    if outcome.appointment:
        made = outcome.appointment
        at = local(made.starts_at, chosen.programme.location_of(made).zone)
        return render_template("booking/already_booked.html", at=at, way=booked(outcome)), 409
    db.session.rollback()
    if first := told_before(chosen, outcome.refusals) or assessment_first(chosen, outcome.refusals):
        return first
    typed = {name: "yes" for name in ("unchanged",) if name in request.form}
    return not_then(chosen, outcome.refusals, chosen.client, typed=typed, key=key)


def _not_offered(way: Again | None) -> Answer:
    """Not quite like that; perhaps for as long as others have it."""
    treatment = programme_or_404().treatment_by_id(way.appointment.treatment_id) if way else None
    return render_template("booking/not_again.html", treatment=treatment), 409
