"""For whoever has lost the link to their appointment: it comes by mail, and the page tells nobody anything."""

from flask import render_template, request
from flask_babel import gettext as _

from clinic.booking.forms import LostLinkForm
from clinic.booking.operations import ask_for_links
from clinic.booking.views.page import bp, programme_or_404
from clinic.core import clock, throttle
from clinic.core.access import public
from clinic.core.db import db


@bp.get("/lost-link")
@public
def lost_link() -> str:
    programme_or_404()
    return render_template("booking/lost_link.html", form=LostLinkForm(formdata=None))


@bp.post("/lost-link")
@public
def lost_link_submit() -> str | tuple[str, int]:
    """The same answer and the same work, whoever has the address."""
    programme_or_404()
    form = LostLinkForm()
    if not form.validate():
        return _again(form, 422)
    if throttle.too_many(db.session, now=clock.now(), address=f"lost link {request.remote_addr}"):
        db.session.commit()
        form.form_errors.append(_("Too many tries. Wait an hour, or call us."))
        return _again(form, 429)
    ask_for_links(db.session, form.email.data, now=clock.now())
    db.session.commit()
    return render_template("booking/link_sent.html", email=form.email.data)


def _again(form: LostLinkForm, status: int) -> tuple[str, int]:
    return render_template("booking/lost_link.html", form=form, has_errors=True), status
