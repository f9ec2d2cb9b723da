"""Signing in and out."""

from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, select
from werkzeug.wrappers import Response

from clinic.core import access, audit, clock, throttle
from clinic.core.access import public, staff
from clinic.core.audit import Actor
from clinic.core.db import db
from clinic.people.forms import SignInForm
from clinic.people.models import Account
from clinic.people.operations import password_matches

bp = Blueprint("access", __name__)
TOO_MANY = _l("Too many tries. Wait five minutes, then try again.")


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
    account, status = proven(form, select(Account).where(Account.active), kind="account")
    if account is None:
        return render_template("people/sign_in.html", form=form, has_errors=True), status
    by = Actor("account", str(account.id))
    audit.record(db.session, "account.signed_in", f"account:{account.id}", by=by, now=clock.now())
    db.session.commit()
    access.sign_in(account)
    return redirect(next_page(url_for("today.day")), 303)


@bp.post("/sign-out")
@staff
def sign_out() -> Response:
    access.sign_out()
    return redirect(url_for("front.home"), 303)


def proven(form: SignInForm, accounts: Select[Any], *, kind: str) -> tuple[Any, int]:
    """The account that goes with what was typed; else None, the status to answer, and the sentence in the form."""
    if not form.validate():
        return None, 422
    email = form.email.data.lower()
    if too_many_tries(email, kind=kind):
        form.form_errors.append(TOO_MANY)
        return None, 429
    account = db.session.scalar(accounts.filter_by(email=email))
    known = account.password_hash if account else None
    db.session.commit()  # checking takes a while, and no lock is held meanwhile
    if not password_matches(known, form.password.data) or account is None:
        form.form_errors.append(_("That email and password do not go together. Check both and try again."))
        return None, 422
    return account, 200


def too_many_tries(email: str, *, kind: str) -> bool:
    """Count a try for this address, and from where it comes; staff and clients are counted apart. Commits."""
    whence = f"{kind} {request.remote_addr}"
    over = throttle.too_many(db.session, account=f"{kind} {email}", address=whence, now=clock.now())
    db.session.commit()
    return over


def next_page(otherwise: str) -> str:
    """Where they were going; only ever a page of this clinic."""
    return local_page(request.args.get("next", ""), otherwise)


def local_page(wanted: str | None, otherwise: str) -> str:
    """The wanted address, where it is a page of this clinic."""
    wanted = wanted or ""
    parts = urlsplit(wanted)
    local = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and not parts.netloc
    return wanted if local and "\n" not in wanted and "\\" not in wanted else otherwise
