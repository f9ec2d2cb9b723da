"""Feeds for calendar apps, by private addresses: a client's appointments, and a therapist's."""

from uuid import UUID

from flask import Response, abort, current_app, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from clinic.booking import calendar, feeds
from clinic.booking.mail import title_of
from clinic.booking.operations import feed_link, open_feed, revoke_feed
from clinic.booking.views.page import appointment_or_404, bp, programme_or_404
from clinic.core import clock
from clinic.core.access import holder_of
from clinic.core.audit import Actor
from clinic.core.db import db
from clinic.people.models import Therapist
from clinic.people.queries import therapist_at_work


@bp.get("/calendar/<token>.ics")
@holder_of("calendar")
def calendar_feed(subject_id: UUID, token: str) -> Response:
    """A client's own: the words of their mails."""
    known, found = programme_or_404(), feeds.of_client(db.session, subject_id, clock.now())
    places = {key: calendar.place(known.clinic, location) for key, location in known.locations.items()}
    entries = [(one, f"{title_of(one)}, {known.clinic.name}", places[one.room.location_id]) for one in found]
    return _feed(calendar.feed(entries, known.clinic.name))


@bp.get("/diary/<token>.ics")
@holder_of("diary")
def diary_feed(subject_id: UUID, token: str) -> Response:
    """A therapist's: when, how long and in which room. Never who or what for: it is synced to anybody's cloud."""
    therapist = therapist_at_work(db.session, subject_id.int) or abort(404)
    known, found = programme_or_404(), feeds.of_therapist(db.session, therapist.id, clock.now())
    places = {key: location.name for key, location in known.locations.items()}
    entries = [
        (one, _("Appointment, %(n)d minutes", n=one.minutes), f"{one.room.name}, {places[one.room.location_id]}")
        for one in found
    ]
    return _feed(calendar.feed(entries, known.clinic.name))


@bp.get("/appointments/<token>/calendar")
@holder_of("appointment")
def calendar_address(subject_id: UUID, token: str) -> str:
    return render_template(
        "booking/calendar.html", token=token, address=feed_address("calendar", _client_id(subject_id))
    )


@bp.post("/appointments/<token>/calendar")
@holder_of("appointment")
def calendar_address_submit(subject_id: UUID, token: str) -> AnyResponse:
    open_feed(db.session, "calendar", _client_id(subject_id), now=clock.now(), by=Actor.by_link(token))
    db.session.commit()
    return redirect(url_for("booking.calendar_address", token=token), 303)


@bp.post("/appointments/<token>/calendar/revocation")
@holder_of("appointment")
def calendar_revocation(subject_id: UUID, token: str) -> AnyResponse:
    revoke_feed(db.session, "calendar", _client_id(subject_id), now=clock.now(), by=Actor.by_link(token))
    db.session.commit()
    return redirect(url_for("booking.calendar_address", token=token), 303)


def diary_of(therapist: Therapist) -> UUID:
    """What the link to a therapist's feed is for: a link names its subject by a UUID: their number as one."""
    return UUID(int=therapist.id)


def feed_address(scope: str, subject_id: UUID) -> str | None:
    """The address to give to a calendar app; None while there is none."""
    link = feed_link(db.session, scope, subject_id, clock.now())
    return f"{current_app.config['PUBLIC_URL']}/{scope}/{link.token}.ics" if link else None


def _feed(entries: bytes) -> Response:
    """Kept by whoever subscribed, and asked for again; sent again only where something has changed."""
    response = make_response(entries)
    response.mimetype = "text/calendar"
    response.headers["Cache-Control"] = "private, no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response


def _client_id(appointment_id: UUID) -> UUID:
    return appointment_or_404(appointment_id).client_id
