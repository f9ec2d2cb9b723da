"""Who wants news by mail, for the owner who writes it."""

from flask import render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from clinic.booking.views.page import programme_or_404
from clinic.consent import queries
from clinic.consent.views.page import bp
from clinic.core import access
from clinic.core.access import owner
from clinic.core.db import db
from clinic.core.spreadsheet import BYTE_ORDER_MARK, line
from clinic.core.times import local


@bp.get("/clinic/news")
@owner
def news_list() -> str:
    zone = programme_or_404().location.zone
    found = queries.who_want_news(db.session)
    return render_template("consent/news.html", people=[(client, local(at, zone)) for client, at in found])


@bp.get("/clinic/news.csv")
@owner
def news_table() -> Response:
    """The same for whatever sends the mails. That it was taken is put on record first."""
    access.reading("clients", action="news.exported")
    zone = programme_or_404().location.zone
    rows = [(one.name, one.email, local(at, zone).date().isoformat()) for one, at in queries.who_want_news(db.session)]
    table = BYTE_ORDER_MARK + "".join(line(row) for row in [(_("Name"), _("Email"), _("Since")), *rows])
    told = {"Content-Disposition": "attachment; filename=news.csv"}
    return Response(table, content_type="text/csv; charset=utf-8", headers=told)
