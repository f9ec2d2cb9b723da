"""Booking. Every path that makes an appointment ends in `book`."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import bindparam, insert, select
from sqlalchemy.exc import IntegrityError

from clinic.booking import history, queries, rules
from clinic.booking.models import Appointment, Resource
from clinic.booking.offered import FittedRoom
from clinic.booking.operations.approving import ask_approval
from clinic.booking.operations.calling import RING
from clinic.booking.operations.displacing import assessed
from clinic.booking.operations.shared import (
    LINK_GOOD_FOR,
    call_due_at,
    claim,
    claimed,
    client_refusals,
    end_own_hold,
    end_past_holds,
    is_free,
    link_of,
    lock_to_book,
    merged_meanwhile,
    put_aside,
    reminders,
)
from clinic.booking.programme import programme
from clinic.booking.wishes import Wish, judge, told_with
from clinic.core import audit
from clinic.core.audit import Actor
from clinic.core.db import AnySession, table_of, write_row
from clinic.core.links import Link
from clinic.core.refusals import Refusal
from clinic.intake.models import Screening
from clinic.messages.operations import Due, queue_all
from clinic.people.models import Client
from clinic.places.models import Clinic
from clinic.places.privacy import privacy_digest, privacy_words
from clinic.work.models import WorkItem

REF_LETTERS = "23456789BCDFGHJKMNPQRSTVWXYZ"  # none that look or sound alike, and no words

GUARDED = {
    "claim_overlap": "therapist_taken",
    "booking_key": "already_booked",
    "screening_id": "screening_needed",  # another tab of the same visit has just booked with these answers
}


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
    """Book a wish, or say why not. The caller commits an appointment, and rolls back after a refusal: what was held
    for them is then held still.

    The same key twice gives the appointment of the first time. The lock makes a lost race polite; should it
    ever be missed, the database's own guard refuses, and that is a polite answer too.
    """
    try:
        outcome = _book(session, wish, screening=screening, key=key, now=now, by=by)
    except IntegrityError as error:
        session.rollback()
        outcome = Outcome(refusals=_guarded(error))
    if key and outcome.refusals and (earlier := _with_key(session, key)):
        return _repeated(session, earlier, wish)
    return outcome


def booked_with(session: AnySession, key: str) -> Outcome | None:
    """What was booked with this key, for whoever sends the same once more."""
    earlier = _with_key(session, key)
    return Outcome(earlier, link_of(session, earlier.id)) if earlier else None


def _guarded(error: IntegrityError) -> list[Refusal]:
    """What the database would not take, as a refusal."""
    code = next((code for name, code in GUARDED.items() if name in str(error.orig)), None)
    if code is None:
        raise error
    return [Refusal(code)]


def _book(
    session: AnySession,
    wish: Wish,
    *,
    screening: Screening | None,
    key: str | None,
    now: datetime,
    by: Actor,
) -> Outcome:
    of_client = lock_to_book(session, wish)
    if wish.client and merged_meanwhile(session, wish.client):
        return Outcome(refusals=[Refusal("client_merged")])
    end_past_holds(session, now)
    facts = programme(session)  # read under the lock: a revoked qualification took it too
    if facts is None:
        return Outcome(refusals=[Refusal("not_offered")])
    wish = replace(wish, told=told_with(session, facts, replace(wish, told=None), screening))  # as it is by now
    room, refusals = judge(session, facts, wish, screening, now)
    if not all(is_free(session, resource_id, wish, now) for resource_id in of_client):
        refusals.append(Refusal("client_taken"))
    if wish.client:
        refusals += client_refusals(session, facts, wish.client.id, wish, room)
    refusals, aside = rules.split(refusals, wish.desk.reason if wish.desk else "")
    if refusals or room is None:
        return Outcome(refusals=refusals)
    end_own_hold(session, wish, now)
    wish = replace(wish, bare="rest_short" in aside)
    appointment, link = _write(session, wish, room, screening=screening, key=key, now=now, by=by)
    claim(session, appointment, claimed(wish, room, *(of_client or [_new_resource(session, appointment.client_id)])))
    shown = {} if by.kind == "account" else {"notice": privacy_digest(privacy_words(facts.clinic))[:12]}
    audit.record(session, "appointment.booked", f"appointment:{appointment.id}", by=by, now=now, detail=shown)
    _after_missed(session, appointment, wish, facts.clinic, now)
    if wish.client:
        assessed(session, queries.following(session, facts, appointment), now=now, by=by)
    put_aside(session, appointment.id, wish, aside, now=now, by=by)
    told = Due("appointment_booked", appointment.id, now)
    queue_all(session, [told, *reminders(appointment, facts.clinic.reminder_hours, now)])
    return Outcome(appointment, link)


def _write(
    session: AnySession,
    wish: Wish,
    room: FittedRoom,
    *,
    screening: Screening | None,
    key: str | None,
    now: datetime,
    by: Actor,
) -> tuple[Appointment, Link]:
    client = wish.client or _new_client(session, wish, now)
    appointment = _appointment(wish, room, client, key=key, now=now, by=by)
    if screening:
        session.add(screening)
        appointment.screening_id, screening.visit_digest = screening.id, None
    if wish.told and wish.told.rings:
        appointment.call_id = _noted(session, _call(wish, now))
    if wish.treatment.needs_approval:
        appointment.approval_id = _noted(session, ask_approval(wish, now))
    session.flush()
    write_row(session, appointment)
    good_until = appointment.ends_at + LINK_GOOD_FOR
    link = Link(id=uuid4(), scope="appointment", subject_id=appointment.id, version=1, expires_at=good_until)
    write_row(session, link)
    return appointment, link


def _new_client(session: AnySession, wish: Wish, now: datetime) -> Client:
    """A guest becomes a client of their own."""
    client = Client(name=wish.name, email=wish.email, phone=wish.phone, created_at=now)
    client.keep_search()
    write_row(session, client)
    return client


def _noted(session: AnySession, item: WorkItem) -> int:
    """The number of a work item that goes with the appointment."""
    session.add(item)
    session.flush()
    return item.id


def _appointment(
    wish: Wish,
    room: FittedRoom,
    client: Client,
    *,
    key: str | None,
    now: datetime,
    by: Actor,
) -> Appointment:
    pair = wish.treatment.pair
    return Appointment(
        ref=_new_ref(),
        client_id=client.id,
        therapist_id=wish.therapist.id,
        treatment_id=wish.treatment.id,
        second_treatment_id=pair.second.id if pair else None,
        second_minutes=pair.second_minutes if pair else None,
        chaperone=wish.chaperone,
        room_id=room.id,
        starts_at=wish.starts_at,
        ends_at=wish.starts_at + timedelta(minutes=wish.minutes),
        price_minor=wish.treatment.price(wish.minutes).minor,
        booked_at=now,
        booked_by=str(by),
        moved=0,
        booking_key=key,
        area=wish.area,
        side=wish.side,
        word=wish.word,
    )


def _new_resource(session: AnySession, client_id: UUID) -> int:
    """From now on their time can be claimed."""
    return int(session.execute(NEW_RESOURCE, {"client_id": client_id}).scalar_one())


def _after_missed(session: AnySession, appointment: Appointment, wish: Wish, clinic: Clinic, now: datetime) -> None:
    """What the clinic wants done first where a client has missed too many visits; a deposit is a matter of words."""
    if wish.client is None or not history.missed_too_many(session, wish.client.id, clinic, now):
        return
    if clinic.missed_rule == "call":
        appointment.call = appointment.call or _call(wish, now)
    if clinic.missed_rule == "approval":
        appointment.approval = appointment.approval or ask_approval(wish, now)


def _call(wish: Wish, now: datetime) -> WorkItem:
    """What to do and never why."""
    due_at = call_due_at(wish.starts_at, now)
    return WorkItem(task=RING, owner_id=wish.therapist.account_id, due_at=due_at)


def _new_ref() -> str:
    """Seven letters and digits: 28^7, some 13 thousand million."""
    return "".join(secrets.choice(REF_LETTERS) for _ in range(7))


def _with_key(session: AnySession, key: str) -> Appointment | None:
    return session.scalar(WITH_KEY, {"key": key})


# Built once, as booking is timed.
NEW_RESOURCE = insert(table_of(Resource)).returning(table_of(Resource).c.id)
WITH_KEY = select(Appointment).where(Appointment.booking_key == bindparam("key"))


def _repeated(session: AnySession, earlier: Appointment, wish: Wish) -> Outcome:
    """The same post again gives the same appointment; another wish under the same key is told of the first."""
    client = earlier.client
    typed = (client.name, client.email) == (wish.name, wish.email)
    pair = wish.treatment.pair
    second = (pair.second.id, pair.second_minutes) if pair else (None, None)
    same = (
        (earlier.treatment_id, earlier.therapist_id) == (wish.treatment.id, wish.therapist.id)
        and (earlier.second_treatment_id, earlier.second_minutes) == second
        and (earlier.starts_at, earlier.minutes) == (wish.starts_at, wish.minutes)
        and earlier.chaperone == wish.chaperone
        and (client == wish.client if wish.client else typed)
    )
    return Outcome(earlier, link_of(session, earlier.id), () if same else [Refusal("already_booked")])
