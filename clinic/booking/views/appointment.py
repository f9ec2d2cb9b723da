"""A client's appointment, by the link in their mail: what, when, where; calendar; confirm; cancel."""

from typing import Any
from uuid import UUID

from flask import Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from clinic.booking import calendar, history, wording
from clinic.booking.mail import title_of
from clinic.booking.models import Appointment
from clinic.booking.operations import cancel, confirm
from clinic.booking.rules import is_late
from clinic.booking.views.assessment import following_words, opened_by
from clinic.booking.views.page import appointment_or_404, bp, programme_or_404
from clinic.core import clock
from clinic.core.access import holder_of
from clinic.core.audit import Actor
from clinic.core.db import db
from clinic.core.times import local


@bp.get("/appointments/<token>")
@holder_of("appointment")
def appointment(subject_id: UUID, token: str) -> str:
    return render_template("booking/appointment.html", **_facts(appointment_or_404(subject_id), token))


@bp.get("/appointments/<token>/appointment.ics")
@holder_of("appointment")
def calendar_entry(subject_id: UUID, token: str) -> Response:
    found, known = appointment_or_404(subject_id), programme_or_404()
    location = known.location_of(found)
    title = f"{title_of(found)}, {known.clinic.name}"
    entry = calendar.entry(found, known.clinic, location, title=title, now=clock.now())
    return Response(
        entry,
        mimetype="text/calendar",
        headers={"Content-Disposition": "attachment; filename=appointment.ics"},
    )


@bp.get("/appointments/<token>/confirmation")
@holder_of("appointment")
def confirmation(subject_id: UUID, token: str) -> str | AnyResponse:
    """Asks, and keeps nothing: mail programs follow links by themselves."""
    found = appointment_or_404(subject_id)
    if found.cancellation or found.confirmed_at:
        return redirect(url_for("booking.appointment", token=token), 303)
    return render_template("booking/confirmation.html", **_facts(found, token))


@bp.post("/appointments/<token>/confirmation")
@holder_of("appointment")
def confirmation_submit(subject_id: UUID, token: str) -> tuple[str, int] | AnyResponse:
    found = appointment_or_404(subject_id)
    refusals = confirm(db.session, found, now=clock.now(), by=Actor.by_link(token))
    if refusals:
        facts = _facts(found, token)
        return render_template("booking/confirmation.html", message=wording.sentence(refusals[0]), **facts), 409
    db.session.commit()
    return redirect(url_for("booking.appointment", token=token), 303)


@bp.get("/appointments/<token>/cancellation")
@holder_of("appointment")
def cancellation(subject_id: UUID, token: str) -> str | AnyResponse:
    found = appointment_or_404(subject_id)
    if found.cancellation:
        return redirect(url_for("booking.appointment", token=token), 303)
    return render_template("booking/cancellation.html", **_facts(found, token), following=following_words(found))


@bp.post("/appointments/<token>/cancellation")
@holder_of("appointment")
def cancellation_submit(subject_id: UUID, token: str) -> tuple[str, int] | AnyResponse:
    found = appointment_or_404(subject_id)
    too = "following" in request.form
    refusals = cancel(db.session, found, now=clock.now(), by=Actor.by_link(token), following=too)
    if refusals:
        facts = _facts(found, token)
        return render_template("booking/cancellation.html", message=wording.sentence(refusals[0]), **facts), 409
    db.session.commit()
    return redirect(url_for("booking.appointment", token=token), 303)


def _facts(found: Appointment, token: str) -> dict[str, Any]:
    known = programme_or_404()
    location = known.location_of(found)
    return {
        "appointment": found,
        "token": token,
        "location": location,
        "at": local(found.starts_at, location.zone),
        "ends": local(found.ends_at, location.zone),
        "over": found.ends_at <= clock.now(),
        "begun": found.starts_at <= clock.now(),
        "late": is_late(found.starts_at, clock.now(), known.clinic.change_notice_hours * 60),
        "opens": opened_by(found, known),
        "asks": history.missed_words(db.session, found.client_id, known.clinic, found.booked_at),
        "rings": bool(found.call and not found.call.done_at),
    }
