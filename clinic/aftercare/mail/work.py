"""The mail that sends somebody to their work list. Whom it is about, and why, stands there alone."""

from uuid import UUID

from flask import current_app, render_template
from flask_babel import gettext as _

from clinic.core.db import db
from clinic.core.mail import Letter
from clinic.people.models import Account
from clinic.places.models import Clinic
from clinic.work.models import WorkItem


def to_look_at(item_id: UUID) -> Letter | None:
    """To whose it is by now; not where it is done, or they work here no longer."""
    item, clinic = db.session.get(WorkItem, item_id.int), db.session.get(Clinic, 1)
    account = db.session.get(Account, item.owner_id) if item and item.owner_id and not item.done_at else None
    if clinic is None or account is None or not account.active:
        return None
    text = render_template(
        "mail/work_to_look_at.txt",
        first_name=account.name.split()[0],
        clinic=clinic,
        url=f"{current_app.config['PUBLIC_URL']}/work",
    )
    return Letter(to=account.email, subject=_("Something on your list needs a look"), text=text)


COMPOSERS = {"work_to_look_at": to_look_at}
