"""What a client had and answered before, for booking the same again."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import bindparam, select

from clinic.booking.models import Appointment, Cancellation
from clinic.booking.queries import WITH_ALL
from clinic.core.db import AnySession
from clinic.intake.models import Screening


def last_answers(session: AnySession, client_id: UUID) -> Screening | None:
    """What this client answered on the safety page when they last did, with any of their appointments."""
    return session.scalar(LAST_ANSWERS, {"client_id": client_id})


def last_standing(session: AnySession, client_id: UUID, treatment_ids: Collection[int]) -> Appointment | None:
    """The client's last appointment for one of these treatments, still to come or over."""
    return session.scalar(LAST_STANDING, {"client_id": client_id, "treatment_ids": list(treatment_ids)})


def last_booked_by(session: AnySession, client_id: UUID, by: str) -> Appointment | None:
    """What this actor booked last for this client."""
    return session.scalar(LAST_BOOKED_BY, {"client_id": client_id, "by": by})


LAST_ANSWERS = (
    select(Screening)
    .join(Appointment, Appointment.screening_id == Screening.id)
    .where(Appointment.client_id == bindparam("client_id"))
    .order_by(Screening.created_at.desc())
    .limit(1)
)
LAST_STANDING = (
    select(Appointment)
    .outerjoin(Cancellation, Cancellation.appointment_id == Appointment.id)
    .where(
        Cancellation.appointment_id.is_(None),
        Appointment.client_id == bindparam("client_id"),
        Appointment.treatment_id.in_(bindparam("treatment_ids", expanding=True)),
    )
    .options(*WITH_ALL)
    .order_by(Appointment.starts_at.desc())
    .limit(1)
)
LAST_BOOKED_BY = (
    select(Appointment)
    .where(Appointment.client_id == bindparam("client_id"), Appointment.booked_by == bindparam("by"))
    .options(*WITH_ALL)
    .order_by(Appointment.booked_at.desc())
    .limit(1)
)
