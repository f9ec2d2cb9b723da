"""Pages and videos elsewhere, that a plan may point to."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from clinic.aftercare import operations, queries
from clinic.aftercare.models import UsefulLink
from clinic.core import access, clock
from clinic.core.access import owner
from clinic.core.db import db
from clinic.office.forms.useful_links import UsefulLinkForm
from clinic.office.views.page import bp

Answer = Response | tuple[str, int]


@bp.get("/links")
@owner
def useful_links() -> str:
    return _page(UsefulLinkForm(formdata=None))


@bp.post("/links")
@owner
def useful_link_making() -> Answer:
    form = UsefulLinkForm()
    if not form.validate():
        return _page(form), 422
    who = access.signed_in().id
    operations.add_link(db.session, form.said(), account_id=who, now=clock.now(), by=access.actor())
    return _kept(_("Saved. New plans can point to it."))


@bp.get("/links/<int:link_id>")
@owner
def useful_link(link_id: int) -> str:
    link = _load(link_id)
    return render_template("office/useful_link.html", link=link, form=UsefulLinkForm.showing(link))


@bp.post("/links/<int:link_id>")
@owner
def useful_link_change(link_id: int) -> Answer:
    link, form = _load(link_id), UsefulLinkForm()
    if not form.validate():
        return render_template("office/useful_link.html", link=link, form=form, has_errors=True), 422
    operations.change_link(db.session, link, form.said(), now=clock.now(), by=access.actor())
    return _kept(_("Saved. Plans that were sent keep it as it was."))


@bp.post("/links/<int:link_id>/withdrawal")
@owner
def useful_link_withdrawal(link_id: int) -> Response:
    """Hidden from new plans."""
    operations.offer_link(db.session, _load(link_id), offered=False, now=clock.now(), by=access.actor())
    return _kept(_("Hidden. Plans that were sent keep it."))


@bp.post("/links/<int:link_id>/offer")
@owner
def useful_link_offer(link_id: int) -> Response:
    """Offered again."""
    operations.offer_link(db.session, _load(link_id), offered=True, now=clock.now(), by=access.actor())
    return _kept(_("New plans can point to it again."))


def _kept(words: str) -> Response:
    db.session.commit()
    flash(words)
    return redirect(url_for("office.useful_links"), 303)


def _load(link_id: int) -> UsefulLink:
    return db.session.get(UsefulLink, link_id) or abort(404)


def _page(form: UsefulLinkForm) -> str:
    links = queries.useful_links(db.session)
    return render_template("office/useful_links.html", links=links, form=form, has_errors=bool(form.errors))
