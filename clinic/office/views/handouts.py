"""The clinic's own papers for everybody: sent, shown, hidden, put in place of one another."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from clinic.aftercare import queries, wording
from clinic.aftercare.models import Handout
from clinic.aftercare.operations import replace_pdf
from clinic.aftercare.views.free_practice import handout_answer
from clinic.core import access, clock
from clinic.core.access import owner
from clinic.core.db import db
from clinic.core.forms import takes_a_file
from clinic.office import operations
from clinic.office.forms.handouts import HandoutForm
from clinic.office.views.page import bp

MOST_PDF = 5 * 1024 * 1024
MOST_SENT = MOST_PDF + 64 * 1024  # the file, and the form around it


@bp.get("/handouts")
@owner
def handouts() -> str:
    return render_template("office/handouts.html", handouts=queries.handouts(db.session), words=wording)


@bp.get("/handouts/new")
@owner
def handout_new() -> str:
    return _page(HandoutForm(formdata=None, data={"offered": True}))


@bp.post("/handouts")
@takes_a_file(MOST_SENT)
@owner
def handout_making() -> Response | tuple[str, int]:
    form, pdf = HandoutForm(), _sent()
    trouble = _wrong_with(pdf)
    if not form.validate() or trouble:
        return _page(form, trouble=trouble, has_errors=True), 422
    now = clock.now()
    made = Handout(pdf=pdf, size=len(pdf), added_at=now, added_by_id=access.signed_in().id)
    operations.make(db.session, made, form.values(), by=access.actor(), now=now)
    db.session.commit()
    flash(_("Kept. It stands on the page of free practice where you show that."))
    return redirect(url_for("office.handouts"), 303)


@bp.get("/handouts/<int:handout_id>")
@owner
def handout(handout_id: int) -> str:
    found = _load(handout_id)
    return _page(HandoutForm(formdata=None, obj=found), found)


@bp.post("/handouts/<int:handout_id>")
@takes_a_file(MOST_SENT)
@owner
def handout_change(handout_id: int) -> Response | tuple[str, int]:
    """Without a file, the one that is there stays."""
    found, form, pdf = _load(handout_id), HandoutForm(), _sent()
    trouble = _wrong_with(pdf) if pdf else ""
    if not form.validate() or trouble:
        return _page(form, found, trouble=trouble, has_errors=True), 422
    by, now = access.actor(), clock.now()
    operations.change(db.session, found, form.values(), by=by, now=now)
    if pdf:
        replace_pdf(db.session, found, pdf, now=now, by=by)
    db.session.commit()
    flash(_("Saved."))
    return redirect(url_for("office.handout", handout_id=found.id), 303)


@bp.get("/handouts/<int:handout_id>/pdf")
@owner
def handout_pdf(handout_id: int) -> Response:
    """As it is now, offered or not."""
    return handout_answer(_load(handout_id))


def _sent() -> bytes:
    """The file of the form at hand. Its name, and what it was said to be, are not looked at."""
    file = request.files.get("pdf")
    return file.read(MOST_PDF + 1) if file else b""


def _wrong_with(pdf: bytes) -> str:
    if not pdf:
        return str(_("Choose a PDF."))
    if not pdf.startswith(b"%PDF-"):
        return str(_("This is not a PDF. Save it as one first."))
    return str(_("This is larger than 5 MB. Make it smaller first.")) if len(pdf) > MOST_PDF else ""


def _load(handout_id: int) -> Handout:
    return db.session.get(Handout, handout_id) or abort(404)


def _page(form: HandoutForm, found: Handout | None = None, *, trouble: str = "", has_errors: bool = False) -> str:
    told = {"handout": found, "trouble": trouble, "has_errors": has_errors, "words": wording}
    return render_template("office/handout.html", form=form, **told)
