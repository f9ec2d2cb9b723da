"""How notes are written: the formats, the parts of each, and which are offered."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from clinic.core import access, clock
from clinic.core.access import owner
from clinic.core.db import db
from clinic.notes import rules
from clinic.notes.catalogue.formats import Format
from clinic.notes.operations import formats as operations
from clinic.notes.queries.words import all_formats
from clinic.office.forms.note_formats import FormatForm
from clinic.office.views.page import bp

Answer = str | Response | tuple[str, int]


@bp.get("/note-formats")
@owner
def note_formats() -> str:
    return render_template("office/note_formats.html", formats=rules.latest(all_formats(db.session)))


@bp.get("/note-formats/new")
@owner
def note_format_new() -> str:
    return _page(FormatForm.showing(None))


@bp.post("/note-formats")
@owner
def note_format_making() -> Answer:
    """A format of the clinic's own; or, before that, how its notes would look."""
    form = FormatForm()
    if not form.validate():
        return _page(form), 422
    if request.form.get("look"):
        return _page(form, looks=True)
    made = operations.make_format(db.session, form.name.data, form.said(), **_by_whom())
    return _saved(made.code)


@bp.get("/note-formats/<code>")
@owner
def note_format(code: str) -> str:
    found = _load(code)
    return _page(FormatForm.showing(found), found)


@bp.post("/note-formats/<code>")
@owner
def note_format_change(code: str) -> Answer:
    """Another version, for notes that are begun from now on; or, before that, how they would look."""
    found, form = _load(code), FormatForm()
    if not form.validate():
        return _page(form, found), 422
    if request.form.get("look"):
        return _page(form, found, looks=True)
    known = frozenset(part.id for part in found.parts)
    operations.change_format(db.session, code, form.name.data, form.said(known), **_by_whom())
    return _saved(code)


@bp.post("/note-formats/<code>/withdrawal")
@owner
def note_format_withdrawal(code: str) -> Answer:
    """Not offered for new notes any more. What was written in it stays as it is."""
    found = _load(code)
    if not operations.offer_format(db.session, code, offered=False, **_by_whom()):
        flash(_("This is the only format that is offered, and notes need one."))
        return _page(FormatForm.showing(found), found), 409
    return _saved(code)


@bp.post("/note-formats/<code>/offer")
@owner
def note_format_offer(code: str) -> Response:
    """Offered again."""
    _load(code)
    operations.offer_format(db.session, code, offered=True, **_by_whom())
    return _saved(code)


def _by_whom() -> dict[str, Any]:
    return {"account_id": access.signed_in().id, "now": clock.now(), "by": access.actor()}


def _load(code: str) -> Format:
    return operations.latest_format(db.session, code) or abort(404)


def _saved(code: str) -> Response:
    db.session.commit()
    flash(_("Saved. Notes that are begun keep the format they were begun in."))
    return redirect(url_for("office.note_format", code=code), 303)


def _page(form: FormatForm, found: Format | None = None, *, looks: bool = False) -> str:
    """`looks`: with the parts as they are typed, else as they are kept."""
    return render_template(
        "office/note_format.html",
        form=form.with_room(),
        format=found,
        looks=form.said() if looks else found.parts if found else (),
        typed=looks,
        has_errors=bool(form.errors),
    )
