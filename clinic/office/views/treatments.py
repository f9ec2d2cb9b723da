"""The treatments: what is offered, for how long, at what price and by which rules."""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import selectinload
from werkzeug.wrappers import Response

from clinic.booking import queries
from clinic.booking.offered import OfferedTreatment, treatment_as_offered
from clinic.booking.programme import Programme, programme
from clinic.booking.views.page import programme_or_404
from clinic.core import access, clock
from clinic.core.access import owner
from clinic.core.db import db, reads_first
from clinic.office import operations
from clinic.office.forms.treatments import TreatmentForm
from clinic.office.views.in_the_way import with_times
from clinic.office.views.page import bp
from clinic.office.views.preview import preview
from clinic.office.views.setting import as_asked, last_changes, pointed_out
from clinic.treatments.models import Treatment, TreatmentLength

LIKE_THIS = {  # a new treatment begins so
    "position": 50,
    "notice_minutes": 120,
    "horizon_days": 90,
    "grid_minutes": 15,
    "preparation_minutes": 0,
    "rest_minutes": 15,
    "cleaning_minutes": 10,
    "least_level": 4,
    "activity": "massage",
    "usual": 1,
}
WRITTEN = ("name", "words")  # what clients read of it


@bp.get("/treatments")
@owner
def treatments() -> str:
    """All of them in the order of the home page, with what keeps one from being booked."""
    known = programme_or_404()
    offered = {one.id: one for one in known.treatments}
    lines = [(one, offered.get(one.id), _lacks(known, offered.get(one.id))) for one in _all()]
    return render_template("office/treatments.html", lines=lines)


@bp.get("/treatments/new")
@owner
def treatment_new() -> str:
    return _page(_form(formdata=None, data=LIKE_THIS))


@bp.post("/treatments")
@owner
def treatment_making() -> Response | tuple[str, int]:
    form = _form()
    if not form.validate():
        return _page(form, has_errors=True), 422
    made = operations.make_treatment(db.session, form.values(), form.lengths(), by=access.actor(), now=clock.now())
    db.session.commit()
    flash(_("%(name)s is offered from now on.", name=made.name))
    if pointed_out(form, *WRITTEN):
        return redirect(url_for("office.treatment", treatment_id=made.id), 303)
    return redirect(url_for("office.treatments"), 303)


@bp.get("/treatments/<int:treatment_id>")
@owner
def treatment(treatment_id: int) -> str:
    found = _load(treatment_id)
    return _page(as_asked(_form(found, formdata=None), found), found)


@bp.post("/treatments/<int:treatment_id>")
@owner
def treatment_change(treatment_id: int) -> Response | tuple[str, int]:
    found = _load(treatment_id)
    form = _form(found)
    if not form.validate():
        return _page(form, found, has_errors=True), 422
    by, now = access.actor(), clock.now()
    if operations.change_treatment(db.session, found, form.values(), form.lengths(), by=by, now=now):
        flash(_("Saved. What is booked keeps its price and its length."))
    db.session.commit()
    return redirect(url_for("office.treatment", treatment_id=treatment_id), 303)


@bp.post("/treatments/preview")
@bp.post("/treatments/<int:treatment_id>/preview")
@reads_first
@owner
def treatment_preview(treatment_id: int | None = None) -> str | tuple[str, int]:
    """Its place on the home page, with what was typed. Nothing is saved."""
    found = _load(treatment_id) if treatment_id else None
    form = _form(found)
    if not form.validate():
        return _page(form, found, has_errors=True), 422
    save = (
        url_for("office.treatment_change", treatment_id=treatment_id) if found else url_for("office.treatment_making")
    )
    back = url_for("office.treatment_draft", treatment_id=treatment_id)
    return preview(_with(programme_or_404(), form, found), save=save, back=back)


@bp.post("/treatments/draft")
@bp.post("/treatments/<int:treatment_id>/draft")
@reads_first
@owner
def treatment_draft(treatment_id: int | None = None) -> str:
    """Back from the preview, with all that was typed."""
    found = _load(treatment_id) if treatment_id else None
    return _page(_form(found), found)


def _with(known: Programme, form: TreatmentForm, found: Treatment | None) -> Programme:
    """The programme as it would be; it remembers nothing of the one that is."""
    lengths = [TreatmentLength(minutes=n, price_minor=price, usual=usual) for n, price, usual in form.lengths()]
    named = {"id": found.id, "slug": found.slug} if found else {"id": 0, "slug": "new"}
    typed = Treatment(**named, **form.values(), lengths=lengths)
    others = [one for one in _all() if one.offered and one.lengths and one is not found]
    rows = sorted([*others, typed], key=lambda one: (one.position, one.id or math.inf))
    forgotten: dict[str, Any] = {name: {} for name in ("_qualified", "_windows", "_spans", "days", "occupied")}
    return replace(
        known, treatments=tuple(treatment_as_offered(one, known.clinic.currency) for one in rows), **forgotten
    )


@bp.post("/treatments/<int:treatment_id>/withdrawal")
@owner
def treatment_withdrawal(treatment_id: int) -> Response | tuple[str, int]:
    """Not offered any more; what is booked stays. Not while an offered one sends people to it."""
    found = _load(treatment_id)
    needing = [one.name for one in _all() if one.offered and found.id in {one.alternative_id, one.assessment_id}]
    if needing:
        why = _("%(name)s sends people to this one. Choose another there first, then withdraw it.", name=needing[0])
        return _page(_form(found, formdata=None), found, message=str(why)), 409
    return _offered(found, offered=False)


@bp.post("/treatments/<int:treatment_id>/offer")
@owner
def treatment_offer(treatment_id: int) -> Response:
    """Offered again."""
    return _offered(_load(treatment_id), offered=True)


def _offered(found: Treatment, *, offered: bool) -> Response:
    operations.change(db.session, found, {"offered": offered}, by=access.actor(), now=clock.now())
    db.session.commit()
    flash(_("It is offered again.") if offered else _("It is not offered any more. What is booked stays."))
    return redirect(url_for("office.treatment", treatment_id=found.id), 303)


def _all() -> Sequence[Treatment]:
    query = select(Treatment).options(selectinload(Treatment.lengths)).order_by(Treatment.position, Treatment.id)
    return db.session.scalars(query).all()


def _load(treatment_id: int) -> Treatment:
    return db.session.get(Treatment, treatment_id) or abort(404)


def _form(found: Treatment | None = None, **more: Any) -> TreatmentForm:
    known = programme(db.session) or abort(404)
    others = [one for one in _all() if one is not found]
    return TreatmentForm(currency=known.clinic.currency, others=others, found=found, **more)


def _lacks(known: Programme, offered: OfferedTreatment | None) -> str:
    """What keeps an offered treatment from being booked by anybody; empty where nothing does."""
    if offered is None:
        return ""
    today = queries.today_at(known, clock.now())
    if not any(room.suits(offered) for room in known.rooms):
        return str(_("No room in use is fit for it"))
    if not any(known.may_give(one, offered, today) for one in known.therapists):
        return str(_("Nobody listed may give it today"))
    return ""


def _page(form: TreatmentForm, found: Treatment | None = None, *, message: str = "", has_errors: bool = False) -> str:
    return render_template(
        "office/treatment.html",
        form=form,
        treatment=found,
        pointed_out=pointed_out(form, *WRITTEN),
        changes=last_changes(form, found) if found else [],
        unfit=with_times(programme_or_404(), queries.unfit_of_treatment(db.session, found, clock.now()))
        if found
        else [],
        message=message,
        has_errors=has_errors,
    )
