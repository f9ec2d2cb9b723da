"""The same again, from their own list of appointments, however long ago that was."""

from uuid import UUID

from flask import abort, url_for

from clinic.booking import queries as booking
from clinic.booking.views.again import Answer, book_again, its_own_page, look_again
from clinic.booking.views.choice import Again
from clinic.core import access
from clinic.core.access import client
from clinic.core.db import db
from clinic.front.my.page import bp, mine


@bp.get("/my/appointments/<uuid:appointment_id>/again")
@client
def again(appointment_id: UUID) -> Answer:
    """`slot` is the time that was tapped; without it, the times to choose from."""
    return look_again(_of_their_own(appointment_id))


@bp.post("/my/appointments/<uuid:appointment_id>/again")
@client
def again_submit(appointment_id: UUID) -> Answer:
    return book_again(_of_their_own(appointment_id), its_own_page)


def _of_their_own(appointment_id: UUID) -> Again:
    found = booking.appointment_of_client(db.session, appointment_id, mine().client_id) or abort(404)
    named = {"appointment_id": appointment_id}
    return Again(found, access.actor(), "my.again", named, url_for("my.appointments"))
