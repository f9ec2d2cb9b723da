"""How somebody is: asked by link and by phone; that it is back; and how often it is not."""

import re
from datetime import timedelta

import sqlalchemy as sa
import time_machine

from clinic.aftercare.models import CheckIn
from clinic.aftercare.operations.check_ins import ask_how_they_are
from clinic.aftercare.queries import link_of
from clinic.booking.models import Appointment
from clinic.core.db import db, writing
from clinic.treatments.models import Treatment
from tests.conftest import NOW
from tests.letterbox import Letterbox, text_of
from tests.plans import plan_for
from tests.steps import book, screen
from tests.visitor import Visitor

MONDAY = "20260406T0900Z"


def check_in_pages(app):
    """Pia had a release, and a plan; it comes back."""
    pia, ana = Visitor(app), Visitor(app)
    screen(pia)
    book(pia, "psoas-release", at=MONDAY, name="Pia Spoon", email="pia@client.test", phone="0117 496 0009")
    with app.app_context():
        link, plan, client_id = _asked(app)
    yield "asked how they are", pia.get(link)
    yield "asked, with errors", pia.send(link, word="Well")
    yield "thanked", pia.send(link, flags="none", pain="2", compared="better")
    pia.get(link)
    yield "a red flag", pia.send(link, flags=["fever"], word="Shivering")
    yield "it is back?", pia.get(f"{plan}/return")
    yield "it is back, with errors", pia.send(f"{plan}/return")
    yield "back to calm", pia.send(f"{plan}/return", flags="none", pain="5")
    yield "a plan that is calm again", pia.get(plan)
    ana.sign_in("ana")
    yield "builder, it is back", ana.get(f"/clients/{client_id}/plan")
    yield "record, it is back", ana.get(f"/clients/{client_id}")
    aloud = f"/clients/{client_id}/check-in"
    yield "asked by phone", ana.get(aloud)
    yield "asked by phone, with errors", ana.send(aloud)
    yield "kept by phone", ana.send(aloud, flags="none", back="no")
    ana.get(aloud)
    yield "a red flag by phone", ana.send(aloud, flags=["both_legs_weak"])
    yield from never_back_pages(app)


def never_back_pages(app):
    """Five answered: the owner reads how it went."""
    with app.app_context(), writing():
        some = db.session.scalars(sa.select(Appointment)).all()
        clients = list({one.client_id: one for one in some}.values())[:6]
        db.session.add_all(
            CheckIn(kind="review", client_id=one.client_id, therapist_id=one.therapist_id, due_at=NOW, answered_at=NOW,
                    answers='{"back": "no"}') for one in clients
        )  # fmt: skip
        db.session.commit()
    olu = Visitor(app)
    olu.sign_in("olu")
    yield "figures, what did not come back", olu.get("/clinic/figures")


def _asked(app):
    """Where the mail to Pia leads, her plan, and her id."""
    release = db.session.scalar(sa.select(Appointment).join(Treatment, Appointment.treatment_id == Treatment.id)
                                .where(Treatment.is_release, Appointment.starts_at > NOW + timedelta(days=20)))  # fmt: skip
    with writing():
        plan = plan_for(release.client, release.therapist)
        address, client_id = f"/plans/{link_of(db.session, plan.id).token}", release.client_id
        due = release.ends_at + timedelta(hours=49)
        db.session.commit()
    box = Letterbox()
    with time_machine.travel(due, tick=False):
        ask_how_they_are(db.session, now=due)
        while box.round(app, due):
            pass
    (mail,) = [one for one in box.mails if one["to"] == "pia@client.test" and "How are you?" in one["subject"]]
    return re.search(r"/check-ins/\S+", text_of(mail))[0], address, client_id
