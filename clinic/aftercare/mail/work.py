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
    """To whose it is by now, and to the clinic's own address where they work here no longer: a call that is to be made
    at once must not wait in a list that nobody opens. Not where it is done.
    """
    item, clinic = db.session.get(WorkItem, item_id.int), db.session.get(Clinic, 1)
    if clinic is None or item is None or item.done_at:
        return None
    account = db.session.get(Account, item.owner_id) if item.owner_id else None
    is_here = account is not None and account.active
    name, address = (account.name.split()[0], account.email) if account and is_here else (clinic.name, clinic.email)
    text = render_template(
        "mail/work_to_look_at.txt",
        first_name=name,
        clinic=clinic,
        url=f"{current_app.config['PUBLIC_URL']}/work",
    )
    return Letter(to=address, subject=_("Something on your list needs a look"), text=text)


COMPOSERS = {"work_to_look_at": to_look_at}
