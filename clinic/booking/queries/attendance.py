"""How far visits have come, and who runs late."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, select

from clinic.booking import rules
from clinic.booking.models import Appointment, Attendance, Delay
from clinic.core.db import AnySession

Steps = dict[UUID, list[Attendance]]


@dataclass(frozen=True)
class Reached:
    """The state a visit is in, since when, and who said so: the actor, as in the audit trail."""

    state: str
    at: datetime
    by: str


def steps_of(session: AnySession, appointment_ids: Collection[UUID]) -> Steps:
    """The steps of each of these visits that were not undone. One statement."""
    steps: Steps = defaultdict(list)
    for step in session.scalars(STEPS_OF, {"appointment_ids": list(appointment_ids)}):
        steps[step.appointment_id].append(step)
    return steps


def reached(appointment: Appointment, steps: Sequence[Attendance]) -> Reached:
    """Where a visit stands: booked, as far as its last step, or cancelled."""
    if ended := appointment.cancellation:
        return Reached("cancelled", ended.at, ended.by)
    said = {step.state: step for step in steps}
    confirmed = ["confirmed"] if appointment.confirmed_at else []
    state = rules.furthest([*confirmed, *said])
    if step := said.get(state):
        return Reached(state, step.at, step.by)
    if appointment.confirmed_at:  # from before steps were kept
        return Reached(state, appointment.confirmed_at, "")
    return Reached(state, appointment.booked_at, appointment.booked_by)


def delays_between(session: AnySession, first: datetime, last: datetime) -> dict[int, Delay]:
    """What was told last of each therapist in [first, last), by the therapist's id; 0 minutes is on time again."""
    told = session.scalars(DELAYS, {"first": first, "last": last})
    return {delay.therapist_id: delay for delay in told}


STEPS_OF = select(Attendance).where(
    Attendance.appointment_id.in_(bindparam("appointment_ids", expanding=True)), Attendance.undone_at.is_(None)
)
DELAYS = select(Delay).where(Delay.at >= bindparam("first"), Delay.at < bindparam("last")).order_by(Delay.at, Delay.id)
