"""Time off and closures, and the appointments that lie in them."""

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from clinic.booking.guard import MAX_CLAIM_MINUTES
from clinic.booking.models import Appointment, Closure, TimeOff
from clinic.booking.programme import Programme
from clinic.booking.queries.appointments import appointments_between
from clinic.booking.rules import Closed, closed_by
from clinic.core.db import AnySession
from clinic.core.times import day_bounds, local
from clinic.people.models import Therapist


def times_off(session: AnySession, since: datetime, account_id: int | None = None) -> list[TimeOff]:
    """Time off that is not over by then, in order: of the therapist with this account, or of all."""
    return list(session.scalars(OFF if account_id is None else OFF_OF_ONE, {"since": since, "account_id": account_id}))


def time_off(session: AnySession, time_off_id: UUID) -> TimeOff | None:
    """As it stands now."""
    return session.scalar(ONE_OFF, {"id": time_off_id}, execution_options={"populate_existing": True})


def closures(session: AnySession, since: date) -> list[Closure]:
    """Closures that are not over by that day, in order."""
    return list(session.scalars(CLOSURES, {"since": since}))


def in_time_off(session: AnySession, one: TimeOff, *, now: datetime) -> list[Appointment]:
    """The standing appointments to come that lie in somebody's time off, in order. One statement."""
    reach = timedelta(minutes=MAX_CLAIM_MINUTES)  # no appointment is longer
    found = appointments_between(session, one.starts_at - reach, one.ends_at, therapist_id=one.therapist_id)
    return [it for it in found if it.ends_at > one.starts_at and it.starts_at > now]


def in_closure(session: AnySession, known: Programme, one: Closure, *, now: datetime) -> list[Appointment]:
    """The standing appointments to come on days that are closed, in order. One statement."""
    zones = {location.zone for location in known.locations.values()}
    first = min(day_bounds(one.first_on, zone)[0] for zone in zones)
    last = max(day_bounds(one.last_on, zone)[1] for zone in zones)
    closed = (Closed(one.location_id, one.first_on, one.last_on, one.words),)
    return [
        it
        for it in appointments_between(session, first, last)
        if it.starts_at > now and closed_by(closed, it.room.location_id, _day(it, known))
    ]


def _day(it: Appointment, known: Programme) -> date:
    return local(it.starts_at, known.location_of(it).zone).date()


OFF = (
    select(TimeOff)
    .where(TimeOff.ends_at > bindparam("since"))
    .options(joinedload(TimeOff.therapist))
    .order_by(TimeOff.starts_at, TimeOff.id)
)
OFF_OF_ONE = OFF.join(Therapist, Therapist.id == TimeOff.therapist_id).where(
    Therapist.account_id == bindparam("account_id")
)
ONE_OFF = select(TimeOff).where(TimeOff.id == bindparam("id")).options(joinedload(TimeOff.therapist))
CLOSURES = select(Closure).where(Closure.last_on >= bindparam("since")).order_by(Closure.first_on, Closure.id)
