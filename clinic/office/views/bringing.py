"""Coming from another system: a file is shown as it was understood, and brought in once its owner says yes."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from flask import abort, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from clinic.booking.programme import programme
from clinic.bringing import appointments, clients, shelf, visits, wording
from clinic.bringing.report import Report
from clinic.bringing.tables import UnreadableError, text_of
from clinic.core import access, clock
from clinic.core.access import owner
from clinic.core.db import db, reads_first, writing
from clinic.core.forms import takes_a_file
from clinic.core.refusals import Refusal
from clinic.core.spreadsheet import BYTE_ORDER_MARK, line
from clinic.office.views.page import bp

MOST_BYTES = 10 * 1024 * 1024
MOST_SHOWN = 100  # rows and names on a page; the table to download has all
FIELDS = {"clients": clients.COLUMNS, "appointments": visits.COLUMNS}


@bp.get("/import")
@owner
def imports() -> str:
    return render_template("office/import.html", trouble="", kind="clients")


@bp.post("/import")
@takes_a_file(MOST_BYTES)
@reads_first
@owner
def import_reading() -> str | tuple[str, int]:
    """What the file holds, as far as it was understood. Nothing is written yet but the sealed file itself."""
    kind = request.form.get("kind", "clients")
    file = request.files.get("file")
    if kind not in FIELDS or file is None or not file.filename:
        return _asked_again(kind, Refusal("no_file"))
    try:
        kept = {"kind": kind, "name": file.filename, "text": text_of(file.read())}
        report = _run(kept, {}, dry=True)
    except UnreadableError as error:
        if error.refusal.code not in {"no_name_column", "no_time_column"}:
            return _asked_again(kind, error.refusal)
        report = Report(headings=error.refusal.values["columns"].split(", "))
    token = shelf.put(_folder(), kept, _whose(), now=clock.now())
    return _shown(token, kept, report, {})


@bp.post("/import/<token>")
@reads_first
@owner
def import_making(token: str) -> str | tuple[str, int] | Response:
    """The same with what was chosen; or, where they say so, all of it brought in."""
    kept, form = _kept(token), request.form.to_dict()
    try:
        if "bring" not in form:
            return _shown(token, kept, _run(kept, form, dry=True), form)
        report = _run(kept, form, dry=False, token=token)
    except UnreadableError as error:
        headings = form.get("headings", "").split("\n")
        return _shown(token, kept, Report(headings=headings), form, wording.sentence(error.refusal)), 422
    told = {"kind": kept["kind"], "counts": wording.counts(report), "left": _left(report)}
    return redirect(url_for("office.import_result", token=shelf.put(_folder(), told, _whose(), now=clock.now())), 303)


@bp.get("/import/results/<token>")
@owner
def import_result(token: str) -> str:
    return render_template("office/import_result.html", told=_kept(token), token=token, most=MOST_SHOWN)


@bp.get("/import/results/<token>/left-out.csv")
@owner
def import_left_out(token: str) -> Response:
    """All that was left out, with line and reason, to mend it and bring it in again."""
    left = _kept(token).get("left", [])
    text = BYTE_ORDER_MARK + line(["Line", "Who", "Why"]) + "".join(map(line, left))
    told = {"Content-Disposition": "attachment; filename=left-out.csv"}
    return Response(text, content_type="text/csv; charset=utf-8", headers=told)


def _asked_again(kind: str, refusal: Refusal) -> tuple[str, int]:
    return render_template("office/import.html", trouble=wording.sentence(refusal), kind=kind), 422


def _run(kept: Mapping[str, str], form: Mapping[str, str], *, dry: bool, token: str = "") -> Report:
    """In one transaction, which is undone where it is only to be shown."""
    by, now = access.actor(), clock.now()
    programme(db.session)  # read, and remembered, before others have to wait
    db.session.rollback()
    with writing():
        try:
            report = _bring(kept, form, {"now": now, "by": by})
            if not dry and not shelf.drop(_folder(), token):
                abort(404)  # another click was quicker
        except BaseException:
            db.session.rollback()
            raise
        if dry:
            db.session.rollback()
        else:
            db.session.commit()
    return report


def _bring(kept: Mapping[str, str], form: Mapping[str, str], more: dict[str, Any]) -> Report:
    columns = {name: form[f"column:{name}"] for name in FIELDS[kept["kind"]] if f"column:{name}" in form}
    if kept["kind"] == "clients":
        asked = form.get("duplicates", "skip")
        duplicates = asked if asked in clients.DUPLICATES else "skip"
        return clients.bring(db.session, kept["text"], chosen=columns, duplicates=duplicates, **more)
    mapped = (_mapped(form, "treatment"), _mapped(form, "therapist"))
    choices = appointments.Choices(columns, *mapped, reminds="remind" in form)
    return appointments.bring(db.session, kept["text"], choices=choices, **more)


def _mapped(form: Mapping[str, str], kind: str) -> dict[str, str]:
    """Which of our treatments or therapists a name in the file was said to mean."""
    return {name.partition(":")[2]: ours for name, ours in form.items() if name.startswith(f"{kind}:") and ours}


def _shown(token: str, kept: Mapping[str, str], report: Report, form: Mapping[str, str], trouble: str = "") -> str:
    known = programme(db.session)
    ours: dict[str, Sequence[Any]] = {
        "treatment": known.treatments if known else (),
        "therapist": known.therapists if known else (),
    }
    names = [
        (kind, name) for kind in ours for name in dict.fromkeys([*_mapped(form, kind), *report.unknown.get(kind, [])])
    ]
    asked = [
        (f"{kind}:{name}", wording.question(kind, name), [(one.slug, one.name) for one in ours[kind]])
        for kind, name in names[:MOST_SHOWN]
    ]
    return render_template(
        "office/import_shown.html",
        token=token,
        kept=kept,
        report=report,
        form=form,
        trouble=trouble,
        asked=asked,
        headings=[(one, one) for one in report.headings],
        fields={name: wording.field(name) for name in FIELDS[kept["kind"]]} if report.headings else {},
        counts=wording.counts(report),
        left=_left(report)[:MOST_SHOWN],
        most=MOST_SHOWN,
    )


def _left(report: Report) -> list[tuple[int, str, str]]:
    return [(one.line, one.what, wording.sentence(one.why)) for one in report.left]


def _kept(token: str) -> dict[str, Any]:
    return shelf.get(_folder(), token, _whose(), now=clock.now()) or abort(404)


def _whose() -> str:
    return str(access.actor())


def _folder() -> Path:
    instance: Path = current_app.extensions["clinic.settings"].instance
    return instance / "imports"
