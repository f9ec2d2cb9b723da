"""One's own account: password, second factor, and the sessions it has open."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from clinic.core import access, clock
from clinic.core.access import staff
from clinic.core.db import db
from clinic.people.forms import ChangePasswordForm
from clinic.people.operations import hash_password, password_matches
from clinic.people.operations.staff import change_password, end_sessions
from clinic.people.queries import recovery_codes_left
from clinic.people.views.page import TOO_MANY, bp, is_demo, mine, on_day, too_many_tries


@bp.get("/account")
@staff
def account() -> str:
    me = mine()
    left = recovery_codes_left(db.session, me.id)
    since = on_day(me.second_factor_at) if me.second_factor_at else None
    return render_template("people/account.html", account=me, left=left, since=since, is_demo=is_demo())


@bp.get("/account/password")
@staff
def password() -> str:
    return render_template("people/password.html", form=ChangePasswordForm(formdata=None, email=mine().email))


@bp.post("/account/password")
@staff
def password_submit() -> tuple[str, int] | Response:
    """It ends every session, on every device, and begins this one anew."""
    me = mine()
    form = ChangePasswordForm(email=me.email)
    if status := _wrong(form):
        return render_template("people/password.html", form=form, has_errors=True), status
    hashed = hash_password(form.new.data)
    change_password(db.session, me, hashed, now=clock.now(), by=access.actor())
    db.session.commit()
    access.sign_in(me)
    flash(_("Your password is changed. On every other device you are signed out."))
    return redirect(url_for("access.account"), 303)


@bp.post("/account/sign-out")
@staff
def sign_out_everywhere() -> Response:
    end_sessions(db.session, mine(), now=clock.now(), by=access.actor())
    db.session.commit()
    access.sign_out()
    return redirect(url_for("access.sign_in"), 303)


def _wrong(form: ChangePasswordForm) -> int | None:
    """The status to answer where something is wrong. Tries at the old password count like tries to sign in."""
    if not form.validate():
        return 422
    email, known = mine().email, mine().password_hash
    if too_many_tries(email, kind="account"):
        form.form_errors.append(TOO_MANY)
        return 429
    db.session.commit()  # checking takes a while, and no lock is held meanwhile
    if not password_matches(known, form.old.data):
        form.old.errors = [_("That is not the password you have now.")]
        return 422
    return None
