"""Signing in, by password and second factor, and out."""

from datetime import timedelta
from typing import Any

from flask import redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy import Select, select
from werkzeug.wrappers import Response

from clinic.core import access, audit, clock
from clinic.core.access import known_by_password, public
from clinic.core.audit import Actor
from clinic.core.db import db
from clinic.people.forms import CodeForm, PasswordForm, SignInForm
from clinic.people.models import Account
from clinic.people.operations import password_matches
from clinic.people.operations.second_factor import proves
from clinic.people.rules import still_owed
from clinic.people.views.page import NOT_THE_CODE, TOO_MANY, bp, going_to, is_demo, mine, next_page, too_many_tries

AWAITED = timedelta(minutes=30)  # time enough to put an app on the phone
PAGES = {"code": "access.code", "set_up": "access.second_factor"}


@bp.get("/sign-in")
@public
def sign_in() -> str | Response:
    if access.signed_in():
        return redirect(url_for("today.day"), 303)
    if account := access.awaited():
        return _to_second_factor(account)
    return render_template("people/sign_in.html", form=SignInForm(formdata=None))


@bp.post("/sign-in")
@public
def sign_in_submit() -> tuple[str, int] | Response:
    form = SignInForm()
    account, status = proven(form, select(Account).where(Account.active), kind="account")
    if account is None:
        return render_template("people/sign_in.html", form=form, has_errors=True), status
    return go_on(account)


@bp.get("/sign-in/code")
@known_by_password
def code() -> str | Response:
    if access.signed_in():
        return redirect(next_page(url_for("today.day")), 303)
    return render_template("people/code.html", form=CodeForm(formdata=None))


@bp.post("/sign-in/code")
@known_by_password
def code_submit() -> tuple[str, int] | Response:
    if access.signed_in():
        return redirect(next_page(url_for("today.day")), 303)
    account, form = mine(), CodeForm()
    if status := refused(form, account):
        return render_template("people/code.html", form=form, has_errors=True), status
    return let_in(account, by=form.proof)


@bp.post("/sign-out")
@known_by_password
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


def proven_again(form: PasswordForm, account: Account | None) -> int:
    """200 where this is their password; else the status to answer, with the sentence in the form. Counted as any try to
    sign in, and it takes as long where there is no account, or it is closed.
    """
    if not form.validate():
        return 422
    email, known = (account.email, account.password_hash) if account else ("", None)
    if too_many_tries(email, kind="account"):
        form.form_errors.append(TOO_MANY)
        return 429
    if not password_matches(known, form.password.data) or account is None:
        form.form_errors.append(_("That password is not right. Check it and try again."))
        return 422
    return 200


def refused(form: CodeForm, account: Account) -> int | None:
    """The status to answer where the code proves nothing, with its sentence in the form; else it is spent, and the form
    knows what it was. Commits.
    """
    if not form.validate():
        return 422
    if too_many_tries(account.email, kind="code"):
        form.form_errors.append(TOO_MANY)
        return 429
    by = Actor("account", str(account.id))
    form.proof = proves(db.session, account, form.code.data, now=clock.now(), by=by)
    db.session.commit()
    if form.proof is None:
        form.code.errors = [NOT_THE_CODE]
        return 422
    return None


def go_on(account: Account) -> Response:
    """From the right password to the second factor; in where none is asked for."""
    if still_owed(has_second_factor=bool(account.second_factor_at), demo=is_demo()) is None:
        return let_in(account, by="password")
    access.await_second_factor(account, clock.now() + AWAITED)
    return _to_second_factor(account)


def let_in(account: Account, *, by: str) -> Response:
    """Signed in, with what they proved last on record."""
    begin_session(account, by=by)
    return redirect(next_page(url_for("today.day")), 303)


def begin_session(account: Account, *, by: str) -> None:
    """Put on record that they signed in, and by what; commits."""
    actor, detail = Actor("account", str(account.id)), {"by": by}
    audit.record(db.session, "account.signed_in", f"account:{account.id}", by=actor, now=clock.now(), detail=detail)
    db.session.commit()
    access.sign_in(account)


def _to_second_factor(account: Account) -> Response:
    owed = still_owed(has_second_factor=bool(account.second_factor_at), demo=False) or "code"
    return redirect(url_for(PAGES[owed], **going_to()), 303)
