"""What begins with an assessment, step by step."""

from sqlalchemy import select, update

from clinic.booking.models import Appointment
from clinic.core.db import db, writing
from clinic.treatments.models import Treatment
from clinic.work.models import WorkItem

HIPS = "hips-without-tummy"
ASSESSMENT = f"/treatments/{HIPS}/assessment"


def ask_first(cast):
    """Hips without tummy work asks for a massage in the six months before it."""
    with writing():
        asks = {"assessment_id": cast.massage.id, "assessment_months": 6}
        db.session.execute(update(Treatment).where(Treatment.id == cast.alternative.id).values(**asks))
        db.session.commit()


def follow(visitor):
    """The button on the page of the assessment."""
    token = visitor.page.request.path.split("/")[2]
    return visitor.post(f"/appointments/{token}/following", treatment=HIPS)


def the(slug):
    """The id of the one visit for this."""
    return db.session.scalars(select(Appointment.id).where(Appointment.treatment.has(slug=slug))).one()


def work_waiting():
    """What, and whom about."""
    return db.session.execute(select(WorkItem.task, WorkItem.subject).where(WorkItem.done_at.is_(None))).all()
