"""The exercises: the therapists' library, marked for a client, and what the clinic shows to everybody."""

import sqlalchemy as sa

from clinic.booking.models import Appointment
from clinic.core.db import db, writing
from clinic.places.models import Clinic
from tests.visitor import Visitor


def library_pages(app):
    ana, guest = Visitor(app), Visitor(app)
    ana.sign_in("ana")
    yield "library", ana.get("/library")
    yield "library, searched", ana.get("/library?words=knee&position=lying&condition=ddd")
    yield "library, nothing found", ana.get("/library?words=trampoline")
    yield "an exercise", ana.get("/library/half_kneeling_hip_flexor")
    client = db.session.scalar(sa.select(Appointment.client_id).order_by(Appointment.starts_at))
    yield "exercises for a client", ana.get(f"/clients/{client}/exercises")
    shown(yes=True)
    yield "exercises shown to everybody", guest.get("/exercises")
    yield "an exercise shown to everybody", guest.get("/exercises/half_kneeling_hip_flexor")
    shown(yes=False)
    yield "exercises not shown", guest.get("/exercises")


def shown(*, yes):
    with writing():
        db.session.execute(sa.update(Clinic).values(shows_exercises=yes))
        db.session.commit()
