"""Booking and cancelling. Every path that makes an appointment ends in `book`."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError

from clinic.booking import queries, rules
from clinic.booking.models import Appointment, Cancellation, Claim, Resource
from clinic.booking.programme import FittedRoom, programme
from clinic.booking.wishes import Wish, judge
from clinic.core import audit
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.core.links import Link
from clinic.core.refusals import Refusal
from clinic.core.times import instant_of, minute_of
from clinic.intake.models import Screening
from clinic.messages.operations import queue
from clinic.people.models import Client
from clinic.work.models import WorkItem

LINK_GOOD_FOR = timedelta(days=30)  # after the appointment
REF_LETTERS = "23456789BCDFGHJKMNPQRSTVWXYZ"  # none that look or sound alike, and no words


@dataclass(frozen=True)
class Outcome:
    """An appointment, or why there is none."""

    appointment: Appointment | None = None
    link: Link | None = None
    refusals: Sequence[Refusal] = ()


def book(
    session: AnySession,
    wish: Wish,
    *,
    screening: Screening | None,
    key: str | None,
    now: datetime,
    by: Actor,
) -> Outcome:
    """Book a wish, or say why not. The caller commits.

    The same key twice gives the appointment of the first time. The lock makes a lost race polite; should it
    ever be missed, the database's own guard refuses, and that is a polite answer too.
    """
    try:
        return _book(session, wish, screening=screening, key=key, now=now, by=by)
    except IntegrityError as error:
        session.rollback()
        if "claim_overlap" in str(error.orig):
            return Outcome(refusals=[Refusal("therapist_taken")])
        if "screening_id" in str(error.orig):  # another tab of the same visit has just booked with these answers
            return Outcome(refusals=[Refusal("screening_needed")])
        if key and (earlier := _with_key(session, key)):
            return _repeated(session, earlier, wish)
        raise


def _book(
    session: AnySession,
    wish: Wish,
    *,
    screening: Screening | None,
    key: str | None,
    now: datetime,
    by: Actor,
) -> Outcome:
    known = programme(session)
    if known is None:
        return Outcome(refusals=[Refusal("not_offered")])
    taken = _resource_id_of(session, wish.client)
    _lock(session, sorted([*queries.resource_ids_for(known, wish.therapist), *taken]))
    if key and (earlier := _with_key(session, key)):
        return _repeated(session, earlier, wish)
    facts = programme(session) or known  # read again under the lock: a revoked qualification took it too
    room, refusals = judge(session, facts, wish, screening, now)
    if not all(_is_free(session, resource_id, wish) for resource_id in taken):
        refusals.append(Refusal("client_taken"))
    if refusals or room is None:
        return Outcome(refusals=refusals)
    return _write(session, wish, room, screening=screening, key=key, now=now, by=by)


def _resource_id_of(session: AnySession, client: Client | None) -> list[int]:
    """The client's resource, where they are known; a guest's is made with the booking."""
    if client is None:
        return []
    return list(session.scalars(select(Resource.id).where(Resource.client_id == client.id)))


def _is_free(session: AnySession, resource_id: int, wish: Wish) -> bool:
    start = minute_of(wish.starts_at)
    busy = queries.busy_between(session, [resource_id], start, start + wish.minutes)
    return rules.is_free(busy.get(resource_id, []), start, wish.minutes)


def _lock(session: AnySession, resource_ids: Sequence[int]) -> None:
    """Take the rows in order of id, so that two bookings never wait for each other in a ring."""
    query = select(Resource.id).where(Resource.id.in_(resource_ids)).order_by(Resource.id).with_for_update()
    session.execute(query).all()


def _write(
    session: AnySession,
    wish: Wish,
    room: FittedRoom,
    *,
    screening: Screening | None,
    key: str | None,
    now: datetime,
    by: Actor,
) -> Outcome:
    client_id, client_resource_id = _client(session, wish, now)
    appointment = _appointment(wish, room, client_id, key=key, now=now, by=by)
    if screening:
        appointment.screening_id, screening.visit_digest = screening.id, None
        if screening.decision.ring_first:
            appointment.call = _call(wish, now)
    good_until = appointment.ends_at + LINK_GOOD_FOR
    link = Link(scope="appointment", subject_id=appointment.id, version=1, expires_at=good_until)
    session.add_all([appointment, link])
    session.flush()
    shape = queries.shape_of(wish.treatment, wish.minutes)
    claimed = {
        wish.therapist.resource_id: shape.of_therapist,
        room.resource_id: shape.of_room,
        client_resource_id: wish.minutes,
    }
    _claim(session, appointment, claimed)
    audit.record(session, "appointment.booked", f"appointment:{appointment.id}", by=by, now=now)
    queue(session, "appointment_booked", appointment.id, due_at=now)
    return Outcome(appointment, link)


def _appointment(
    wish: Wish,
    room: FittedRoom,
    client_id: UUID,
    *,
    key: str | None,
    now: datetime,
    by: Actor,
) -> Appointment:
    length = wish.treatment.length(wish.minutes)
    assert length is not None
    return Appointment(
        ref=_new_ref(),
        client_id=client_id,
        therapist_id=wish.therapist.id,
        treatment_id=wish.treatment.id,
        room_id=room.id,
        starts_at=wish.starts_at,
        ends_at=wish.starts_at + timedelta(minutes=wish.minutes),
        price_minor=length.price.minor,
        booked_at=now,
        booked_by=str(by),
        booking_key=key,
        area=wish.area,
        side=wish.side,
        word=wish.word,
    )


def _client(session: AnySession, wish: Wish, now: datetime) -> tuple[UUID, int]:
    """The client and their resource; a guest becomes a client of their own."""
    if wish.client:
        return wish.client.id, _resource_id_of(session, wish.client)[0]
    client = Client(id=uuid4(), name=wish.name, email=wish.email, phone=wish.phone, created_at=now)
    resource = Resource(client_id=client.id)
    session.add(client)
    session.flush()
    session.add(resource)
    session.flush()
    return client.id, resource.id


def _claim(session: AnySession, appointment: Appointment, minutes: dict[int, int]) -> None:
    start = minute_of(appointment.starts_at)
    session.execute(
        insert(Claim),
        [
            {
                "resource_id": resource_id,
                "appointment_id": appointment.id,
                "starts_at": appointment.starts_at,
                "ends_at": instant_of(start + length),
            }
            for resource_id, length in minutes.items()
        ],
    )


def _call(wish: Wish, now: datetime) -> WorkItem:
    """The therapist rings the day before, or as soon as can be. It says what to do and never why."""
    due = max(now, wish.starts_at - timedelta(days=1))
    return WorkItem(task="ring_before_visit", owner_id=wish.therapist.account_id, due_at=due)


def _new_ref() -> str:
    """Seven letters and digits: 28^7, some 13 thousand million."""
    return "".join(secrets.choice(REF_LETTERS) for _ in range(7))


def _with_key(session: AnySession, key: str) -> Appointment | None:
    return session.scalar(select(Appointment).where(Appointment.booking_key == key))


def _repeated(session: AnySession, earlier: Appointment, wish: Wish) -> Outcome:
    """The same post again gives the same appointment; another wish under the same key is told of the first."""
    same = (
        (earlier.treatment_id, earlier.therapist_id) == (wish.treatment.id, wish.therapist.id)
        and (earlier.starts_at, earlier.minutes) == (wish.starts_at, wish.minutes)
        and (earlier.client.name, earlier.client.email) == (wish.name, wish.email)
    )
    return Outcome(earlier, link_of(session, earlier.id), () if same else [Refusal("already_booked")])


def cancel(session: AnySession, appointment: Appointment, *, now: datetime, by: Actor) -> list[Refusal]:
    """Call an appointment off: its time is free at once. Doing it twice changes nothing. The caller commits."""
    resources = select(Claim.resource_id).where(Claim.appointment_id == appointment.id)
    _lock(session, list(session.scalars(resources)))
    session.refresh(appointment, ["cancellation"])
    if appointment.cancellation:
        return []
    if appointment.starts_at <= now:
        return [Refusal("already_begun")]
    session.execute(delete(Claim).where(Claim.appointment_id == appointment.id))
    session.execute(insert(Cancellation), {"appointment_id": appointment.id, "at": now, "by": str(by)})
    audit.record(session, "appointment.cancelled", f"appointment:{appointment.id}", by=by, now=now)
    queue(session, "appointment_cancelled", appointment.id, due_at=now)
    return []


def link_of(session: AnySession, appointment_id: UUID) -> Link | None:
    """The link its client manages it with."""
    query = select(Link).where(Link.scope == "appointment", Link.subject_id == appointment_id)
    return session.scalar(query.where(Link.revoked_at.is_(None)).limit(1))
