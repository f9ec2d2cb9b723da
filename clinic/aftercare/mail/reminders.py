"""The mail somebody asked for, at the time when they mean to practise."""

from uuid import UUID

from flask import current_app, render_template
from flask_babel import gettext as _

from clinic.aftercare import queries
from clinic.aftercare.queries.reminders import reminder_of
from clinic.aftercare.rules.check_ins import wait_for_call
from clinic.booking.programme import programme
from clinic.booking.queries import today_at
from clinic.core import clock
from clinic.core.db import db
from clinic.core.mail import Letter


def practice_reminder(plan_id: UUID) -> Letter | None:
    """Not where they wish none any more, where they told of today already, where a call comes first, or where the link
    opens nothing.
    """
    known, found = programme(db.session), reminder_of(db.session, plan_id)
    latest, link = queries.latest_issue(db.session, plan_id), queries.link_of(db.session, plan_id)
    now = clock.now()
    if not (known and found and found.by_mail and latest and link) or link.expires_at <= now:
        return None
    today = today_at(known, now)
    client = latest.plan.client.person
    calls = queries.calls_waiting(db.session, client.id)
    if queries.logs_of(db.session, plan_id, since=today) or wait_for_call(calls, red_from=known.clinic.pain_red_from):
        return None
    plan_url = f"{current_app.config['PUBLIC_URL']}/plans/{link.token}"
    text = render_template(
        "mail/practice_reminder.txt", first_name=client.name.split()[0], clinic=known.clinic, plan_url=plan_url
    )
    return Letter(
        to=client.email,
        subject=_("A few minutes for yourself"),
        text=text,
        unsubscribe=f"{plan_url}/reminders/end",
    )


COMPOSERS = {"practice_reminder": practice_reminder}
