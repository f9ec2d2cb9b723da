"""What a client had, answered and missed before, for booking once more."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, or_, select

from clinic.booking import rules
from clinic.booking.models import Appointment, Attendance, Cancellation
from clinic.booking.queries import WITH_ALL
from clinic.core.db import AnySession
from clinic.intake.models import Screening
from clinic.places.models import Clinic


def last_answers(session: AnySession, client_id: UUID) -> Screening | None:
    """What this client answered on the safety page when they last did, with any of their appointments."""
    return session.scalar(LAST_ANSWERS, {"client_id": client_id})


def last_standing(session: AnySession, client_id: UUID, treatment_ids: Collection[int]) -> Appointment | None:
    """The client's last appointment for one of these treatments, still to come or over."""
    return session.scalar(LAST_STANDING, {"client_id": client_id, "treatment_ids": list(treatment_ids)})


def is_booked(session: AnySession, key: str) -> bool:
    """Whether an appointment was made with this booking key."""
    return session.scalar(BOOKED, {"key": key}) is not None


def last_booked_by(session: AnySession, client_id: UUID, by: str) -> Appointment | None:
    """What this actor booked last for this client."""
    return session.scalar(LAST_BOOKED_BY, {"client_id": client_id, "by": by})


def missed(session: AnySession, client_id: UUID, clinic: Clinic, at: datetime) -> int:
    """How many visits this client missed, or cancelled late, in the clinic's months before `at`; as known then."""
    found = session.scalars(MISSED, {"client_id": client_id, "at": at})
    return rules.missed_within(found, now=at, months=clinic.missed_months)


def missed_among(appointments: Iterable[Appointment], clinic: Clinic, now: datetime) -> int:
    """The same count, of appointments that are at hand with their steps."""
    found = [one.starts_at for one in appointments if _was_missed(one)]
    return rules.missed_within(found, now=now, months=clinic.missed_months)


def _was_missed(appointment: Appointment) -> bool:
    ended = appointment.cancellation
    return ended.late if ended else any(step.state == "no_show" for step in appointment.steps)


def missed_too_many(session: AnySession, client_id: UUID | None, clinic: Clinic, at: datetime) -> bool:
    """Whether the clinic's rule for those who miss visits holds for this client. None is a guest, who proves nothing;
    for guests, and where there is no rule, nothing is asked of the database.
    """
    if clinic.missed_most is None or client_id is None:
        return False
    return missed(session, client_id, clinic, at) >= clinic.missed_most


def missed_words(session: AnySession, client_id: UUID | None, clinic: Clinic, at: datetime) -> str:
    """What such a client reads when they book, such as that a deposit is asked; else nothing."""
    if not clinic.missed_words:
        return ""
    return clinic.missed_words if missed_too_many(session, client_id, clinic, at) else ""


MISSED = (
    select(Appointment.starts_at)
    .outerjoin(Cancellation, Cancellation.appointment_id == Appointment.id)
    .outerjoin(
        Attendance,
        (Attendance.appointment_id == Appointment.id)
        & (Attendance.state == "no_show")
        & Attendance.undone_at.is_(None),
    )
    .where(
        Appointment.client_id == bindparam("client_id"),
        or_(Cancellation.late & (Cancellation.at <= bindparam("at")), Attendance.at <= bindparam("at")),
    )
)
LAST_ANSWERS = (
    select(Screening)
    .join(Appointment, Appointment.screening_id == Screening.id)
    .where(Appointment.client_id == bindparam("client_id"))
    .order_by(Screening.created_at.desc(), Screening.id)
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
    .order_by(Appointment.starts_at.desc(), Appointment.id)
    .limit(1)
)
BOOKED = select(Appointment.id).where(Appointment.booking_key == bindparam("key"))
LAST_BOOKED_BY = (
    select(Appointment)
    .where(Appointment.client_id == bindparam("client_id"), Appointment.booked_by == bindparam("by"))
    .options(*WITH_ALL)
    .order_by(Appointment.booked_at.desc(), Appointment.id)
    .limit(1)
)
