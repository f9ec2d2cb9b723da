"""What they told the clinic about their health, and who opened their record."""

from collections.abc import Sequence

from clinic.booking import queries as booking
from clinic.booking import wording
from clinic.booking.models import Appointment
from clinic.booking.views.page import programme_or_404
from clinic.core import access, clock
from clinic.core.access import client_by_password
from clinic.core.db import db
from clinic.core.times import local
from clinic.front.my import queries
from clinic.front.my.appointments import visit
from clinic.front.my.page import bp, mine, my_page
from clinic.intake import wording as safety
from clinic.intake.rules import SafetyRule


@bp.get("/my/answers")
@client_by_password
def answers() -> str:
    """In the words they were asked with. That they looked is on record too, like anybody's look."""
    client_id = mine().client_id
    access.reading(f"client:{client_id}")
    known, now = programme_or_404(), clock.now()
    found = booking.appointments_of(db.session, client_id)
    return my_page(
        "answers", told=[(visit(one, known, now), _ticked(one, known.safety)) for one in found], wording=wording
    )


@bp.get("/my/record-views")
@client_by_password
def looks() -> str:
    zone = programme_or_404().location.zone
    found = queries.looks_at(db.session, mine().client_id)
    return my_page("looks", looks=[(look, local(look.at, zone)) for look in found], most=queries.LATEST)


def _ticked(appointment: Appointment, rules: Sequence[SafetyRule]) -> list[safety.Asked] | None:
    """The lines they ticked on the safety page; None where they were not asked."""
    if appointment.screening is None:
        return None
    return safety.ticked(rules, appointment.screening.ticks)
