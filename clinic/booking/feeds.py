"""What a calendar is told of: appointments to come, those just past, and the cancelled, so that they vanish there."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from clinic.booking.models import Appointment
from clinic.core.db import AnySession

PAST = timedelta(days=30)


def of_client(session: AnySession, client_id: UUID, now: datetime) -> list[Appointment]:
    """In order of time. One statement."""
    return list(session.scalars(OF_CLIENT, {"client_id": client_id, "since": now - PAST}).unique())


def of_therapist(session: AnySession, therapist_id: int, now: datetime) -> list[Appointment]:
    """In order of time. One statement."""
    return list(session.scalars(OF_THERAPIST, {"therapist_id": therapist_id, "since": now - PAST}).unique())


LATELY = (
    select(Appointment)
    .where(Appointment.starts_at >= bindparam("since"))
    .options(
        joinedload(Appointment.treatment),
        joinedload(Appointment.second_treatment),
        joinedload(Appointment.room),
        joinedload(Appointment.cancellation),
        joinedload(Appointment.moves),
    )
    .order_by(Appointment.starts_at, Appointment.id)
)
OF_CLIENT = LATELY.where(Appointment.client_id == bindparam("client_id"))
OF_THERAPIST = LATELY.where(Appointment.therapist_id == bindparam("therapist_id"))
