"""Who wants news by mail, for the owner who writes it."""

from collections.abc import Sequence
from datetime import datetime

from flask import render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from clinic.booking.views.page import programme_or_404
from clinic.consent import queries
from clinic.consent.models import NewsReader
from clinic.consent.views.page import bp
from clinic.core import access
from clinic.core.access import owner
from clinic.core.db import db
from clinic.core.spreadsheet import BYTE_ORDER_MARK, line
from clinic.core.times import local
from clinic.people.models import Client


@bp.get("/clinic/news")
@owner
def news_list() -> str:
    zone = programme_or_404().location.zone
    clients = queries.who_want_news(db.session)
    people = [(client, local(at, zone)) for client, at in clients]
    others = [(one, local(at, zone)) for one, at in _others(clients)]
    return render_template("consent/news.html", people=people, others=others)


@bp.get("/clinic/news.csv")
@owner
def news_table() -> Response:
    """The same for whatever sends the mails. That it was taken is put on record first."""
    access.reading("clients", action="news.exported")
    zone = programme_or_404().location.zone
    clients = queries.who_want_news(db.session)
    listed = [(one.name, one.email, at) for one, at in clients]
    listed += [(one.name, one.email, at) for one, at in _others(clients)]
    rows = [(name, email, local(at, zone).date().isoformat()) for name, email, at in listed]
    table = BYTE_ORDER_MARK + "".join(line(row) for row in [(_("Name"), _("Email"), _("Since")), *rows])
    told = {"Content-Disposition": "attachment; filename=news.csv"}
    return Response(table, content_type="text/csv; charset=utf-8", headers=told)


def _others(clients: Sequence[tuple[Client, datetime]]) -> list[tuple[NewsReader, datetime]]:
    """Who is no client, or said it under an address of theirs that no client here has; and since when."""
    told = {client.email.lower() for client, _at in clients}
    readers = queries.news_readers(db.session)
    return [(one, one.confirmed_at) for one in readers if one.confirmed_at and one.email not in told]
