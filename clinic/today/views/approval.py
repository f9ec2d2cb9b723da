"""Saying yes or no to a booking, for treatments of which the clinic wants that."""

from collections.abc import Callable

from flask import abort, redirect, request, url_for
from werkzeug.wrappers import Response

from clinic.booking.operations import approve, refuse
from clinic.core import access, clock
from clinic.core.access import staff
from clinic.core.db import db
from clinic.core.refusals import Refusal
from clinic.core.times import from_address
from clinic.people.views import next_page
from clinic.today import queries
from clinic.today.views.attendance import keep_said
from clinic.today.views.page import bp


@bp.post("/work/<int:item_id>/approval")
@staff
def approval(item_id: int) -> Response:
    """Yes. Only whoever was asked can say so; twice is once."""
    return _say(approve, item_id)


@bp.post("/work/<int:item_id>/refusal")
@staff
def refusal(item_id: int) -> Response:
    """No: it is cancelled, where it has not begun."""
    return _say(refuse, item_id)


def _say(answer: Callable[..., list[Refusal]], item_id: int) -> Response:
    """`at` is when it was on the page they answered."""
    found = queries.asked_of(db.session, item_id, access.signed_in()) or abort(404)
    seen = from_address(request.form.get("at", ""))
    if refusals := answer(db.session, found, seen=seen, now=clock.now(), by=access.actor()):
        db.session.rollback()
        keep_said(None, refusals[0].code)
    else:
        db.session.commit()
    return redirect(next_page(url_for("today.day")), 303)
