"""The address at which a therapist's own calendar reads their appointments."""

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from clinic.aftercare.views.page import themselves
from clinic.booking.operations import open_feed, revoke_feed
from clinic.booking.views.feeds import diary_of, feed_address
from clinic.core import access, clock
from clinic.core.access import therapist
from clinic.core.db import db
from clinic.today.views.page import bp


@bp.get("/today/calendar")
@therapist
def calendar() -> str:
    return render_template("today/calendar.html", address=feed_address("diary", diary_of(themselves())))


@bp.post("/today/calendar")
@therapist
def calendar_submit() -> Response:
    open_feed(db.session, "diary", diary_of(themselves()), now=clock.now(), by=access.actor())
    db.session.commit()
    return redirect(url_for("today.calendar"), 303)


@bp.post("/today/calendar/revocation")
@therapist
def calendar_revocation() -> Response:
    revoke_feed(db.session, "diary", diary_of(themselves()), now=clock.now(), by=access.actor())
    db.session.commit()
    return redirect(url_for("today.calendar"), 303)
