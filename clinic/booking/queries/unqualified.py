"""Appointments to come whose therapist may not give them any more."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import bindparam, select

from clinic.booking.guard import MAX_CLAIM_MINUTES
from clinic.booking.models import Appointment, Cancellation
from clinic.booking.programme import Programme
from clinic.booking.queries.appointments import WITH_ALL
from clinic.core.db import AnySession
from clinic.core.refusals import Refusal
from clinic.core.times import days_of
from clinic.qualifications.queries import verified_by_therapist
from clinic.qualifications.rules import Held, Needs, refusals
from clinic.work.models import WorkItem


def unqualified(session: AnySession, known: Programme, *, now: datetime) -> list[tuple[Appointment, list[Refusal]]]:
    """Standing appointments that are not over and that their therapist may not give, each with why, in order; of
    therapists who are not listed too. Two statements.
    """
    held = verified_by_therapist(session)
    begun = now - timedelta(minutes=MAX_CLAIM_MINUTES)  # no appointment is longer
    to_come = [one for one in session.scalars(TO_COME, {"since": begun}) if one.ends_at > now]
    judged = [(one, _against(one, held.get(one.therapist_id, ()), known)) for one in to_come]
    return [(one, against) for one, against in judged if against]


def waiting_for_another(session: AnySession, task: str, *, now: datetime) -> list[Appointment]:
    """The standing appointments to come for which somebody was asked to do this, in order. Two statements."""
    asked = select(WorkItem.subject).where(WorkItem.task == task, WorkItem.done_at.is_(None))
    ids = [UUID(subject.removeprefix("appointment:")) for subject in session.scalars(asked)]
    return [one for one in session.scalars(OF_THESE, {"ids": ids}) if one.starts_at > now] if ids else []


def _against(one: Appointment, held: tuple[Held, ...], known: Programme) -> list[Refusal]:
    days = days_of(one.starts_at, one.ends_at, known.location_of(one).zone)
    needs = [Needs(each.least_level, each.activity, each.training) for each in one.treatments]
    return [refusal for each in needs for refusal in refusals(each, held, days)]


STANDING = (
    select(Appointment)
    .outerjoin(Cancellation, Cancellation.appointment_id == Appointment.id)
    .where(Cancellation.appointment_id.is_(None))
    .options(*WITH_ALL)
    .order_by(Appointment.starts_at, Appointment.id)
)
TO_COME = STANDING.where(Appointment.starts_at > bindparam("since"))
OF_THESE = STANDING.where(Appointment.id.in_(bindparam("ids", expanding=True)))
