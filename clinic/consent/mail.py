"""The mail by which somebody confirms that they want news."""

from uuid import UUID

from flask import current_app, render_template
from flask_babel import gettext as _

from clinic.consent.models import NewsReader
from clinic.core import clock
from clinic.core.db import db
from clinic.core.links import Link
from clinic.core.mail import Letter
from clinic.places.models import Clinic


def asked(link_id: UUID) -> Letter | None:
    """Not where they are forgotten by now, or the link is too old."""
    link, clinic = db.session.get(Link, link_id), db.session.get(Clinic, 1)
    reader = db.session.get(NewsReader, link.subject_id) if link else None
    if clinic is None or link is None or reader is None or link.expires_at <= clock.now():
        return None
    url = f"{current_app.config['PUBLIC_URL']}/news/{link.token}"
    text = render_template("mail/news_asked.txt", clinic=clinic, url=url)
    return Letter(to=reader.email, subject=_("Do you want our news?"), text=text)


COMPOSERS = {"news_asked": asked}
