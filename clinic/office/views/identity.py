"""What the clinic is called and says, and the rules its clients book by."""

from dataclasses import replace

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from clinic.booking.views.page import programme_or_404
from clinic.core import access, clock
from clinic.core.access import owner
from clinic.core.db import db, reads_first
from clinic.office import operations
from clinic.office.forms.identity import IdentityForm
from clinic.office.views.page import bp
from clinic.office.views.preview import mails_of, preview
from clinic.office.views.setting import as_asked, last_changes, pointed_out
from clinic.places.models import Clinic


@bp.get("/identity")
@owner
def identity() -> str:
    found = load()
    return page(as_asked(IdentityForm(formdata=None, obj=found), found), found)


@bp.post("/identity")
@owner
def identity_change() -> Response | tuple[str, int]:
    found, form = load(), IdentityForm()
    if not form.validate():
        return page(form, found, has_errors=True), 422
    if operations.change(db.session, found, form.values(), by=access.actor(), now=clock.now()):
        flash(_("Saved. Clients read it so from now on."))
    db.session.commit()
    return redirect(url_for("office.identity"), 303)


@bp.post("/identity/preview")
@reads_first
@owner
def identity_preview() -> str | tuple[str, int]:
    """The home page and the mails with what was typed. Nothing is saved."""
    found, form = load(), IdentityForm()
    if not form.validate():
        return page(form, found, has_errors=True), 422
    known, now = programme_or_404(), clock.now()
    seen = replace(known, clinic=_typed(known.clinic, form))
    save, back = url_for("office.identity_change"), url_for("office.identity_draft")
    return preview(seen, save=save, back=back, mails=mails_of(seen, now))


@bp.post("/identity/draft")
@reads_first
@owner
def identity_draft() -> str:
    """Back from the preview, with all that was typed."""
    return page(IdentityForm(), load())


def _typed(clinic: Clinic, form: IdentityForm) -> Clinic:
    """The clinic as it would be."""
    there = {one.name: getattr(clinic, one.name) for one in Clinic.__table__.columns}
    return Clinic(**{**there, **form.values()})


def load() -> Clinic:
    """The one there is; no page before it is set up."""
    return db.session.get(Clinic, 1) or abort(404)


def page(form: IdentityForm, found: Clinic, *, logo_trouble: str = "", has_errors: bool = False) -> str:
    """The page with this form; `logo_trouble`: why a logo was not taken."""
    return render_template(
        "office/identity.html",
        form=form,
        found=found,
        pointed_out=pointed_out(form, "tagline", "welcome"),
        changes=last_changes(form, found),
        logo_trouble=logo_trouble,
        has_errors=has_errors or bool(logo_trouble),
    )
