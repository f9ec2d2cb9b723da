"""Booking again by the plan's link. It shows what it has booked itself, and no other appointment nor its link."""

from uuid import UUID

from flask import abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from clinic.aftercare import queries
from clinic.aftercare.views.page import bp
from clinic.booking import history
from clinic.booking.views.again import Answer, book_again, look_again
from clinic.booking.views.choice import Again
from clinic.booking.views.page import programme_or_404
from clinic.core.access import holder_of
from clinic.core.audit import Actor
from clinic.core.db import db
from clinic.core.times import local


@bp.get("/plans/<token>/again")
@holder_of("plan")
def again(subject_id: UUID, token: str) -> Answer:
    """What the client had last that is still offered; `slot` is the time that was tapped."""
    return look_again(last_booked(subject_id, token))


@bp.post("/plans/<token>/again")
@holder_of("plan")
def again_submit(subject_id: UUID, token: str) -> Answer:
    return book_again(last_booked(subject_id, token), lambda _outcome: url_for("aftercare.booked", token=token))


@bp.get("/plans/<token>/booking")
@holder_of("plan")
def booked(subject_id: UUID, token: str) -> str | Response:
    """What this link has just booked. To move or cancel it, there is the link in the mail."""
    found = history.last_booked_by(db.session, _client_id(subject_id), str(Actor.by_link(token)))
    if found is None or found.cancellation:
        return redirect(url_for("aftercare.plan", token=token), 303)
    at = local(found.starts_at, programme_or_404().location_of(found).zone)
    return render_template("aftercare/booked.html", token=token, appointment=found, at=at)


def last_booked(plan_id: UUID, token: str) -> Again | None:
    """What the plan's client had last of what is still offered, to be booked again by its link."""
    offered = [treatment.id for treatment in programme_or_404().treatments]
    found = history.last_standing(db.session, _client_id(plan_id), offered)
    back = url_for("aftercare.plan", token=token)
    return Again(found, Actor.by_link(token), "aftercare.again", {"token": token}, back) if found else None


def _client_id(plan_id: UUID) -> UUID:
    issue = queries.latest_issue(db.session, plan_id) or abort(404)
    return issue.plan.client.person.id
