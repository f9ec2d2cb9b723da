"""Continuing education on paper: a tagged PDF of one period for the body's audit, and all of it as a table."""

from datetime import date
from pathlib import Path
from typing import Any

from babel.dates import format_date
from flask import Response, abort
from flask_babel import gettext as _

from clinic.core.access import owner, therapist
from clinic.core.db import db
from clinic.core.papers import printed
from clinic.core.spreadsheet import BYTE_ORDER_MARK, line
from clinic.core.templating import language
from clinic.core.times import YEARS
from clinic.qualifications import education_words as words
from clinic.qualifications.queries import education as log
from clinic.qualifications.views.education import own_or_404
from clinic.qualifications.views.education_sheet import Sheet, sheet_of
from clinic.qualifications.views.page import bp
from clinic.qualifications.views.register import therapist_or_404

FORM = Path(__file__).parent.parent / "education.typ"


@bp.get("/continuing-education/<int:year>.pdf")
@therapist
def education_paper(year: int) -> Response:
    """One's own period of that year, with what one takes from each activity."""
    return _paper(sheet_of(own_or_404(), own=True, year=_known(year)))


@bp.get("/continuing-education/of/<slug>/<int:year>.pdf")
@owner
def education_paper_of(slug: str, year: int) -> Response:
    """Anybody's, without that."""
    return _paper(sheet_of(therapist_or_404(slug), own=False, year=_known(year)))


@bp.get("/continuing-education.csv")
@therapist
def education_table() -> Response:
    """One's own, of all years."""
    heads = [_("Day"), _("What"), _("Who gave it"), _("Provider number"), _("Minutes"), _("Counts for")]
    lines = [line([*heads, _("Discipline"), _("Reflection")])]
    for row in log.activities(db.session, own_or_404().id):
        provider, counts = (row.provider, row.provider_no), (words.kind(row.category, ""), row.discipline)
        lines.append(line([row.done_on.isoformat(), row.title, *provider, row.minutes, *counts, row.reflection or ""]))
    headers = {"Content-Disposition": "attachment; filename=continuing-education.csv"}
    return Response(BYTE_ORDER_MARK + "".join(lines), content_type="text/csv; charset=utf-8", headers=headers)


def _paper(sheet: Sheet) -> Response:
    name = f"continuing-education-{sheet.period.first.year}.pdf"
    told = {"Content-Disposition": f"attachment; filename={name}"}
    return Response(printed(FORM, _data(sheet)), content_type="application/pdf", headers=told)


def _data(sheet: Sheet) -> dict[str, Any]:
    """All that stands in the paper."""
    during = words.period_words(sheet.period)
    standing = sheet.standing
    return {
        "lang": "en",
        "region": "GB",
        "title": _("Continuing education, %(during)s", during=during),
        "name": sheet.therapist.name,
        "words": _words(),
        "registrations": [
            [one.body or one.title, one.register_no or one.number, _day(one.starts_on)] for one in sheet.registrations
        ],
        "progress": sheet.progress(own=False),
        "notes": [*_measured(sheet), *sheet.notes],
        "totals": [
            [words.kind(part.category, part.discipline), words.length(part.done), words.length(part.asked)]
            for part in (standing.parts if standing else ())
        ],
        "activities": [
            [
                _day(row.done_on),
                row.title,
                ", ".join(filter(None, (row.provider, row.provider_no))),
                words.kind(row.category, row.discipline),
                words.length(row.minutes),
            ]
            for row in reversed(sheet.rows)
        ],
        "reflections": _reflections(sheet) if sheet.own else [],
        "certificates": [
            [f"{_day(row.done_on)}: {row.title}", paper.digest]
            for row in reversed(sheet.rows)
            for paper in sheet.certificates.get(row.id, ())
        ],
    }


def _measured(sheet: Sheet) -> list[str]:
    return [_("Measured by the rule for: %(body)s.", body=sheet.bodies[sheet.body])] if sheet.body else []


def _reflections(sheet: Sheet) -> list[list[Any]]:
    told = [(row, row.reflection) for row in reversed(sheet.rows)]
    return [[f"{_day(row.done_on)}: {row.title}", text.split("\n\n")] for row, text in told if text]


def _words() -> dict[str, Any]:
    return {
        "page": _("Page"),
        "registrations": _("Registrations"),
        "registration_heads": [_("Body"), _("Number"), _("Since")],
        "no_registrations": _("None is entered."),
        "totals": _("How far it goes"),
        "total_heads": [_("What counts"), _("Done"), _("Asked for")],
        "activities": _("Activities"),
        "activity_heads": [_("Day"), _("What"), _("Who gave it"), _("Counts for"), _("How long")],
        "no_activities": _("None in this time."),
        "reflections": _("What was taken from them"),
        "certificates": _("Certificates"),
        "certificate_heads": [_("Activity"), _("SHA-256 of the file")],
        "no_certificates": _("None is kept here."),
    }


def _day(day: date) -> str:
    return str(format_date(day, "d MMM y", locale=language()))


def _known(year: int) -> int:
    return year if year in YEARS else abort(404)
