"""Moving an appointment, by the link in the mail: choose another time, look once more, moved."""

from datetime import datetime, timedelta
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from clinic.booking import operations, wording
from clinic.booking.models import Appointment
from clinic.booking.views.asked import moving_choice
from clinic.booking.views.assessment import following_words
from clinic.booking.views.choice import Choice
from clinic.booking.views.page import appointment_or_404, bp, programme_or_404
from clinic.booking.views.times import times_page
from clinic.booking.wishes import refusals_of
from clinic.core import clock
from clinic.core.access import holder_of
from clinic.core.audit import Actor
from clinic.core.db import db
from clinic.core.refusals import Refusal
from clinic.core.times import local

TOLD = {"ring_first", "release_ruled_out"}  # whatever the new time
Answer = str | tuple[str, int] | Response


@bp.get("/appointments/<token>/move")
@holder_of("appointment")
def move(subject_id: UUID, token: str) -> Answer:
    """`slot` is the time that was tapped; without it, the times to choose from."""
    found = appointment_or_404(subject_id)
    if refusals := operations.change_refusals(found, programme_or_404(), clock.now()):
        return _cannot(found, token, refusals)
    chosen = moving_choice(found, token, request.args.get("slot"))
    if chosen is None:
        return _cannot(found, token, [Refusal("not_offered")])
    if chosen.slot is None:
        return times_page(chosen)
    if refusals := _against(chosen):
        if {refusal.code for refusal in refusals} & TOLD:
            return _cannot(found, token, refusals)
        return times_page(chosen, message=wording.sentence(refusals[0])), 409
    return render_template(
        "booking/move.html", chosen=chosen, following=_left_before(found, chosen), **_was(found), token=token
    )


@bp.post("/appointments/<token>/move")
@holder_of("appointment")
def move_submit(subject_id: UUID, token: str) -> Answer:
    found = appointment_or_404(subject_id)
    chosen = moving_choice(found, token, request.form.get("slot"))
    if chosen is None or chosen.slot is None:
        return _refused(found, token, None, [Refusal("not_offered")])
    by = Actor.by_link(token)
    wish = chosen.wish(name=found.client.name, email=found.client.email)
    if refusals := operations.move(db.session, found, wish, now=clock.now(), by=by):
        db.session.rollback()
        return _refused(appointment_or_404(subject_id), token, request.form.get("slot"), refusals)
    db.session.commit()
    return redirect(url_for("booking.appointment", token=token), 303)


def _against(chosen: Choice) -> list[Refusal]:
    return refusals_of(db.session, chosen.programme, chosen.wish(name="", email=""), now=chosen.now)


def _left_before(found: Appointment, chosen: Choice) -> list[str]:
    """What was booked because of this assessment, and would come before it."""
    assert chosen.starts_at is not None
    return following_words(found, before=chosen.starts_at + timedelta(minutes=chosen.length.minutes))


def _refused(found: Appointment, token: str, slot: str | None, refusals: list[Refusal]) -> Answer:
    """A time that has gone: other times. A change that is not theirs any more: whom to call."""
    known = programme_or_404()
    chosen = moving_choice(found, token, slot)
    told = {refusal.code for refusal in refusals} & TOLD
    if chosen is None or told or operations.change_refusals(found, known, clock.now()):
        return _cannot(found, token, refusals)
    message = _("%(why)s Your appointment stays as it was. These are other times.", why=wording.sentence(refusals[0]))
    return times_page(chosen, message=message), 409


def _cannot(found: Appointment, token: str, refusals: list[Refusal]) -> Answer:
    if found.cancellation:
        return redirect(url_for("booking.appointment", token=token), 303)
    message = wording.sentence(refusals[0])
    return render_template("booking/move_refused.html", message=message, token=token, **_was(found)), 409


def _was(found: Appointment) -> dict[str, Appointment | datetime]:
    location = programme_or_404().location_of(found)
    return {"appointment": found, "was": local(found.starts_at, location.zone)}
