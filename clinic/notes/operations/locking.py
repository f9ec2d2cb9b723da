"""Who writes about a visit waits here for whoever writes about it now."""

from uuid import UUID

from sqlalchemy import select

from clinic.booking.models import Appointment
from clinic.core.db import AnySession


def lock_appointment(session: AnySession, appointment_id: UUID) -> None:
    """One at a time writes about an appointment. Rows that point to it may come and go meanwhile."""
    session.scalar(select(Appointment.id).where(Appointment.id == appointment_id).with_for_update(key_share=True))
