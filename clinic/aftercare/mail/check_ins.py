"""The mail that asks somebody how they are. No word of health."""

from datetime import datetime
from uuid import UUID

from flask import current_app, render_template
from flask_babel import gettext as _

from clinic.aftercare import queries
from clinic.aftercare.models import CheckIn
from clinic.aftercare.queries import check_ins
from clinic.booking.programme import Programme, programme
from clinic.booking.queries import today_at
from clinic.core import clock
from clinic.core.db import db
from clinic.core.mail import Letter
from clinic.intake.queries import standing


def how_are_you(check_in_id: UUID) -> Letter | None:
    """Not where they have answered, the visit was called off or missed, a newer version of the plan was sent or its
    link stopped; nor where what they told asks for a doctor first: then somebody rings.
    """
    row, known, now = db.session.get(CheckIn, check_in_id), programme(db.session), clock.now()
    link = check_ins.link_of(db.session, check_in_id, now)
    if row is None or known is None or link is None or row.answered_at:
        return None
    if not _stands(row) or _doctor_first(row, known, now):
        return None
    client, therapist = row.client.person, row.therapist.name
    text = render_template(
        "mail/how_are_you.txt",
        first_name=client.name.split()[0],
        therapist=therapist,
        clinic=known.clinic,
        url=f"{current_app.config['PUBLIC_URL']}/check-ins/{link.token}",
    )
    return Letter(to=client.email, subject=_("How are you? %(name)s asks", name=therapist.split()[0]), text=text)


def _stands(row: CheckIn) -> bool:
    """What it asks about: a visit that took place, or the version of a plan that its client sees."""
    if row.issue is None:
        return row.appointment_id is None or check_ins.took_place(db.session, row.appointment_id)
    plan_id = row.issue.plan_id
    return queries.latest_issue(db.session, plan_id) is row.issue and queries.link_of(db.session, plan_id) is not None


def _doctor_first(row: CheckIn, known: Programme, now: datetime) -> bool:
    stands = standing(db.session, row.client.person.id, on=today_at(known, now))
    decided = stands.decision(known.safety, deep=False)
    return bool(decided.emergency or decided.refer)


COMPOSERS = {"how_are_you": how_are_you}
