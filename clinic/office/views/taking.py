"""What the clinic has, to take along: nobody is locked in."""

from flask import render_template, stream_with_context
from werkzeug.wrappers import Response

from clinic.booking.views.page import programme_or_404
from clinic.bringing import taking
from clinic.core import access
from clinic.core.access import owner
from clinic.core.db import db
from clinic.office.views.page import bp


@bp.get("/export")
@owner
def exports() -> str:
    """Which files there are, and what is in each."""
    return render_template("office/exports.html")


@bp.get("/export/appointments.csv")
@owner
def appointments_table() -> Response:
    """That it was taken is put on record before its first line goes out."""
    zones = {key: one.zone for key, one in programme_or_404().locations.items()}
    access.reading("appointments", action="appointments.exported")
    told = {"Content-Disposition": "attachment; filename=appointments.csv"}
    lines = stream_with_context(taking.table(db.session, zones))
    return Response(lines, content_type="text/csv; charset=utf-8", headers=told)


@bp.get("/export/appointments.ics")
@owner
def appointments_calendar() -> Response:
    """The same as a calendar."""
    clinic = programme_or_404().clinic
    access.reading("appointments", action="appointments.exported")
    told = {"Content-Disposition": "attachment; filename=appointments.ics"}
    entries = stream_with_context(taking.calendar(db.session, clinic))
    return Response(entries, content_type="text/calendar; charset=utf-8", headers=told)
