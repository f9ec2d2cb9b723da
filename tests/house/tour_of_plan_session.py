"""A session of a plan: with an exercise for each kind of stage, and with nothing left to do."""

from datetime import timedelta

import sqlalchemy as sa
import time_machine

from clinic.aftercare.queries import link_of
from clinic.booking.models import Appointment
from clinic.core.db import db, writing
from tests.aftercare.steps import find
from tests.conftest import NOW
from tests.plans import plan_for
from tests.visitor import Visitor

EXERCISES = ("breathing_90_90", "seated_march", "half_kneeling_hip_flexor")


def session_pages(app):
    with writing():
        first = db.session.scalar(sa.select(Appointment).order_by(Appointment.starts_at))
        plan = plan_for(first.client, first.therapist, exercises=EXERCISES)
        client_id, page = first.client_id, f"/plans/{link_of(db.session, plan.id).token}/session"
        db.session.commit()
    ana, client = Visitor(app), Visitor(app)
    ana.sign_in("ana")
    yield "a session", client.get(page)
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        find(ana, client_id, psoas_left="acute")
        yield "a session with less in it", client.get(page)
