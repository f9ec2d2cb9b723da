"""A client signs in: by password, or by a link in a mail, which opens less."""

from functools import partial
from uuid import UUID

from flask import redirect, render_template, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from clinic.core import access, audit, clock
from clinic.core.access import client, holder_of, public
from clinic.core.audit import Actor
from clinic.core.crypto import keyring
from clinic.core.db import db
from clinic.front.my.page import bp, link_over
from clinic.people.forms import AddressForm, SignInForm
from clinic.people.models import ClientAccount
from clinic.people.operations import mail_link, use_link
from clinic.people.queries import account_at, account_of_client
from clinic.people.views import TOO_MANY, next_page, proven, too_many_tries

_over = partial(link_over, "sign_in_link_over")


@bp.get("/my/sign-in")
@public
def sign_in() -> str | Response:
    if access.by_password():
        return redirect(url_for("my.appointments"), 303)
    return render_template("front/my/sign_in.html", form=SignInForm(formdata=None))


@bp.post("/my/sign-in")
@public
def sign_in_submit() -> tuple[str, int] | Response:
    form = SignInForm()
    account, status = proven(form, select(ClientAccount), kind="client")
    if account is None:
        return render_template("front/my/sign_in.html", form=form, has_errors=True), status
    return _begin(account, by_password=True)


@bp.get("/my/sign-in-link")
@public
def sign_in_link() -> str:
    return render_template("front/my/sign_in_link.html", form=AddressForm(formdata=None))


@bp.post("/my/sign-in-link")
@public
def sign_in_link_submit() -> str | tuple[str, int]:
    """The same answer and the same work, whoever has the address: where nobody has, a link is made for nobody, and its
    mail dropped.
    """
    form = AddressForm()
    valid = form.validate()
    too_many = valid and too_many_tries(form.email.data.lower(), kind="client link")
    if too_many:
        form.form_errors.append(TOO_MANY)
    if not valid or too_many:
        page = render_template("front/my/sign_in_link.html", form=form, has_errors=True)
        return page, 429 if too_many else 422
    account = account_at(db.session, form.email.data)
    mail_link(db.session, "sign_in", account.client_id if account else _nobody(form.email.data), now=clock.now())
    db.session.commit()
    return render_template("front/my/look_into_your_mail.html", email=form.email.data)


@bp.get("/my/sign-in-links/<token>")
@holder_of("sign_in", otherwise=_over)
def mailed_link(subject_id: UUID, token: str) -> str:
    """One button: what follows links in mails to look at them must not use this one up."""
    return render_template("front/my/mailed_link.html")


@bp.post("/my/sign-in-links/<token>")
@holder_of("sign_in", otherwise=_over)
def mailed_link_submit(subject_id: UUID, token: str) -> tuple[str, int] | Response:
    account = account_of_client(db.session, subject_id)
    if account is None or not use_link(db.session, "sign_in", subject_id, now=clock.now()):
        return _over()
    return _begin(account, by_password=False)


@bp.post("/my/sign-out")
@client
def sign_out() -> Response:
    access.sign_out()
    return redirect(url_for("front.home"), 303)


def _nobody(email: str) -> UUID:
    """An id that no client has, the same for the same address: asked for twice, it is treated like anybody's."""
    return UUID(bytes=keyring().mac("nobody", email.lower())[:16])


def _begin(account: ClientAccount, *, by_password: bool) -> Response:
    by, way = Actor("client", str(account.client_id)), {"by": "password" if by_password else "link"}
    audit.record(db.session, "client.signed_in", f"client:{account.client_id}", by=by, now=clock.now(), detail=way)
    db.session.commit()
    access.sign_in_client(account, by_password=by_password)
    return redirect(next_page(url_for("my.appointments")), 303)
