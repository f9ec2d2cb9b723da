"""What can be done with an exercise beside wording it: hide it, offer it again, put it back, approve it."""

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from clinic.aftercare import own_exercises as operations
from clinic.aftercare import wording
from clinic.aftercare.operations import approve
from clinic.core import access, clock
from clinic.core.access import owner
from clinic.core.db import db
from clinic.office.views.exercises import load
from clinic.office.views.page import bp


@bp.post("/exercises/<code>/withdrawal")
@owner
def exercise_withdrawal(code: str) -> Response:
    """New plans do not have it; what was sent stays."""
    return _offered(code, offered=False)


@bp.post("/exercises/<code>/offer")
@owner
def exercise_offer(code: str) -> Response:
    return _offered(code, offered=True)


@bp.post("/exercises/<code>/restoration")
@owner
def exercise_restoration(code: str) -> Response:
    """The product's own words and drawings again."""
    if not operations.is_shipped(code):
        abort(404)
    by_id, by = access.signed_in().id, access.actor()
    operations.restore_exercise(db.session, code, account_id=by_id, now=clock.now(), by=by)
    db.session.commit()
    flash(_("It is as it came with the product. Plans that were sent stay as they are."))
    return redirect(url_for("office.exercise", code=code), 303)


@bp.post("/exercises/<code>/approval")
@owner
def exercise_approval(code: str) -> Response:
    """They stand by it in the words of the page that they had before them."""
    found, read = load(code), request.form.get("read", "")
    by_id, by = access.signed_in().id, access.actor()
    refused = approve(db.session, found, read=read, account_id=by_id, now=clock.now(), by=by)
    db.session.commit()
    flash(wording.sentence(refused[0]) if refused else _("Approved, in the words it has now."))
    return redirect(url_for("office.exercise", code=code), 303)


def _offered(code: str, *, offered: bool) -> Response:
    load(code)
    by_id, by = access.signed_in().id, access.actor()
    refused = operations.offer_exercise(db.session, code, offered=offered, account_id=by_id, now=clock.now(), by=by)
    db.session.commit()
    words = _("It can be put into plans again.") if offered else _("New plans do not have it. What was sent stays.")
    flash(wording.sentence(refused[0]) if refused else words)
    return redirect(url_for("office.exercise", code=code), 303)
