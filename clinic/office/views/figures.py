"""The figures that run the clinic, for its owner: on a page, and as a table for a spreadsheet. No client is named."""

from datetime import datetime, timedelta
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from clinic.aftercare.queries.check_ins import told_at_review_or_after
from clinic.aftercare.rules.check_ins import NeverBack, last_told, never_back
from clinic.booking.programme import Programme, whole_programme
from clinic.booking.queries import today_at
from clinic.booking.views.page import programme_or_404
from clinic.core import clock
from clinic.core.access import owner
from clinic.core.db import db
from clinic.core.spreadsheet import BYTE_ORDER_MARK, line
from clinic.office.forms.figures import FiguresForm
from clinic.office.rules.periods import WEEK, weeks_before
from clinic.office.views.figure_columns import columns
from clinic.office.views.figures_sheet import Asked, Line, Section, sheet
from clinic.office.views.page import bp

WEEKS = (4, 12, 52)
USUAL = 12
A_YEAR = timedelta(days=365)


@bp.get("/figures")
@owner
def figures() -> str | tuple[str, int]:
    """The last whole weeks, or the days that are asked for."""
    now, known = clock.now(), programme_or_404()
    form = _form(known, now)
    if not form.validate():
        return _page(form, [], known), 422
    return _page(form, _sections(form, now), known)


@bp.get("/figures.csv")
@owner
def figures_export() -> Response | tuple[str, int]:
    """The same lines as on the page."""
    now, known = clock.now(), programme_or_404()
    form = _form(known, now)
    if not form.validate():
        return _page(form, [], known), 422
    shown, currency = columns(form.by.data), known.clinic.currency
    heads = [_("Section"), _("Line"), _("First day"), _("Last day"), *(str(one.head) for one in shown)]
    rows = [
        [section.name, one.name, one.period.first.isoformat(), one.period.last.isoformat()]
        + [column.cell(one.figures, currency) for column in shown]
        for section in _sections(form, now)
        for one in (*section.lines, section.whole)
    ]
    told = {"Content-Disposition": "attachment; filename=figures.csv"}
    return Response(
        BYTE_ORDER_MARK + "".join(map(line, [heads, *rows])), content_type="text/csv; charset=utf-8", headers=told
    )


def _form(known: Programme, now: datetime) -> FiguresForm:
    """As it was sent; what was not is as usual."""
    weeks = request.args.get("weeks", type=int)
    usual = weeks_before(today_at(known, now), weeks if weeks in WEEKS else USUAL)
    days = {"from": usual.first.isoformat(), "until": usual.last.isoformat()}
    sent = request.args.to_dict() if weeks not in WEEKS else {**request.args.to_dict(), **days}
    return FiguresForm(formdata=MultiDict({**days, "step": WEEK, "by": "all", **sent}))


def _sections(form: FiguresForm, now: datetime) -> list[Section]:
    known = whole_programme(db.session)
    assert known
    return sheet(db.session, known, Asked(form.period(), form.step.data, form.by.data), now=now)


def _page(form: FiguresForm, sections: list[Section], known: Programme) -> str:
    shown, currency = columns(form.by.data), known.clinic.currency

    def cells(one: Line) -> list[str]:
        return [column.words(one.figures, currency) for column in shown]

    kept = {"step": form.step.data, "by": form.by.data}
    now_shown = {"from": form.first.data, "until": form.last.data, **kept}
    page: dict[str, Any] = {
        "recent": [(n, url_for("office.figures", weeks=n, **kept), _is_recent(form, known, n)) for n in WEEKS],
        "export": url_for("office.figures_export", **now_shown),
        "is_empty": not any(section.whole.figures.appointments for section in sections),
    }
    return render_template(
        "office/figures.html",
        form=form,
        sections=sections,
        columns=shown,
        cells=cells,
        never_back=_never_back(),
        has_errors=bool(form.errors),
        **page,
    )


def _never_back() -> NeverBack | None:
    """How many of those who answered at the review of their plan, in the last year, say that the pain stayed away."""
    return never_back(last_told(told_at_review_or_after(db.session, clock.now() - A_YEAR)))


def _is_recent(form: FiguresForm, known: Programme, weeks: int) -> bool:
    if not form.first.data or not form.last.data:
        return False
    return form.period() == weeks_before(today_at(known, clock.now()), weeks)
