"""What lies behind a clinic that works: python -m bench.history, on a clinic that bench.fill has filled.

The first therapist has signed the notes of the last two weeks, all but three. A client who came lately has ten signed
notes, a plan, and four weeks of practice.
"""

import sqlalchemy as sa

from clinic import create_app
from clinic.booking.models import Appointment
from clinic.core import clock
from clinic.core.db import db, writing
from clinic.notes.queries import LOOK_BACK
from clinic.people.models import Therapist
from tests.drills.clinic import SLUGS
from tests.drills.history import DAYS_OF_PRACTICE, VISITS, write_up
from tests.plans import plan_for

UNSIGNED = 3


def main() -> None:
    app, now = create_app(), clock.now()
    past = sa.select(Appointment).where(Appointment.starts_at < now).order_by(Appointment.starts_at.desc())
    with app.app_context(), writing():
        therapist = db.session.scalar(sa.select(Therapist).where(Therapist.slug == SLUGS[0]))
        own = past.where(Appointment.therapist_id == therapist.id, Appointment.starts_at > now - LOOK_BACK)
        regular, *others = db.session.scalars(own).all()
        theirs = db.session.scalars(past.where(Appointment.client_id == regular.client_id).limit(VISITS)).all()
        write_up(reversed(theirs))
        write_up(one for one in others[UNSIGNED:] if one not in theirs)
        plan_for(regular.client, therapist, days=DAYS_OF_PRACTICE, now=now)
        db.session.commit()


if __name__ == "__main__":
    main()
