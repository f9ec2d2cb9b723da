"""What holding, booking, moving and cancelling do alike."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from clinic.booking import queries, rules
from clinic.booking.models import Appointment, Claim, Hold, Offer, Override, Resource
from clinic.booking.offered import FittedRoom
from clinic.booking.programme import Programme
from clinic.booking.wishes import Wish
from clinic.core.audit import Actor
from clinic.core.db import AnySession, table_of
from clinic.core.links import Link
from clinic.core.refusals import Refusal
from clinic.core.times import day_bounds, instant_of, local, minute_of
from clinic.messages.operations import Due
from clinic.people.models import Client
from clinic.people.operations import lock

LINK_GOOD_FOR = timedelta(days=30)  # after the appointment


# Built once: every booking asks this.
TO_BOOK = (
    select(Resource.id, Resource.client_id)
    .where(
        or_(
            Resource.therapist_id == bindparam("therapist_id"),
            Resource.room_id > 0,  # every room: SQLite's index does not serve IS NOT NULL
            Resource.client_id == bindparam("client_id"),
        )
    )
    .order_by(Resource.id + 0)  # "+ 0": else SQLite walks through all clients, to save itself this sorting
    .with_for_update()
)
NEW_CLAIMS = insert(table_of(Claim))
PAST_HOLDS = select(Hold.id).where(Hold.expires_at <= bindparam("now"))


def call_due_at(starts_at: datetime, now: datetime) -> datetime:
    """When the therapist is to ring before an appointment: the day before, or as soon as can be."""
    return max(now, starts_at - timedelta(days=1))


def lock_to_book(session: AnySession, wish: Wish) -> list[int]:
    """Take the rows of whatever a wish may claim, in order of id as all locks: its therapist, any room, and its client,
    where they are known. The client's is given back.
    """
    client_id = wish.client.id if wish.client else None
    rows = session.execute(TO_BOOK, {"therapist_id": wish.therapist.id, "client_id": client_id}).all()
    return [row.id for row in rows if row.client_id]


def resource_id_of(session: AnySession, client: Client | None) -> list[int]:
    """The client's resource, where they are known; a guest's is made with the booking."""
    if client is None:
        return []
    return list(session.scalars(select(Resource.id).where(Resource.client_id == client.id)))


def client_resource_id(session: AnySession, appointment: Appointment) -> int:
    return session.scalars(select(Resource.id).where(Resource.client_id == appointment.client_id)).one()


def merged_meanwhile(session: AnySession, client: Client) -> bool:
    """Whether this client became another while we waited for their lock: what is booked now would be nobody's."""
    session.refresh(client, ["merged_into_id"])
    return client.merged_into_id is not None


def lock_held(session: AnySession, appointment: Appointment) -> None:
    """Take the rows of what an appointment claims: nobody moves or cancels it meanwhile."""
    held = select(Claim.resource_id).where(Claim.appointment_id == appointment.id)
    lock(session, list(session.scalars(held)))


def lock_holds(session: AnySession, hold_ids: Collection[UUID]) -> None:
    """Take the rows of what these holds claim, as whoever books does: two who end one at once would else wait for each
    other in a ring. The first thing a transaction locks.
    """
    lock(session, list(session.scalars(select(Claim.resource_id).where(Claim.hold_id.in_(hold_ids)))))


def lost_race(session: AnySession, error: IntegrityError, code: str = "therapist_taken") -> list[Refusal]:
    """Should a lock ever be missed, the database's own guard refuses: that is a refusal too."""
    session.rollback()
    if "claim_overlap" in str(error.orig):
        return [Refusal(code)]
    raise error


def reminders(appointment: Appointment, hours: Iterable[int], now: datetime) -> list[Due]:
    """A mail at each of these hours before it begins, as far as they are still ahead."""
    times = {each: appointment.starts_at - timedelta(hours=each) for each in hours}
    return [
        Due("appointment_reminder", appointment.id, at, once=f"{appointment.id}/{appointment.moved}/{each}")
        for each, at in times.items()
        if at > now
    ]


def end_past_holds(session: AnySession, now: datetime) -> None:
    """Take holds that are past their time out of the way. The caller has locked all rooms, so nobody else does."""
    if past := session.scalars(PAST_HOLDS, {"now": now}).all():
        end_holds(session, past, outcome="lapsed", now=now)


def end_own_hold(session: AnySession, wish: Wish, now: datetime) -> None:
    """Whoever asks has what they asked for, and holds nothing any more."""
    if wish.held:
        end_holds(session, [wish.held], outcome="accepted", now=now)


def end_holds(session: AnySession, hold_ids: Collection[UUID], *, outcome: str, now: datetime) -> None:
    """Give held times back. `outcome` is what came of the offers among them."""
    ended = {"outcome": outcome, "hold_id": None, "ended_at": now}
    session.execute(update(Offer).where(Offer.hold_id.in_(hold_ids)).values(**ended))
    session.execute(delete(Claim).where(Claim.hold_id.in_(hold_ids)))
    session.execute(delete(Hold).where(Hold.id.in_(hold_ids)))


def is_free(session: AnySession, resource_id: int, wish: Wish, now: datetime) -> bool:
    """Whether nothing else takes this resource while the treatment lasts."""
    start = minute_of(wish.starts_at)
    busy = queries.busy_between(session, [resource_id], start, start + wish.minutes, now=now, own=wish.own)
    return rules.is_free(busy.get(resource_id, []), (start, start + wish.minutes))


def client_refusals(
    session: AnySession, facts: Programme, client_id: UUID, wish: Wish, room: FittedRoom | None
) -> list[Refusal]:
    """How many appointments of one known client the clinic takes on one day."""
    most = facts.clinic.client_most_a_day
    if most is None or room is None:
        return []
    zone = facts.locations[room.location_id].zone
    first, last = day_bounds(local(wish.starts_at, zone).date(), zone)
    return rules.day_refusals(len(queries.starts_between(session, client_id, first, last, but=wish.moves)), most)


def not_in_their_way(
    session: AnySession,
    facts: Programme,
    client: Client | None,
    slots: Sequence[queries.Slot],
    minutes: int,
    moves: UUID | None,
    now: datetime,
) -> list[queries.Slot]:
    """The times, of these in order, that a known client's own visits leave them: where none is at that time, and the
    day does not hold as many as the clinic takes. What `moves` is not in its own way.
    """
    ids = resource_id_of(session, client)
    if client is None or not ids or not slots:
        return list(slots)
    first, last, own = slots[0].start, slots[-1].start + minutes, [moves] if moves else []
    busy = queries.busy_between(session, ids, first, last, now=now, own=own).get(ids[0], [])
    most, around = facts.clinic.client_most_a_day, timedelta(days=1)
    bounds = instant_of(first) - around, instant_of(last) + around
    visits = queries.starts_between(session, client.id, *bounds, but=moves) if most is not None else ()

    def is_full(slot: queries.Slot) -> bool:
        zone = facts.locations[slot.location_id].zone
        count = sum(local(at, zone).date() == slot.day for at in visits)
        return bool(rules.day_refusals(count, most))

    left = (slot for slot in slots if rules.is_free(busy, (slot.start, slot.start + minutes)))
    return [slot for slot in left if not is_full(slot)]


def claimed(
    wish: Wish, room: FittedRoom, client_resource_id: int | None = None
) -> Mapping[int, tuple[datetime, datetime]]:
    """From when until when a wish claims each of its resources: preparation, rest and cleaning included. A hold
    claims no client's time.
    """
    start, shape = minute_of(wish.starts_at), wish.shape
    spans = {wish.therapist.resource_id: shape.of_therapist(start), room.resource_id: shape.of_room(start)}
    if client_resource_id:
        spans[client_resource_id] = (start, start + wish.minutes)
    return {resource_id: (instant_of(starts), instant_of(ends)) for resource_id, (starts, ends) in spans.items()}


def claim(session: AnySession, appointment: Appointment, spans: Mapping[int, tuple[datetime, datetime]]) -> None:
    """Write the claims of an appointment that has none."""
    rows = [
        {"resource_id": resource_id, "appointment_id": appointment.id, "starts_at": starts_at, "ends_at": ends_at}
        for resource_id, (starts_at, ends_at) in spans.items()
    ]
    session.execute(NEW_CLAIMS, rows)


def put_aside(
    session: AnySession, appointment_id: UUID, wish: Wish, codes: Sequence[str], *, now: datetime, by: Actor
) -> None:
    """Keep that rules were put aside for this appointment, and why."""
    if wish.desk and codes:
        reason = wish.desk.reason
        session.add(Override(appointment_id=appointment_id, codes=list(codes), at=now, by=str(by), reason=reason))


def link_of(session: AnySession, appointment_id: UUID) -> Link | None:
    """The link its client manages it with."""
    return link_to(session, "appointment", appointment_id)


def link_to(session: AnySession, scope: str, subject_id: UUID) -> Link | None:
    query = select(Link).where(Link.scope == scope, Link.subject_id == subject_id, Link.revoked_at.is_(None))
    return session.scalar(query.order_by(Link.expires_at.desc(), Link.id).limit(1))
