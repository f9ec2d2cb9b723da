"""Saying yes or no to a booking, for treatments of which the clinic wants that."""

from flask import abort, redirect, url_for
from werkzeug.wrappers import Response

from clinic.booking.models import Appointment
from clinic.booking.operations import approve, refuse
from clinic.core import access, clock
from clinic.core.access import staff
from clinic.core.db import db
from clinic.people.views import next_page
from clinic.today import queries
from clinic.today.views.page import bp


@bp.post("/work/<int:item_id>/approval")
@staff
def approval(item_id: int) -> Response:
    """Yes. Only whoever was asked can say so; twice is once."""
    approve(db.session, _asked(item_id), access.signed_in().id, now=clock.now(), by=access.actor())
    db.session.commit()
    return redirect(next_page(url_for("today.day")), 303)


@bp.post("/work/<int:item_id>/refusal")
@staff
def refusal(item_id: int) -> Response:
    """No: it is cancelled, where it has not begun."""
    refuse(db.session, _asked(item_id), access.signed_in().id, now=clock.now(), by=access.actor())
    db.session.commit()
    return redirect(next_page(url_for("today.day")), 303)


def _asked(item_id: int) -> Appointment:
    return queries.asked_of(db.session, item_id, access.signed_in()) or abort(404)
