"""How far visits have come, and who runs late."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from clinic.booking import rules
from clinic.booking.models import Appointment, Delay
from clinic.booking.queries.appointments import STANDING
from clinic.core.db import AnySession


@dataclass(frozen=True)
class Reached:
    """The state a visit is in, since when, and who said so: the actor, as in the audit trail."""

    state: str
    at: datetime
    by: str


def reached(appointment: Appointment) -> Reached:
    """Where a visit stands: booked, as far as its last step, or cancelled. Of many, load their `steps` with them."""
    if ended := appointment.cancellation:
        return Reached("cancelled", ended.at, ended.by)
    said = {step.state: step for step in appointment.steps}
    confirmed = ["confirmed"] if appointment.confirmed_at else []
    state = rules.furthest([*confirmed, *said])
    if step := said.get(state):
        return Reached(state, step.at, step.by)
    if appointment.confirmed_at:  # from before steps were kept
        return Reached(state, appointment.confirmed_at, "")
    return Reached(state, appointment.booked_at, appointment.booked_by)


def day_between(
    session: AnySession, first: datetime, last: datetime, *, therapist_id: int | None = None
) -> list[tuple[Appointment, Delay | None]]:
    """Standing appointments that begin in [first, last), in order, with their steps; and with each, what was told last
    in that time of how late its therapist runs. Of one therapist or of all, in one statement.
    """
    query = DAY if therapist_id is None else DAY_OF_ONE
    found = session.execute(query, {"first": first, "last": last, "therapist_id": therapist_id}).unique()
    return [(appointment, delay) for appointment, delay in found]


def delays_between(session: AnySession, first: datetime, last: datetime) -> dict[int, Delay]:
    """What was told last of each therapist in [first, last), by the therapist's id; 0 minutes is on time again."""
    told = session.scalars(DELAYS, {"first": first, "last": last})
    return {delay.therapist_id: delay for delay in told}


DELAYS = select(Delay).where(Delay.at >= bindparam("first"), Delay.at < bindparam("last")).order_by(Delay.at, Delay.id)
TOLD_LAST = (
    DELAYS.with_only_columns(Delay.id)
    .where(Delay.therapist_id == Appointment.therapist_id)
    .order_by(None)
    .order_by(Delay.at.desc(), Delay.id.desc())
    .limit(1)
)
DAY = (
    STANDING.add_columns(Delay)
    .outerjoin(Delay, Delay.id == TOLD_LAST.correlate(Appointment).scalar_subquery())
    .options(joinedload(Appointment.steps))
)
DAY_OF_ONE = DAY.where(Appointment.therapist_id == bindparam("therapist_id"))
