"""Their appointments, to come and past, and the plan to do at home."""

from dataclasses import dataclass, replace
from datetime import datetime

from clinic.aftercare import queries as plans
from clinic.booking import queries as booking
from clinic.booking.models import Appointment
from clinic.booking.programme import Programme
from clinic.booking.views.page import programme_or_404
from clinic.core import clock
from clinic.core.access import client
from clinic.core.db import db
from clinic.core.times import local
from clinic.front.my import queries
from clinic.front.my.page import bp, mine, my_page
from clinic.notes.views.told import still_asked


@dataclass(frozen=True)
class Visit:
    """An appointment as a line of the page; `token` opens its own page, where it can be moved or cancelled."""

    appointment: Appointment
    at: datetime
    to_come: bool
    begun: bool
    token: str | None
    offered: bool  # still, so that the same can be booked again
    asked: bool = False  # how they are getting on


@bp.get("/my")
@client
def appointments() -> str:
    known, now = programme_or_404(), clock.now()
    found = booking.appointments_of(db.session, mine().client_id)
    tokens = queries.tokens_of(db.session, [one.id for one in found], now)
    asked = still_asked(found, known)
    visits = [replace(visit(one, known, now, tokens.get(one.id)), asked=one.id in asked) for one in found]
    to_come, past = [v for v in reversed(visits) if v.to_come], [v for v in visits if not v.to_come]
    return my_page("appointments", to_come=to_come, past=past)


@bp.get("/my/plan")
@client
def plan() -> str:
    known, now = programme_or_404(), clock.now()
    issue = plans.issue_for(db.session, mine().client_id)
    link = plans.link_of(db.session, issue.plan_id) if issue else None
    opens = link if link and link.expires_at > now else None
    sent = local(issue.issued_at, known.location.zone) if issue else None
    return my_page("plan", issue=issue, link=opens, sent=sent)


def visit(appointment: Appointment, known: Programme, now: datetime, token: str | None = None) -> Visit:
    return Visit(
        appointment,
        at=local(appointment.starts_at, known.location_of(appointment).zone),
        to_come=not appointment.cancellation and appointment.ends_at > now,
        begun=appointment.starts_at <= now,
        token=token,
        offered=all(known.treatment(one.slug) for one in appointment.treatments),
    )
