"""Moving an appointment to another time or therapist. It stays the same appointment, with the same link."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from clinic.booking import queries, rules
from clinic.booking.models import Appointment, Claim, Move, Resource
from clinic.booking.offered import FittedRoom
from clinic.booking.operations.approving import ask_anew
from clinic.booking.operations.attending import come_anew, move_refusals
from clinic.booking.operations.calling import ring, take_over
from clinic.booking.operations.displacing import ask_to_assess, assessed, settle
from clinic.booking.operations.shared import (
    LINK_GOOD_FOR,
    claimed,
    client_refusals,
    client_resource_id,
    end_own_hold,
    end_past_holds,
    is_free,
    link_of,
    lost_race,
    put_aside,
    reminders,
)
from clinic.booking.pairs import as_booked
from clinic.booking.programme import Programme, programme
from clinic.booking.wishes import Wish, judge, told_with
from clinic.core import audit
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.core.refusals import Refusal
from clinic.messages.operations import queue, queue_all, unqueue
from clinic.people.operations import lock

FACTS_OF_IT = [
    "client_id",
    "client",
    "starts_at",
    "ends_at",
    "therapist_id",
    "room_id",
    "room",
    "moved",
    "moves",
    "confirmed_at",
    "cancellation",
    "version",
    "call_id",
    "call",
]


def move(session: AnySession, appointment: Appointment, wish: Wish, *, now: datetime, by: Actor) -> list[Refusal]:
    """Move it to the time and therapist of the wish, or say why not; the staff may also change room and length. The
    old time is free at once, and stays on record. To where it is already, nothing happens. The caller commits.
    """
    try:
        wish = replace(wish, room_id=appointment.room_id, told=None)
        return _move(session, appointment, wish, now=now, by=by)
    except IntegrityError as error:
        return lost_race(session, error)


def _move(session: AnySession, appointment: Appointment, wish: Wish, *, now: datetime, by: Actor) -> list[Refusal]:
    known = programme(session)
    if known is None:
        return [Refusal("not_offered")]
    held = select(Claim.resource_id).where(Claim.appointment_id == appointment.id)
    lock(session, sorted({*queries.resource_ids_for(known, wish.therapist), *session.scalars(held)}))
    session.refresh(appointment, FACTS_OF_IT)
    if wish.desk and wish.desk.seen not in {None, appointment.version}:
        return [Refusal("changed_meanwhile")]
    if _is_there(appointment, wish):
        return []
    end_past_holds(session, now)
    facts = programme(session) or known  # read again under the lock, as for a booking
    treatment = as_booked(facts, appointment) or wish.treatment
    wish = replace(wish, treatment=treatment, chaperone=appointment.chaperone, client=appointment.client)
    resource_id = client_resource_id(session, appointment)
    wish = replace(wish, told=told_with(session, facts, wish, appointment.screening))
    room, refusals = _judged(session, facts, appointment, wish, resource_id, now)
    refusals, aside = rules.split(refusals, wish.desk.reason if wish.desk else "")
    if refusals or room is None:
        return refusals
    end_own_hold(session, wish, now)
    before, relied = _facts(appointment), queries.following(session, facts, appointment)
    wish = replace(wish, bare="rest_short" in aside)
    put_aside(session, appointment.id, wish, aside, now=now, by=by)
    if _client_hears(appointment, wish, room):
        _keep_what_was(session, appointment, wish, now, by)
    claim_anew(session, appointment, wish, room, resource_id)
    if _goes_elsewhere(appointment, wish):
        settle(session, appointment, now=now, by=by)
    _write(session, facts, appointment, wish, room, now=now, by=by)
    _remind_anew(session, appointment, facts, now)
    detail = {"before": before, "after": _facts(appointment)}
    audit.record(session, "appointment.moved", f"appointment:{appointment.id}", by=by, now=now, detail=detail)
    session.flush()
    relies = queries.following(session, facts, appointment)
    ask_to_assess(session, [one for one in relied if one not in relies], now=now, by=by)
    assessed(session, relies, now=now, by=by)
    return []


def _remind_anew(session: AnySession, appointment: Appointment, facts: Programme, now: datetime) -> None:
    unqueue(session, "appointment_reminder", appointment.id)
    queue_all(session, reminders(appointment, facts.clinic.reminder_hours, now))


def _judged(
    session: AnySession, facts: Programme, appointment: Appointment, wish: Wish, resource_id: int, now: datetime
) -> tuple[FittedRoom | None, list[Refusal]]:
    """Where it would be, and all that speaks against the move; `resource_id` is the client's."""
    room, refusals = judge(session, facts, wish, appointment.screening, now)
    refusals = [*_change_refusals(appointment, wish, facts, now), *refusals]
    if _goes_elsewhere(appointment, wish):
        refusals += move_refusals(session, appointment)
    if not is_free(session, resource_id, wish, now):
        refusals.append(Refusal("client_taken"))
    return room, refusals + client_refusals(session, facts, appointment.client_id, wish, room)


def _goes_elsewhere(appointment: Appointment, wish: Wish) -> bool:
    """To another time or therapist, and not only to another room or length."""
    return (appointment.starts_at, appointment.therapist_id) != (wish.starts_at, wish.therapist.id)


def _is_there(appointment: Appointment, wish: Wish) -> bool:
    """Whether it is at this time, with this therapist and so long already; at the desk, also in this room."""
    room_id = wish.desk.room_id if wish.desk else None
    same_length = appointment.minutes == wish.minutes
    return not _goes_elsewhere(appointment, wish) and same_length and room_id in {None, appointment.room_id}


def _client_hears(appointment: Appointment, wish: Wish, room: FittedRoom) -> bool:
    """Of another time, therapist, length or address; another room of the same address is shown when they come."""
    return room.location_id != appointment.room.location_id or not _is_there(appointment, replace(wish, desk=None))


def _rings_anew(session: AnySession, facts: Programme, appointment: Appointment, wish: Wish) -> bool:
    """Whether its therapist is to ring, and did not for the day it was: a clearance may end before the new one."""
    rings_for = wish.told.rings_for if wish.told else frozenset()
    if not rings_for or appointment.call is None:
        return bool(rings_for)
    was = replace(wish, starts_at=appointment.starts_at, told=None)
    return not rings_for <= told_with(session, facts, was, appointment.screening).rings_for


def _facts(appointment: Appointment) -> dict[str, Any]:
    """What a move may change, for the audit trail."""
    return {
        "starts_at": appointment.starts_at.isoformat(),
        "minutes": appointment.minutes,
        "therapist": appointment.therapist_id,
        "room": appointment.room_id,
    }


def _change_refusals(appointment: Appointment, wish: Wish, known: Programme, now: datetime) -> list[Refusal]:
    """The staff is bound by no notice; what is cancelled stays where it was."""
    if wish.desk:
        return [Refusal("cancelled_already")] if appointment.cancellation else []
    return change_refusals(appointment, known, now)


def change_refusals(appointment: Appointment, known: Programme, now: datetime) -> list[Refusal]:
    """Why a client may not move it any more, whatever the new time."""
    if appointment.cancellation:
        return [Refusal("cancelled_already")]
    notice, most = known.clinic.change_notice_hours * 60, known.clinic.most_moves
    moves = sum(not move.by_staff for move in appointment.moves)
    return rules.move_refusals(appointment.starts_at, now, notice_minutes=notice, moves=moves, most=most)


def _keep_what_was(session: AnySession, appointment: Appointment, wish: Wish, now: datetime, by: Actor) -> None:
    if _goes_elsewhere(appointment, wish):
        come_anew(session, appointment, wish.starts_at, now=now, by=by)
    appointment.moved += 1
    was = Move(
        appointment_id=appointment.id,
        number=appointment.moved,
        at=now,
        by=str(by),
        from_starts_at=appointment.starts_at,
        from_therapist_id=appointment.therapist_id,
    )
    session.add(was)
    session.flush()
    queue(session, "appointment_moved", was.id, due_at=now)


def claim_anew(
    session: AnySession, appointment: Appointment, wish: Wish, room: FittedRoom, client_resource_id: int
) -> None:
    """Each claim is changed in place: the guard looks at it once, and at no moment is the time nobody's."""
    kinds = select(Claim.id, Resource.therapist_id, Resource.room_id).join(Resource, Claim.resource_id == Resource.id)
    spans = claimed(wish, room, client_resource_id)
    for claim_id, therapist_id, room_id in session.execute(kinds.where(Claim.appointment_id == appointment.id)).all():
        of = wish.therapist.resource_id if therapist_id else room.resource_id if room_id else client_resource_id
        starts_at, ends_at = spans[of]
        anew = {"resource_id": of, "starts_at": starts_at, "ends_at": ends_at}
        session.execute(update(Claim).where(Claim.id == claim_id).values(**anew))


def _write(
    session: AnySession,
    facts: Programme,
    appointment: Appointment,
    wish: Wish,
    room: FittedRoom,
    *,
    now: datetime,
    by: Actor,
) -> None:
    ends_at = wish.starts_at + timedelta(minutes=wish.minutes)
    moved, rings = _goes_elsewhere(appointment, wish), _rings_anew(session, facts, appointment, wish)
    appointment.starts_at, appointment.ends_at = wish.starts_at, ends_at
    appointment.therapist_id, appointment.room_id = wish.therapist.id, room.id
    appointment.version += 1
    if not moved:
        return
    appointment.confirmed_at = None
    ask_anew(appointment, wish, now)
    if link := link_of(session, appointment.id):
        link.expires_at = appointment.ends_at + LINK_GOOD_FOR
    take_over(session, appointment, now)
    if rings:
        ring(session, appointment, now=now, by=by)
