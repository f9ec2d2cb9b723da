"""The physical tests a note asks for: those of the product, and the clinic's own in versions."""

from dataclasses import replace
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from clinic.core import access, clock
from clinic.core.access import owner
from clinic.core.db import db
from clinic.core.refusals import Refusal
from clinic.notes import wording
from clinic.notes.catalogue.physical_tests import PhysicalTest, definition_of, faults
from clinic.notes.forms.results import shown_alone
from clinic.notes.operations import physical_tests as operations
from clinic.notes.queries.physical_tests import known_tests, latest
from clinic.office.forms.physical_tests import PhysicalTestForm
from clinic.office.views.page import bp

Answer = str | Response | tuple[str, int]


@bp.get("/tests")
@owner
def physical_tests() -> str:
    tests = latest(known_tests(db.session))
    own = {test.code for test in tests if not operations.is_shipped(test.code)}
    return render_template("office/physical_tests.html", tests=tests, own=own)


@bp.get("/tests/new")
@owner
def physical_test_new() -> str:
    return _page(PhysicalTestForm.showing(None))


@bp.post("/tests")
@owner
def physical_test_making() -> Answer:
    return _kept(PhysicalTestForm(), None)


@bp.get("/tests/<code>")
@owner
def physical_test(code: str) -> str:
    """One of the clinic's to be changed; one of the product's to be looked at."""
    found = _load(code)
    if operations.is_shipped(code):
        return render_template("office/physical_test_shipped.html", shown=shown_alone(found), wording=wording)
    return _page(PhysicalTestForm.showing(found), found)


@bp.post("/tests/<code>")
@owner
def physical_test_change(code: str) -> Answer:
    return _kept(PhysicalTestForm(), _own(code))


@bp.post("/tests/preview")
@bp.post("/tests/<code>/preview")
@owner
def physical_test_preview(code: str | None = None) -> Answer:
    """As a note would ask for it, with what was typed. Nothing is saved."""
    found = _own(code) if code else None
    form = PhysicalTestForm()
    fine, row = form.validate(), _definition(form, found)
    if wrong := faults(row) if fine else []:
        return _refused(form, found, wrong, 422)
    shown = shown_alone(replace(definition_of(row), code="preview")) if fine else None
    return _page(form, found, shown=shown, has_errors=not fine), 200 if fine else 422


@bp.post("/tests/<code>/withdrawal")
@owner
def physical_test_withdrawal(code: str) -> Response:
    """New notes do not ask for it; what was recorded stays."""
    return _offered(_load(code), offered=False)


@bp.post("/tests/<code>/offer")
@owner
def physical_test_offer(code: str) -> Response:
    """New notes ask for it again."""
    return _offered(_load(code), offered=True)


def _kept(form: PhysicalTestForm, found: PhysicalTest | None) -> Answer:
    if not form.validate():
        return _page(form, found, has_errors=True), 422
    row, who = _definition(form, found), {"account_id": access.signed_in().id, "by": access.actor()}
    seen = (form.seen.data or 0) if found else 0
    if refused := operations.keep_test(db.session, row, seen=seen, now=clock.now(), **who):
        status = 409 if refused[0].code == "test_changed_meanwhile" else 422
        return _refused(form, found, refused, status)
    db.session.commit()
    flash(_("Saved. What was recorded before stays as it is."))
    return redirect(url_for("office.physical_test", code=row["code"]), 303)


def _definition(form: PhysicalTestForm, found: PhysicalTest | None) -> dict[str, Any]:
    tests = known_tests(db.session)
    code = found.code if found else operations.next_code(tests)
    taken = [value for test in tests if test.code == code for value in test.values]
    return form.definition(code, offered=found.offered if found else True, taken=taken)


def _offered(found: PhysicalTest, *, offered: bool) -> Response:
    who = {"account_id": access.signed_in().id, "by": access.actor()}
    if found.offered is not offered:
        operations.offer_test(db.session, found, offered=offered, now=clock.now(), **who)
        db.session.commit()
    flash(_("New notes ask for it again.") if offered else _("New notes do not ask for it. What was recorded stays."))
    return redirect(url_for("office.physical_test", code=found.code), 303)


def _load(code: str) -> PhysicalTest:
    return next((test for test in latest(known_tests(db.session)) if test.code == code), None) or abort(404)


def _own(code: str) -> PhysicalTest:
    return abort(404) if operations.is_shipped(code) else _load(code)


def _refused(form: PhysicalTestForm, found: PhysicalTest | None, refused: list[Refusal], status: int) -> Answer:
    form.form_errors.extend(map(wording.sentence, refused))
    return _page(form, found, has_errors=True), status


def _page(form: PhysicalTestForm, found: PhysicalTest | None = None, **more: Any) -> str:
    return render_template(
        "office/physical_test.html",
        form=form.with_one_more(),
        test=found,
        wording=wording,
        **{"shown": None, "has_errors": False, **more},
    )
