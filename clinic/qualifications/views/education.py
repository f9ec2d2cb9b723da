"""Continuing education: a therapist's own log, and for the owner anybody's without what they reflect on."""

from datetime import date
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from clinic.core import access, clock
from clinic.core.access import owner, therapist
from clinic.core.db import db
from clinic.core.times import day_from_address
from clinic.people.models import Therapist
from clinic.qualifications import education_words as words
from clinic.qualifications.forms.education import LearnedForm
from clinic.qualifications.models import ContinuingEducation
from clinic.qualifications.operations import MOST_PAPERS
from clinic.qualifications.operations import education as operations
from clinic.qualifications.queries import certificates_of, today_at
from clinic.qualifications.queries import education as log
from clinic.qualifications.views.education_sheet import Sheet, sheet_of
from clinic.qualifications.views.page import bp
from clinic.qualifications.views.register import therapist_or_404

Answer = str | tuple[str, int] | Response


@bp.get("/continuing-education")
@therapist
def education() -> str:
    """One's own log of the running period, or of that which holds the day `on`."""
    return _page(sheet_of(own_or_404(), own=True, on=_asked_day()))


@bp.get("/continuing-education/of/<slug>")
@owner
def education_of(slug: str) -> str:
    """The same of any therapist, without their reflections."""
    return _page(sheet_of(therapist_or_404(slug), own=False, on=_asked_day()))


@bp.get("/continuing-education/new")
@therapist
def activity_new() -> str:
    own_or_404()
    return _form_page(LearnedForm(formdata=None, today=_today()))


@bp.post("/continuing-education")
@therapist
def activity_making() -> Answer:
    """Enter it, or enter again what was just deleted."""
    whose, form = own_or_404(), LearnedForm(today=_today())
    if not form.validate():
        return _form_page(form, has_errors=True), 422
    made = operations.enter(db.session, whose.id, form.learned(), now=clock.now(), by=access.actor())
    return _saved(made)


@bp.get("/continuing-education/<uuid:activity_id>")
@therapist
def activity(activity_id: UUID) -> str:
    """One's own, to be put right or deleted."""
    return activity_page(own_activity_or_404(activity_id))


@bp.post("/continuing-education/<uuid:activity_id>")
@therapist
def activity_change(activity_id: UUID) -> Answer:
    row, form = own_activity_or_404(activity_id), LearnedForm(today=_today())
    if not form.validate():
        return _form_page(form, row, has_errors=True), 422
    operations.change(db.session, row, form.learned(), now=clock.now(), by=access.actor())
    return _saved(row)


@bp.post("/continuing-education/<uuid:activity_id>/removal")
@therapist
def activity_removal(activity_id: UUID) -> str | tuple[str, int]:
    """Delete it. The page that answers can enter it again, which could not bring back its certificates."""
    row, today = own_activity_or_404(activity_id), _today()
    was = operations.remove(db.session, row, now=clock.now(), by=access.actor())
    if was is None:
        return activity_page(row, _("Take its certificates away first: they cannot be brought back.")), 409
    db.session.commit()
    return _page(sheet_of(own_or_404(), own=True, on=was.done_on), removed=LearnedForm.showing(was, today))


def own_or_404() -> Therapist:
    """The therapist who is signed in."""
    own: Therapist | None = access.signed_in().therapist
    return own or abort(404)


def own_activity_or_404(activity_id: UUID) -> ContinuingEducation:
    """One of theirs."""
    return log.activity(db.session, own_or_404().id, activity_id) or abort(404)


def activity_page(row: ContinuingEducation, trouble: str = "") -> str:
    """As it stands in the log; with what stands against a certificate, or against deleting it."""
    return _form_page(LearnedForm.showing(operations.learned_of(row), _today()), row, trouble=trouble)


def _today() -> date:
    return today_at(db.session, clock.now())


def _asked_day() -> date | None:
    return day_from_address(request.args.get("on", ""))


def _saved(row: ContinuingEducation) -> Response:
    on = row.done_on
    db.session.commit()
    flash(_("Saved."))
    return redirect(url_for("qualifications.education", on=on), 303)


def _page(sheet: Sheet, removed: LearnedForm | None = None) -> str:
    return render_template("qualifications/education.html", sheet=sheet, removed=removed, words=words)


def _form_page(
    form: LearnedForm, row: ContinuingEducation | None = None, *, has_errors: bool = False, trouble: str = ""
) -> str:
    return render_template(
        "qualifications/education_activity.html",
        form=form,
        row=row,
        papers=certificates_of(db.session, [row.id])[row.id] if row else [],
        most=MOST_PAPERS,
        has_errors=has_errors or trouble,
        trouble=trouble,
    )
