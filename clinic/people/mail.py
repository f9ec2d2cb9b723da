"""The mail that asks somebody to work here. It holds one link, good for seven days and once."""

from uuid import UUID

from flask import current_app, render_template
from flask_babel import gettext as _

from clinic.core import clock
from clinic.core.db import db
from clinic.core.links import Link
from clinic.core.mail import Letter
from clinic.people.models import Account
from clinic.places.models import Clinic


def invitation(link_id: UUID) -> Letter | None:
    """Not where it has been used, replaced or withdrawn by now."""
    link, clinic = db.session.get(Link, link_id), db.session.get(Clinic, 1)
    invited = db.session.get(Account, link.subject_id.int) if link else None
    if clinic is None or link is None or invited is None or link.revoked_at or link.expires_at <= clock.now():
        return None
    words = {"first_name": invited.name.split()[0], "clinic": clinic, "url": invitation_address(link)}
    text = render_template("mail/invitation.txt", **words)
    return Letter(to=invited.email, subject=_("Your account at %(clinic)s", clinic=clinic.name), text=text)


def invitation_address(link: Link) -> str:
    """Where an invitation is taken up."""
    return f"{current_app.config['PUBLIC_URL']}/invitations/{link.token}"


COMPOSERS = {"staff_invitation": invitation}
