"""A plan, by its link, and all that goes with it: each topic that has a file of its own is called from here."""

from datetime import timedelta

import sqlalchemy as sa
import time_machine

from clinic.aftercare.operations.reminding import remind_of_practice
from clinic.aftercare.queries import link_of
from clinic.booking.models import Appointment
from clinic.core.db import db, writing
from tests.conftest import NOW
from tests.house.tour_of_check_ins import check_in_pages
from tests.house.tour_of_free_practice import free_practice_pages
from tests.house.tour_of_plan_session import session_pages
from tests.house.tour_of_plans_around import around_plan_pages
from tests.letterbox import Letterbox
from tests.plans import plan_for
from tests.visitor import Visitor


def plan_pages(app):
    """Each topic in turn."""
    for pages in (
        reminder_pages,  # before numbness is told, which ends all reminding until somebody has rung
        read_and_told_pages,
        around_plan_pages,
        session_pages,
        check_in_pages,
        free_practice_pages,
    ):
        yield from pages(app)


def read_and_told_pages(app):
    """A plan, by its link: read, told of, and help."""
    token, visitor = _sent(), Visitor(app)
    yield "plan", visitor.get(f"/plans/{token}")
    yield "plan with errors", visitor.send(f"/plans/{token}/log", told="done", pain="11")
    yield "done today", visitor.send(f"/plans/{token}/log", told="done", pain="2")
    yield "help", visitor.send(f"/plans/{token}/log", told="numb")
    yield "numbness told by a link that opens nothing", visitor.post("/plans/none/log", told="numb")
    yield "a link that opens no plan", visitor.get("/plans/none")
    visitor.get(f"/plans/{token}/again?slot=20260319T1400Z.ana-moreau")
    yield "booked by the plan's link", visitor.send(f"/plans/{token}/again")


def reminder_pages(app):
    token, visitor = _sent(), Visitor(app)
    yield "times to practise", visitor.get(f"/plans/{token}/reminders")
    yield "times to practise with errors", visitor.send(f"/plans/{token}/reminders", weekdays=[], at="")
    visitor.get(f"/plans/{token}/reminders")
    yield (
        "times to practise, chosen",
        visitor.send(f"/plans/{token}/reminders", weekdays=["0"], at="10:00", by_mail="y"),
    )
    at = NOW + timedelta(days=5, hours=1)  # a Monday, at ten
    with time_machine.travel(at, tick=False):
        remind_of_practice(db.session, now=at)
        Letterbox().round(app, at)
    yield "times in a calendar", visitor.get(f"/plans/{token}/calendar.ics")


def _sent():
    """The token of a plan that was sent."""
    first = db.session.scalar(sa.select(Appointment).order_by(Appointment.starts_at))
    with writing():
        plan = plan_for(first.client, first.therapist, word="Slowly")
        token = link_of(db.session, plan.id).token
        db.session.commit()
    return token
