"""A therapist runs late today."""

from flask import abort, redirect, request, url_for
from werkzeug.wrappers import Response

from clinic.booking.offered import ListedTherapist
from clinic.booking.operations import run_late
from clinic.booking.programme import Programme
from clinic.booking.views.page import programme_or_404
from clinic.core import access, clock
from clinic.core.access import staff
from clinic.core.db import db
from clinic.people.queries import therapist_of
from clinic.people.views import next_page
from clinic.today.views.attendance import keep_said
from clinic.today.views.page import bp

MOST = 180


@bp.post("/diary/delays")
@staff
def delays() -> Response:
    """By how many `minutes`; 0 is on time again. Reception says it for any `therapist`, a therapist for themselves."""
    known = programme_or_404()
    late, minutes = _whose(known), request.form.get("minutes", "")
    if minutes.isdecimal() and len(minutes) < 4 and int(minutes) <= MOST:
        run_late(db.session, known, late, int(minutes), now=clock.now(), by=access.actor())
        db.session.commit()
    else:
        keep_said(None, "minutes_unread")
    return redirect(next_page(url_for("today.day")), 303)


def _whose(known: Programme) -> ListedTherapist:
    account = access.signed_in()
    own = therapist_of(account) if account.role == "therapist" else None
    slug = request.form.get("therapist", "")
    if account.role == "therapist" and (own is None or own.slug != slug):
        abort(404)
    return known.therapist(slug) or abort(404)
