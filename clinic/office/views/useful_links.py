"""Pages and videos elsewhere, that a plan may point to."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from clinic.aftercare import queries
from clinic.aftercare.models import UsefulLink
from clinic.core import access, clock
from clinic.core.access import owner
from clinic.core.db import db
from clinic.office import operations
from clinic.office.forms.useful_links import UsefulLinkForm
from clinic.office.views.page import bp
from clinic.office.views.setting import as_asked, last_changes


@bp.get("/links")
@owner
def useful_links() -> str:
    return _list(UsefulLinkForm(formdata=None, data={"offered": True}))


@bp.post("/links")
@owner
def useful_link_making() -> Response | tuple[str, int]:
    form, now = UsefulLinkForm(), clock.now()
    if not form.validate():
        return _list(form), 422
    made = UsefulLink(added_at=now, added_by_id=access.signed_in().id)
    operations.make(db.session, made, form.values(), by=access.actor(), now=now)
    db.session.commit()
    flash(_("Saved."))
    return redirect(url_for("office.useful_links"), 303)


@bp.get("/links/<int:link_id>")
@owner
def useful_link(link_id: int) -> str:
    found = _load(link_id)
    return _page(as_asked(UsefulLinkForm(formdata=None, obj=found), found), found)


@bp.post("/links/<int:link_id>")
@owner
def useful_link_change(link_id: int) -> Response | tuple[str, int]:
    found, form = _load(link_id), UsefulLinkForm()
    if not form.validate():
        return _page(form, found), 422
    if operations.change(db.session, found, form.values(), by=access.actor(), now=clock.now()):
        flash(_("Saved. Plans that were sent keep it as it was."))
    db.session.commit()
    return redirect(url_for("office.useful_link", link_id=link_id), 303)


def _load(link_id: int) -> UsefulLink:
    return db.session.get(UsefulLink, link_id) or abort(404)


def _list(form: UsefulLinkForm) -> str:
    links = queries.useful_links(db.session)
    return render_template("office/useful_links.html", links=links, form=form, has_errors=bool(form.errors))


def _page(form: UsefulLinkForm, link: UsefulLink) -> str:
    told = {"changes": last_changes(form, link), "has_errors": bool(form.errors)}
    return render_template("office/useful_link.html", link=link, form=form, **told)
