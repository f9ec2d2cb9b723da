"""What a client comes for, closed and opened again from their record."""

import sqlalchemy as sa

from clinic.booking.models import Appointment
from clinic.core.db import db, writing
from clinic.notes.models import Episode
from tests.conftest import NOW
from tests.visitor import Visitor


def episode_pages(app):
    """Of the client whom Ana treats; after her note was signed."""
    ana = Visitor(app)
    with writing():
        visit = db.session.scalar(sa.select(Appointment).order_by(Appointment.starts_at))
        of = {"client_id": visit.client_id, "therapist_id": visit.therapist_id, "begun_at": NOW}
        episode = Episode(content='{"complaint": "Stiff neck"}', **of)
        db.session.add(episode)
        db.session.commit()
        page = f"/clients/{visit.client_id}/episodes/{episode.id}"
    ana.sign_in("ana")
    yield "closing", ana.get(f"{page}/closing")
    yield "closing with errors", ana.send(f"{page}/closing", reason="")
    yield "closed", ana.send(f"{page}/closing", reason="Well again", status="Turns freely")
    yield "open again", ana.post(f"{page}/reopening")
