"""What follows for visits to come when their client has told something."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select

from clinic.booking.models import Appointment, Cancellation
from clinic.booking.operations.calling import RING_NOW, ask_to_ring, ring
from clinic.booking.operations.changing import leave_out_release
from clinic.booking.programme import Programme, programme
from clinic.booking.queries import WITH_ALL
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.core.times import local
from clinic.intake.queries import Standing, standing
from clinic.intake.rules import Decision
from clinic.people.models import Client
from clinic.people.operations import lock_client
from clinic.work import operations as work


@dataclass(frozen=True)
class Heeded:
    """What became of one visit: it is the alternative now, or stays what it is; whether its therapist rings before it,
    or at once.
    """

    appointment: Appointment
    instead: bool = False
    rings: bool = False
    at_once: bool = False


def heed(session: AnySession, client: Client, *, now: datetime, by: Actor) -> list[Heeded]:
    """See to all visits of a client that are not over, after something was told or a clearance ended: a release that
    may not be given becomes its alternative, or its therapist rings; a doctor or an emergency is a call at once.
    What became of each, in order; nothing of those that may stay as they are. The caller commits.
    """
    session.flush()
    lock_client(session, client.id)
    known = programme(session)
    if known is None:
        return []
    to_come = session.scalars(TO_COME, {"client_id": client.id, "now": now}, execution_options=FRESH).all()
    decided = [(one, _decided(session, known, one)) for one in to_come]
    urgent = next((one for one, decision in decided if decision.emergency or decision.refer), None)
    if urgent:
        item = ask_to_ring(session, urgent, RING_NOW, now, now=now, by=by)
        urgent.call = urgent.call or item  # so that the day sheet says so too
    found = [_heed(session, known, one, decision, now=now, by=by) for one, decision in decided]
    return [one for one in found if one.instead or one.rings or one.at_once]


def called(session: AnySession, client: Client, *, now: datetime, by: Actor) -> None:
    """The calls before visits to come are made, once no reason for one stands any more, for a release either. The
    caller commits.
    """
    known = programme(session)
    for one in session.scalars(TO_COME, {"client_id": client.id, "now": now}).all() if known else ():
        if one.call and known and not _standing(session, known, one).decision(known.safety, deep=True).ring_first:
            work.complete(session, one.call, now=now, by=by)


def _decided(session: AnySession, known: Programme, appointment: Appointment) -> Decision:
    """What stands on the day of the visit, for what is booked."""
    return _standing(session, known, appointment).decision(known.safety, deep=appointment.is_release)


def _standing(session: AnySession, known: Programme, appointment: Appointment) -> Standing:
    zone = known.location_of(appointment).zone
    return standing(session, appointment.client_id, on=local(appointment.starts_at, zone).date())


def _heed(
    session: AnySession, known: Programme, appointment: Appointment, decision: Decision, *, now: datetime, by: Actor
) -> Heeded:
    if decision.emergency or decision.refer:
        return Heeded(appointment, at_once=True)
    release_stands = appointment.is_release and not decision.release_allowed
    instead = release_stands and leave_out_release(session, known, appointment, now=now, by=by)
    rings = decision.ring_first or (release_stands and not instead)
    if rings:
        ring(session, appointment, now=now, by=by)
    return Heeded(appointment, instead, rings)


FRESH = {"populate_existing": True}
TO_COME = (
    select(Appointment)
    .outerjoin(Cancellation, Cancellation.appointment_id == Appointment.id)
    .where(
        Appointment.client_id == bindparam("client_id"),
        Appointment.ends_at > bindparam("now"),
        Cancellation.appointment_id.is_(None),
    )
    .options(*WITH_ALL)
    .order_by(Appointment.starts_at, Appointment.id)
)
