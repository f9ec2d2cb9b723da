"""Setting up a second factor, and its recovery codes."""

import secrets
from typing import Any

from flask import redirect, render_template, session, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from clinic.core import access, clock
from clinic.core.access import known_by_password, staff
from clinic.core.audit import Actor
from clinic.core.db import db
from clinic.people.forms import AnotherPhoneForm, CodeForm, SetUpForm
from clinic.people.models import Account
from clinic.people.operations.second_factor import make_recovery_codes, secret_of, set_up, step_of
from clinic.people.queries import recovery_codes_left
from clinic.people.views.page import (
    NOT_THE_CODE,
    TOO_MANY,
    bp,
    clinic_name,
    going_to,
    is_demo,
    mine,
    next_page,
    too_many_tries,
)
from clinic.people.views.sign_in import begin_session, refused

NONCE = "second_factor"  # what the session remembers of a secret that no code has confirmed yet


@bp.get("/account/second-factor")
@known_by_password
def second_factor() -> str | Response:
    account = mine()
    if _owes_code(account):
        return redirect(url_for("access.code", **going_to()), 303)
    if NONCE not in session:
        session[NONCE] = secrets.token_urlsafe(18)
    return _set_up_page(account, _form(account, formdata=None))


@bp.post("/account/second-factor")
@known_by_password
def second_factor_submit() -> str | tuple[str, int] | Response:
    """A code confirms it; where there is one already, one from the phone of before or a recovery code is asked for."""
    account = mine()
    if _owes_code(account):
        return redirect(url_for("access.code"), 303)
    if NONCE not in session:
        return redirect(url_for("access.second_factor"), 303)
    form = _form(account)
    if status := _wrong(form, account):
        return _set_up_page(account, form, has_errors=True), status
    secret = secret_of(account, session[NONCE])
    now, by = clock.now(), Actor("account", str(account.id))
    codes = set_up(db.session, account, secret, step=form.step, now=now, by=by)
    db.session.commit()
    begin_session(account, by="second_factor_set_up")
    return _codes_page(codes)


@bp.get("/account/recovery-codes")
@staff
def recovery_codes() -> str | Response:
    if not mine().second_factor_at:
        return redirect(url_for("access.second_factor"), 303)
    return _ask_page(CodeForm(formdata=None))


@bp.post("/account/recovery-codes")
@staff
def recovery_codes_submit() -> str | tuple[str, int]:
    account, form = mine(), CodeForm()
    if status := refused(form, account):
        return _ask_page(form, has_errors=True), status
    codes = make_recovery_codes(db.session, account, now=clock.now(), by=access.actor())
    db.session.commit()
    return _codes_page(codes)


def _owes_code(account: Account) -> bool:
    """Whoever has given a password alone does not get past a second factor by setting up another."""
    return account.second_factor_at is not None and not access.signed_in()


def _form(account: Account, **more: Any) -> SetUpForm:
    return AnotherPhoneForm(**more) if account.second_factor_at else SetUpForm(**more)


def _wrong(form: SetUpForm, account: Account) -> int | None:
    """The status to answer where the codes do not confirm it, with the sentence in the form."""
    if isinstance(form, AnotherPhoneForm):
        return _not_of_new_phone(form, account, counted=False) or refused(form, account)
    return _not_of_new_phone(form, account, counted=True)


def _not_of_new_phone(form: SetUpForm, account: Account, *, counted: bool) -> int | None:
    if not form.validate():
        return 422
    if counted and too_many_tries(account.email, kind="code"):
        form.form_errors.append(TOO_MANY)
        return 429
    form.step = step_of(secret_of(account, session[NONCE]), form.new.data, now=clock.now())
    if form.step is None:
        form.new.errors = [NOT_THE_CODE]
        return 422
    return None


def _set_up_page(account: Account, form: SetUpForm, *, has_errors: bool = False) -> str:
    secret = secret_of(account, session[NONCE])
    return render_template(
        "people/second_factor.html",
        form=form,
        has_errors=has_errors,
        account=account,
        picture=_picture(account, secret),
        secret=" ".join(secret[n : n + 4] for n in range(0, len(secret), 4)),
        is_demo=is_demo(),
    )


def _picture(account: Account, secret: str) -> Markup:
    """The QR code that an authenticator app reads."""
    import segno
    from pyotp import TOTP

    address = TOTP(secret).provisioning_uri(name=account.email, issuer_name=clinic_name() or None)
    drawing = segno.make(address, error="m", micro=False)
    return Markup(drawing.svg_inline(scale=4, border=4, omitsize=True, dark="#000", light="#fff"))  # noqa: S704  (squares alone)


def _codes_page(codes: Any) -> str:
    return render_template("people/recovery_codes.html", codes=codes, on=next_page(url_for("access.account")))


def _ask_page(form: CodeForm, *, has_errors: bool = False) -> str:
    left = recovery_codes_left(db.session, mine().id)
    return render_template("people/new_recovery_codes.html", form=form, left=left, has_errors=has_errors)
