"""Making an account. Whoever books may type any address, and the link to their appointment shows at once: so another
link goes to the address, and only who opens that has proven it to be theirs.
"""

from functools import partial
from uuid import UUID

from flask import abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from clinic.booking.views.page import appointment_or_404
from clinic.consent.forms import AcceptanceForm
from clinic.consent.operations import accept_notice
from clinic.core import access, clock
from clinic.core.access import holder_of
from clinic.core.audit import Actor
from clinic.core.db import db
from clinic.front.my.page import bp, link_over
from clinic.people.forms import NewPasswordForm
from clinic.people.models import Client
from clinic.people.operations import hash_password, mail_link, make_client_account, use_link
from clinic.people.queries import account_in_the_way

_over = partial(link_over, "account_link_over")


class NewAccountForm(NewPasswordForm, AcceptanceForm):
    """A password, and that they accept what the clinic says of their data."""


@bp.get("/appointments/<token>/account")
@holder_of("appointment")
def account_offer(subject_id: UUID, token: str) -> str:
    return render_template(
        "front/my/account_offer.html", email=appointment_or_404(subject_id).client.email, token=token
    )


@bp.post("/appointments/<token>/account")
@holder_of("appointment")
def account_offer_submit(subject_id: UUID, token: str) -> str:
    """The same answer whether there is an account at that address: whoever typed it need not be told."""
    client = appointment_or_404(subject_id).client
    email = client.email
    mail_link(db.session, "account", client.id, now=clock.now())
    db.session.commit()
    return render_template("front/my/look_into_your_mail.html", email=email)


@bp.get("/my/accounts/<token>")
@holder_of("account", otherwise=_over)
def new_account(subject_id: UUID, token: str) -> str:
    client = _client(subject_id)
    if account_in_the_way(db.session, client.id, client.email):
        return render_template("front/my/account_exists.html", email=client.email)
    return _page(NewAccountForm(formdata=None, email=client.email))


@bp.post("/my/accounts/<token>")
@holder_of("account", otherwise=_over)
def new_account_submit(subject_id: UUID, token: str) -> tuple[str, int] | Response:
    client, now = _client(subject_id), clock.now()
    form = NewAccountForm(email=client.email)
    if not form.validate():
        return _page(form, has_errors=True), 422
    db.session.commit()  # hashing takes a while, and no lock is held meanwhile
    hashed = hash_password(form.new.data)
    if account_in_the_way(db.session, client.id, client.email):
        return render_template("front/my/account_exists.html", email=client.email), 409
    if not use_link(db.session, "account", client.id, now=now):
        return _over()
    by = Actor.by_link(token)
    account = make_client_account(db.session, client, hashed, now=now, by=by)
    accept_notice(db.session, client.id, now=now, by=by)
    db.session.commit()
    access.sign_in_client(account, by_password=True)
    return redirect(url_for("my.appointments"), 303)


def _client(client_id: UUID) -> Client:
    return db.session.get(Client, client_id) or abort(404)


def _page(form: NewAccountForm, *, has_errors: bool = False) -> str:
    return render_template("front/my/new_account.html", form=form, address=form.email, has_errors=has_errors)
