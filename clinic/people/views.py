"""Signing in and out."""

from urllib.parse import urlsplit

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.wrappers import Response

from clinic.core import access, audit, clock, throttle
from clinic.core.access import public, staff
from clinic.core.audit import Actor
from clinic.core.db import db
from clinic.people.forms import SignInForm
from clinic.people.models import Account
from clinic.people.operations import password_matches

bp = Blueprint("access", __name__)


@bp.get("/sign-in")
@public
def sign_in() -> str | Response:
    if access.signed_in():
        return redirect(url_for("today.day"), 303)
    return render_template("people/sign_in.html", form=SignInForm(formdata=None))


@bp.post("/sign-in")
@public
def sign_in_submit() -> tuple[str, int] | Response:
    form = SignInForm()
    if not form.validate():
        return _again(form, 422)
    email, now = form.email.data.lower(), clock.now()
    if throttle.too_many(db.session, account=email, address=request.remote_addr or "", now=now):
        db.session.commit()
        form.form_errors.append(_("Too many tries. Wait five minutes, then try again."))
        return _again(form, 429)
    account = db.session.scalar(select(Account).where(Account.email == email, Account.active))
    known = account.password_hash if account else None
    db.session.commit()  # checking takes a while, and no lock is held meanwhile
    if not password_matches(known, form.password.data) or account is None:
        form.form_errors.append(_("That email and password do not go together. Check both and try again."))
        return _again(form, 422)
    by = Actor("account", str(account.id))
    audit.record(db.session, "account.signed_in", f"account:{account.id}", by=by, now=now)
    db.session.commit()
    access.sign_in(account)
    return redirect(_next_page(), 303)


@bp.post("/sign-out")
@staff
def sign_out() -> Response:
    access.sign_out()
    return redirect(url_for("front.home"), 303)


def _again(form: SignInForm, status: int) -> tuple[str, int]:
    return render_template("people/sign_in.html", form=form, has_errors=True), status


def _next_page() -> str:
    """Where they were going; only ever a page of this clinic."""
    wanted = request.args.get("next", "")
    parts = urlsplit(wanted)
    local = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and not parts.netloc
    return wanted if local and "\n" not in wanted and "\\" not in wanted else url_for("today.day")
