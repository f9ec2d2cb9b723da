"""The card of a visit: one screen for its therapist, before the client comes in."""

from datetime import timedelta
from uuid import UUID

from flask import abort, render_template

from clinic.aftercare import queries as plans
from clinic.booking import wording
from clinic.booking.models import Appointment
from clinic.booking.views.page import programme_or_404
from clinic.core import access, clock
from clinic.core.access import therapist
from clinic.core.db import db
from clinic.core.times import local
from clinic.health.views.card import card_of
from clinic.notes import queries as notes
from clinic.notes.queries import SignedNote
from clinic.today.course import WEEKS_OF_PRACTICE
from clinic.today.views.page import bp


@bp.get("/appointments/<uuid:appointment_id>/card")
@therapist
def card(appointment_id: UUID) -> str:
    """That it was read is on record, like a look at the record itself."""
    known = programme_or_404()
    found = notes.own_appointment(db.session, appointment_id, access.signed_in()) or abort(404)
    access.reading(f"client:{found.client_id}")
    zone = known.location_of(found).zone
    return render_template(
        "today/card.html",
        it=found,
        at=local(found.starts_at, zone),
        zone=zone,
        local=local,
        card=card_of(found, known),
        told=wording.told(found, known.safety),
        last=_last_note(found),
        practised=_days_practised(found, zone),
        weeks=WEEKS_OF_PRACTICE,
    )


def _last_note(appointment: Appointment) -> SignedNote | None:
    """What was signed of the visit before this one."""
    signed = notes.signed_notes(db.session, appointment.client_id)
    return next((one for one in signed if one.starts_at < appointment.starts_at), None)


def _days_practised(appointment: Appointment, zone: str) -> int | None:
    """On how many days of the last weeks they told that the plan was done; None without a plan."""
    if plans.issue_for(db.session, appointment.client_id) is None:
        return None
    since = local(clock.now(), zone).date() - timedelta(weeks=WEEKS_OF_PRACTICE)
    logs = plans.logs_of_client(db.session, appointment.client_id, since=since)
    return len({log.told_on for log in logs if plans.told_in(log)["done"]})
