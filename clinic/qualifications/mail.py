"""Mails about the register: to whoever is invited to check, and to a therapist whose paper ends. No numbers in them."""

from uuid import UUID

from flask import current_app, render_template
from flask_babel import gettext as _
from flask_babel import ngettext

from clinic.core import clock
from clinic.core.db import db
from clinic.core.mail import Letter
from clinic.core.times import local
from clinic.places.models import Clinic
from clinic.qualifications import queries, wording
from clinic.qualifications.models import OutsideChecker

MOST_DAYS = 90


def checker_invited(checker_id: UUID) -> Letter | None:
    """The link that opens one therapist's papers; not where it was taken back by now."""
    checker, clinic = db.session.get(OutsideChecker, checker_id), db.session.get(Clinic, 1)
    link = queries.live_link(db.session, checker_id, clock.now())
    if checker is None or clinic is None or link is None:
        return None
    text = render_template(
        "mail/checker_invited.txt",
        name=checker.name,
        therapist=checker.therapist.name,
        clinic=clinic,
        until=wording.on(local(link.expires_at, queries.zone_of_clinic(db.session)).date()),
        url=f"{current_app.config['PUBLIC_URL']}/checking/{link.token}",
    )
    subject = _("%(name)s asks you to look at their papers", name=checker.therapist.name)
    return Letter(to=checker.email, subject=subject, text=text)


def paper_ends(credential_id: UUID) -> Letter | None:
    """That it ends, and when; not once it was renewed, has ended, is no longer verified, or another takes over."""
    today = queries.today_at(db.session, clock.now())
    one = queries.ending_one(db.session, credential_id.int, today)
    clinic = db.session.get(Clinic, 1)
    account = one.therapist.account if one else None
    if one is None or one.expires_on is None or clinic is None or account is None or not account.active:
        return None
    days = (one.expires_on - today).days
    if days > MOST_DAYS:
        return None
    what, left = wording.KINDS[one.kind][0], ngettext("in %(num)d day", "in %(num)d days", days) if days else _("today")
    text = render_template(
        "mail/paper_ends.txt",
        first_name=one.therapist.name.split()[0],
        what=what,
        left=left,
        last=wording.on(one.expires_on),
        clinic=clinic,
        url=f"{current_app.config['PUBLIC_URL']}/qualifications/{one.therapist.slug}",
    )
    return Letter(
        to=account.email,
        subject=_("%(what)s: its last good day is %(last)s", what=what, last=wording.on(one.expires_on)),
        text=text,
    )


COMPOSERS = {"checker_invited": checker_invited, "paper_ends": paper_ends}
