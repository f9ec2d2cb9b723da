"""Appointments whose therapist may not give them any more: each with colleagues at the same time, and other times."""

from flask import render_template

from clinic.booking import queries
from clinic.booking.operations import REPLACE
from clinic.booking.views.page import programme_or_404
from clinic.core import clock
from clinic.core.access import desk
from clinic.core.db import db
from clinic.office.views.in_the_way import in_the_way
from clinic.office.views.page import bp


@bp.get("/replacements")
@desk
def replacements() -> str:
    """Those that wait for another therapist, as the worker found them."""
    known, now = programme_or_404(), clock.now()
    found = queries.waiting_for_another(db.session, REPLACE, now=now)
    return render_template("office/replacements.html", ways=in_the_way(known, found, now, same_time=True))
