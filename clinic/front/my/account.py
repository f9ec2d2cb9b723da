"""Another password, and the end of an account."""

from flask import redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from clinic.core import access, clock
from clinic.core.access import client_by_password
from clinic.core.db import db
from clinic.front.my.page import bp, mine, my_page
from clinic.people.forms import ChangePasswordForm
from clinic.people.operations import change_client_password, delete_client_account, hash_password, password_matches
from clinic.people.views import TOO_MANY, too_many_tries


@bp.get("/my/password")
@client_by_password
def password() -> str:
    return my_page("password", form=ChangePasswordForm(formdata=None, email=mine().email))


@bp.post("/my/password")
@client_by_password
def password_submit() -> tuple[str, int] | Response:
    """It ends every session, on every device, and begins this one anew."""
    account = mine()
    form = ChangePasswordForm(email=account.email)
    if status := _wrong(form):
        return my_page("password", form=form, has_errors=True), status
    hashed = hash_password(form.new.data)
    change_client_password(db.session, account, hashed, now=clock.now(), by=access.actor())
    db.session.commit()
    access.sign_in_client(account, by_password=True)
    return redirect(url_for("my.details", saved="yes"), 303)


@bp.get("/my/deletion")
@client_by_password
def deletion() -> str:
    return my_page("deletion")


@bp.post("/my/deletion")
@client_by_password
def deletion_submit() -> str:
    delete_client_account(db.session, mine(), now=clock.now(), by=access.actor())
    db.session.commit()
    access.sign_out()
    return render_template("front/my/deleted.html")


def _wrong(form: ChangePasswordForm) -> int | None:
    """The status to answer where something is wrong. Tries at the old password count like tries to sign in."""
    if not form.validate():
        return 422
    account = mine()
    email, known = account.email, account.password_hash
    if too_many_tries(email, kind="client"):
        form.form_errors.append(TOO_MANY)
        return 429
    if not password_matches(known, form.old.data):
        form.old.errors = [_("That is not the password you have now.")]
        return 422
    return None
