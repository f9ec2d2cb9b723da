"""Offers to those who wait: each holds its time for one person alone."""

from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import delete, select

from clinic.booking import queries
from clinic.booking.models import Offer, WaitingListEntry
from clinic.booking.offered import OfferedTreatment
from clinic.booking.operations.holding import keep
from clinic.booking.operations.making import Outcome, book, booked_with
from clinic.booking.operations.shared import end_holds, end_past_holds, lock_holds, not_in_their_way
from clinic.booking.operations.waiting import LINK_GOOD_FOR, end_waiting
from clinic.booking.programme import Programme, programme
from clinic.booking.queries import Slot, waiting
from clinic.booking.rules import Narrowing
from clinic.booking.versions import versions
from clinic.booking.wishes import Wish, judge, told_with
from clinic.core import audit
from clinic.core.audit import Actor
from clinic.core.db import AnySession, database_of, writing
from clinic.core.links import Link
from clinic.core.refusals import Refusal
from clinic.core.times import minute_of
from clinic.intake.operations import same_answers
from clinic.messages.operations import queue
from clinic.people.models import Client
from clinic.people.operations import lock

KEPT = timedelta(days=90)  # an entry that has ended; then the name is nobody's business any more
_looked: dict[str, tuple[int, ...]] = {}  # by database: the versions and the minute of the last look


def offer_free_times(session: AnySession, *, now: datetime) -> int:
    """Offer what is free to those who wait for it, the longest waiting first; how many were offered. Offers that
    nobody answered lapse. The worker's task; commits.
    """
    database, known = database_of(session), programme(session)
    looked = (*versions(session), minute_of(now))
    idle = known is None or looked == _looked.get(database) or not waiting.anything_to_offer(session, now)
    session.rollback()
    if known is None or idle:
        return 0
    _end_what_is_past(session, known, now)
    entries = waiting.waiting(session, queries.today_at(known, now))
    made = sum(_offer_to(session, entry, now) for entry in entries)
    session.rollback()
    _looked[database] = looked
    return made


def accept(session: AnySession, offer: Offer, *, now: datetime, by: Actor) -> Outcome:
    """Book what was offered. Twice is once. The caller commits an appointment, and rolls back after a refusal."""
    known, entry, key = programme(session), offer.entry, f"offer/{offer.id}"
    if offer.outcome == "accepted" and (earlier := booked_with(session, key)):
        return earlier  # before anything is judged: their answers to the safety page went with their place on the list
    if known is None or offer.outcome or offer.expires_at <= now:
        return Outcome(refusals=[Refusal("offer_ended")])
    wish = _wish(session, known, entry, offer)
    if wish is None:
        return Outcome(refusals=[Refusal("not_offered")])
    told = told_with(session, known, wish, entry.screening)  # what they told since they joined counts more
    if refusals := told.refusals(is_release=wish.treatment.is_release):
        return Outcome(refusals=refusals)
    screening = same_answers(entry.screening, now=now) if entry.screening else None
    outcome = book(session, wish, screening=screening, key=key, now=now, by=by)
    if outcome.appointment and not outcome.refusals:
        end_waiting(session, entry, now)
    return outcome


def decline(session: AnySession, offer: Offer, *, now: datetime, by: Actor) -> None:
    """Not this time: it is free for the next at once, and they stay on the list. The caller commits."""
    if offer.hold_id:
        lock_holds(session, [offer.hold_id])
        session.refresh(offer, ["outcome", "hold_id"])
    if offer.hold_id is None:
        return
    end_holds(session, [offer.hold_id], outcome="declined", now=now)
    audit.record(session, "offer.declined", f"offer:{offer.id}", by=by, now=now)


def _end_what_is_past(session: AnySession, known: Programme, now: datetime) -> None:
    with writing():
        lock(session, queries.resource_ids(known))
        end_past_holds(session, now)
        for entry in waiting.past(session, queries.today_at(known, now)):
            end_waiting(session, entry, now)
        old = select(WaitingListEntry.id).where(WaitingListEntry.ended_at < now - KEPT)
        session.execute(delete(Offer).where(Offer.entry_id.in_(old)))
        session.execute(delete(WaitingListEntry).where(WaitingListEntry.ended_at < now - KEPT))
        session.commit()


def _offer_to(session: AnySession, entry: WaitingListEntry, now: datetime) -> bool:
    """Hold the first time that suits them and tell them of it. Looked for without a lock, and judged under it."""
    entry_id, known = entry.id, programme(session)
    slot = _first_that_suits(session, known, entry, now) if known else None
    session.rollback()
    if slot is None or known is None:
        return False
    with writing():
        lock(session, queries.resource_ids_for(known, slot.therapist))
        end_past_holds(session, now)
        current = waiting.entry(session, entry_id)
        made = current is not None and _make(session, current, slot, now)
        session.commit()
    return made


def _make(session: AnySession, entry: WaitingListEntry, slot: Slot, now: datetime) -> bool:
    known = programme(session)
    treatment = known.treatment_by_id(entry.treatment_id) if known else None
    session.refresh(entry, ["ended_at"], with_for_update=True)
    if known is None or treatment is None or entry.ended_at or waiting.open_offers(session, entry.id):
        return False
    wish = _wished(session, treatment, entry, slot)
    room, refusals = judge(session, known, wish, entry.screening, now)
    if refusals or room is None or not not_in_their_way(session, known, wish.client, [slot], entry.minutes, None, now):
        return False
    until = now + timedelta(minutes=known.clinic.offer_minutes)
    held = keep(session, wish, room, None, now=now, until=until)
    offer = Offer(
        id=uuid4(),
        entry_id=entry.id,
        hold_id=held.id,
        therapist_id=slot.therapist.id,
        starts_at=slot.starts_at,
        made_at=now,
        expires_at=until,
    )
    session.add_all([offer, Link(scope="offer", subject_id=offer.id, expires_at=until + LINK_GOOD_FOR)])
    session.flush()
    queue(session, "time_offered", offer.id, due_at=now)
    return True


def _first_that_suits(session: AnySession, known: Programme, entry: WaitingListEntry, now: datetime) -> Slot | None:
    treatment = known.treatment_by_id(entry.treatment_id)
    if treatment is None or treatment.length(entry.minutes) is None:
        return None
    today = queries.today_at(known, now)
    days = min(treatment.horizon_days, (entry.until_on - today).days) + 1
    look = queries.search(session, known, first=today, days=days, now=now)
    suits = Narrowing(entry.therapist_ids, entry.weekdays, entry.parts, entry.gender)
    before, earliest = waiting.offered(session, entry.id), minute_of(now) + known.clinic.offer_minutes
    slots = look.slots(treatment, entry.minutes, narrowing=suits)
    fresh = [s for s in slots if s.start >= earliest and (s.starts_at, s.therapist.id) not in before]
    assessed = queries.after_assessment(session, treatment, entry.client_id, fresh)
    theirs = not_in_their_way(session, known, _client_of(session, entry), assessed, entry.minutes, None, now)
    return next(iter(theirs), None)


def _client_of(session: AnySession, entry: WaitingListEntry) -> Client | None:
    """Who waits, where they are known."""
    return session.get(Client, entry.client_id) if entry.client_id else None


def _wish(session: AnySession, known: Programme, entry: WaitingListEntry, offer: Offer) -> Wish | None:
    treatment = known.treatment_by_id(entry.treatment_id)
    therapist = known.therapist_by_id(offer.therapist_id)
    if treatment is None or therapist is None:
        return None
    place = known.location_at(therapist.id, offer.starts_at)
    slot = Slot(minute_of(offer.starts_at), therapist, offer.starts_at.date(), place.id)
    return _wished(session, treatment, entry, slot, offer)


def _wished(
    session: AnySession, treatment: OfferedTreatment, entry: WaitingListEntry, slot: Slot, offer: Offer | None = None
) -> Wish:
    return Wish(
        treatment,
        entry.minutes,
        slot.therapist,
        slot.starts_at,
        name=entry.name,
        email=entry.email,
        phone=entry.phone,
        client=_client_of(session, entry),
        held=offer.hold_id if offer else None,
    )
