"""The presets of the register, by country: what they fill in, how they map to a level, and how that is known."""

from dataclasses import replace
from typing import Any

from babel import Locale
from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from clinic.booking.views.page import programme_or_404
from clinic.core import access, clock
from clinic.core.access import owner
from clinic.core.db import db
from clinic.core.templating import language
from clinic.office.forms.presets import PresetForm
from clinic.office.views.page import bp
from clinic.office.views.setting import last_changes_of
from clinic.qualifications import wording
from clinic.qualifications.operations import presets as operations
from clinic.qualifications.presets import Preset, shipped
from clinic.qualifications.queries import all_presets


@bp.get("/presets")
@owner
def presets() -> str:
    """All of them, those of the clinic's own country first."""
    home, found = programme_or_404().clinic.country, list(all_presets(db.session).values())
    countries = sorted({one.country for one in found}, key=lambda code: (code != home, code))
    by_country = [(_country(code), [one for one in found if one.country == code]) for code in countries]
    ours = shipped()
    changed = {one.code for one in found if one.code in ours and one is not ours[one.code]}
    return render_template(
        "office/presets.html", by_country=by_country, changed=changed, ours=ours, kinds=wording.KINDS
    )


@bp.get("/presets/new")
@owner
def preset_new() -> str:
    return _page(PresetForm(formdata=None))


@bp.post("/presets")
@owner
def preset_making() -> Response | tuple[str, int]:
    form = PresetForm()
    if not form.validate():
        return _page(form, has_errors=True), 422
    code = operations.next_code(list(all_presets(db.session)))
    return _keep(form.preset(code, hidden=False))


@bp.get("/presets/<code>")
@owner
def preset(code: str) -> str:
    found = _load(code)
    return _page(PresetForm(formdata=None, found=found), found)


@bp.post("/presets/<code>")
@owner
def preset_change(code: str) -> Response | tuple[str, int]:
    found = _load(code)
    form = PresetForm(found=found)
    if not form.validate():
        return _page(form, found, has_errors=True), 422
    return _keep(form.preset(code, hidden=found.hidden))


@bp.post("/presets/<code>/withdrawal")
@owner
def preset_withdrawal(code: str) -> Response:
    """Hidden: it is not offered when something is entered."""
    return _keep(replace(_load(code), hidden=True))


@bp.post("/presets/<code>/offer")
@owner
def preset_offer(code: str) -> Response:
    """Offered again."""
    return _keep(replace(_load(code), hidden=False))


@bp.post("/presets/<code>/return")
@owner
def preset_return(code: str) -> Response:
    """Ours again, as it came with the house."""
    if code not in shipped():
        abort(404)
    operations.put_back(db.session, code, now=clock.now(), by=access.actor())
    db.session.commit()
    flash(_("It reads as it came with the house."))
    return redirect(url_for("office.preset", code=code), 303)


def _keep(kept: Preset) -> Response:
    if operations.keep_preset(db.session, kept, now=clock.now(), by=access.actor()):
        flash(_("Saved. What was entered and checked before stays as it is."))
    db.session.commit()
    return redirect(url_for("office.preset", code=kept.code), 303)


def _load(code: str) -> Preset:
    return all_presets(db.session).get(code) or abort(404)


def _country(code: str) -> str:
    return str(Locale.parse(language()).territories.get(code, code)) if code else str(_("Anywhere"))


def _page(form: PresetForm, found: Preset | None = None, **more: Any) -> str:
    return render_template(
        "office/preset.html",
        form=form,
        preset=found,
        changed=found is not None and found is not shipped().get(found.code),
        ours=found is not None and found.code in shipped(),
        changes=last_changes_of(form, operations.subject_of(found.code)) if found else [],
        **{"has_errors": False, **more},
    )
