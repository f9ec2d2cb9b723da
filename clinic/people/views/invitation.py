"""An invitation, opened by whoever was invited: a password, then a second factor, then they are in."""

from uuid import UUID

from flask import abort, render_template
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from clinic.core import clock
from clinic.core.access import holder_of
from clinic.core.audit import Actor
from clinic.core.db import db
from clinic.people.forms import NewPasswordForm
from clinic.people.models import Account
from clinic.people.operations import hash_password, use_link
from clinic.people.operations.staff import join_staff
from clinic.people.views.page import bp
from clinic.people.views.sign_in import go_on

GONE = _l(
    "This invitation has been used, has run out or was replaced by another. If you have chosen a password already, "
    "sign in with it. If not, ask whoever runs the clinic to invite you again."
)


@bp.get("/invitations/<token>")
@holder_of("invitation", otherwise=GONE)
def invitation(subject_id: UUID, token: str) -> str:
    invited = _invited(subject_id)
    return _page(invited, NewPasswordForm(formdata=None, email=invited.email))


@bp.post("/invitations/<token>")
@holder_of("invitation", otherwise=GONE)
def invitation_submit(subject_id: UUID, token: str) -> tuple[str, int] | Response:
    invited = _invited(subject_id)
    form = NewPasswordForm(email=invited.email)
    if not form.validate():
        return _page(invited, form, has_errors=True), 422
    db.session.commit()  # hashing takes a while, and no lock is held meanwhile
    hashed, now = hash_password(form.new.data), clock.now()
    if not use_link(db.session, "invitation", subject_id, now=now):
        abort(404, GONE)
    join_staff(db.session, invited, hashed, now=now, by=Actor.by_link(token))
    db.session.commit()
    return go_on(invited)


def _invited(subject_id: UUID) -> Account:
    account = db.session.get(Account, subject_id.int)
    if account is None or account.password_hash or not account.active:
        abort(404, GONE)
    return account


def _page(invited: Account, form: NewPasswordForm, *, has_errors: bool = False) -> str:
    return render_template("people/invitation.html", form=form, invited=invited, has_errors=has_errors)
