"""The mails of a client's own account. Each holds one link, good for an hour and once."""

from uuid import UUID

from flask import current_app, render_template
from flask_babel import gettext as _

from clinic.booking.programme import programme
from clinic.core import clock
from clinic.core.db import db
from clinic.core.links import Link
from clinic.core.mail import Letter
from clinic.people.models import Client


def account(link_id: UUID) -> Letter | None:
    return _letter(link_id, "my_account", "/my/accounts/", _("Choose a password"))


def sign_in(link_id: UUID) -> Letter | None:
    return _letter(link_id, "my_sign_in", "/my/sign-in-links/", _("Your link to sign in"))


COMPOSERS = {"client_account": account, "client_sign_in": sign_in}


def _letter(link_id: UUID, page: str, way: str, subject: str) -> Letter | None:
    """Not where it has been used or is too old by now."""
    link, known = db.session.get(Link, link_id), programme(db.session)
    client = db.session.get(Client, link.subject_id) if link else None
    if known is None or link is None or client is None or link.revoked_at or link.expires_at <= clock.now():
        return None
    text = render_template(
        f"mail/{page}.txt",
        first_name=client.name.split()[0],
        clinic=known.clinic,
        url=f"{current_app.config['PUBLIC_URL']}{way}{link.token}",
    )
    return Letter(to=client.email, subject=subject, text=text)
