"""The mail that brings a plan."""

from uuid import UUID

from flask import current_app, render_template
from flask_babel import gettext as _

from clinic.aftercare import queries
from clinic.aftercare.models import PlanIssue
from clinic.booking.programme import programme
from clinic.core.db import db
from clinic.core.mail import Letter


def issued(issue_id: UUID) -> Letter | None:
    """Right after a plan was sent; not where a newer one has been, or where the link was revoked meanwhile."""
    issue = db.session.get(PlanIssue, issue_id)
    known = programme(db.session)
    latest = queries.latest_issue(db.session, issue.plan_id) if issue else None
    link = queries.link_of(db.session, latest.plan_id) if latest else None
    if known is None or latest is None or latest is not issue or link is None:
        return None
    client = latest.plan.client.person
    text = render_template(
        "mail/plan_issued.txt",
        first_name=client.name.split()[0],
        therapist=latest.therapist.name,
        clinic=known.clinic,
        is_changed=latest.number > 1,
        plan_url=f"{current_app.config['PUBLIC_URL']}/plans/{link.token}",
    )
    return Letter(to=client.email, subject=_("From %(name)s, for home", name=latest.therapist.name), text=text)


COMPOSERS = {"plan_issued": issued}
