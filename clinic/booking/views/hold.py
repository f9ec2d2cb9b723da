"""A tapped time is kept for the visit while its details are typed."""

from datetime import timedelta
from typing import Any

from flask import abort, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from clinic.booking import operations
from clinic.booking.operations import Visitor
from clinic.booking.views.asked import choice
from clinic.booking.views.choice import Choice
from clinic.booking.views.page import bp
from clinic.booking.views.times import times_page
from clinic.booking.views.told import refused
from clinic.core import clock, crypto
from clinic.core.access import public
from clinic.core.db import db
from clinic.core.forms import without_token
from clinic.core.visit import came_with_cookie, forget_client, note_hold, visit_digest, visit_id
from clinic.intake.operations import forget_answers


@bp.post("/holds")
@without_token
@public
def holds() -> tuple[str, int] | Response:
    """Keep the tapped time, give back the one before, and go on to the details."""
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        abort(400)
    args, now = request.form, clock.now()
    chosen = choice(args.get("treatment", ""), args)
    if chosen.refused:
        return times_page(chosen), 409
    if chosen.slot is None:
        return times_page(chosen, message=_("That time could not be read. Please choose again.")), 404
    if not came_with_cookie():
        return _with_cookie(chosen)
    visitor = Visitor(visit_digest(), crypto.keyring().mac("address", request.remote_addr or ""))
    if refusals := operations.hold(db.session, chosen.wish(name="", email=""), visitor, now=now):
        db.session.rollback()
        return refused(chosen, refusals)
    db.session.commit()
    note_hold(now + timedelta(minutes=chosen.programme.clinic.hold_minutes))
    return redirect(chosen.href("details"), 303)


def give_back() -> None:
    """What was held, where nothing is booked now: somebody else may have it. Commits."""
    operations.let_go(db.session, visit_digest(), now=clock.now())
    db.session.commit()
    note_hold(None)


def _with_cookie(chosen: Choice) -> tuple[str, int] | Response:
    """A visit that begins with this tap: the browser sends it once more (307), now with its cookie. One that keeps no
    cookies would hold a time that is in its own way and everybody's.
    """
    if "cookie" in request.args:
        message = _("Your browser keeps no cookies, so we cannot keep a time. Allow them for this page, or call us.")
        return times_page(chosen, message=message), 400
    visit_id()
    asked: dict[str, Any] = dict(chosen.narrowed_by)
    return redirect(url_for("booking.holds", **asked, cookie="set"), 307)


@bp.post("/visit/end")
@public
def visit_end() -> Response:
    """Leave: what was held and answered on the way is given back and forgotten."""
    give_back()
    forget_answers(db.session, visit_id())
    db.session.commit()
    forget_client()
    return redirect(url_for("front.home"), 303)
