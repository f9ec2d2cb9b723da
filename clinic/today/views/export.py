"""The clients as a table for a spreadsheet: who they are and when they come, and nothing of their health."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from flask import stream_with_context
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from clinic.booking import queries as booking
from clinic.booking.queries import Visits
from clinic.booking.views.page import programme_or_404
from clinic.core import access, clock
from clinic.core.access import desk
from clinic.core.db import db
from clinic.core.spreadsheet import BYTE_ORDER_MARK, line
from clinic.core.times import local
from clinic.today.views.page import bp

AT_ONCE = 1000


@bp.get("/clients.csv")
@desk
def clients_export() -> Response:
    """That it was taken is put on record before its first line goes out."""
    zone, now = programme_or_404().location.zone, clock.now()
    access.reading("clients", action="clients.exported")
    told = {"Content-Disposition": "attachment; filename=clients.csv"}
    return Response(stream_with_context(_lines(zone, now)), content_type="text/csv; charset=utf-8", headers=told)


def _lines(zone: str, now: datetime) -> Iterator[str]:
    """Some clients at a time, so that it takes no more memory for many than for few."""
    days = _("First visit"), _("Last visit"), _("Next visit")
    yield BYTE_ORDER_MARK + line(
        [_("Name"), _("Email"), _("Phone"), *days, _("Visits"), _("Missed or cancelled late"), _("Number")]
    )
    after = None
    while some := booking.clients_after(db.session, after, AT_ONCE):
        visits = booking.visits_of(db.session, [one.id for one in some], now)
        yield "".join(line(_cells(one, visits.get(one.id, Visits()), zone)) for one in some)
        after = some[-1]


def _cells(client: Any, visits: Visits, zone: str) -> list[str | int]:
    days = [local(at, zone).date().isoformat() if at else "" for at in (visits.first, visits.last, visits.next)]
    return [
        client.name,
        client.email,
        client.phone,
        *days,
        visits.count,
        visits.missed,
        client.outside_ref or str(client.id),
    ]
