"""The waiting list: joining and leaving it, and offers, each of which holds its time for one person alone."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from clinic.booking import queries
from clinic.booking.models import Offer, WaitingListEntry
from clinic.booking.offered import OfferedTreatment
from clinic.booking.operations.holding import keep
from clinic.booking.operations.making import Outcome, book, booked_with
from clinic.booking.operations.shared import end_holds, end_past_holds, link_to, lock_holds, not_in_their_way
from clinic.booking.programme import Programme, programme
from clinic.booking.queries import Slot, waiting
from clinic.booking.rules import PARTS, Narrowing
from clinic.booking.versions import versions
from clinic.booking.wishes import Wish, judge, told_with
from clinic.core import audit
from clinic.core.audit import Actor
from clinic.core.db import AnySession, database_of, writing
from clinic.core.links import Link
from clinic.core.refusals import Refusal
from clinic.core.times import minute_of
from clinic.intake.models import Screening
from clinic.intake.operations import same_answers
from clinic.messages.operations import queue
from clinic.people.models import Client
from clinic.people.operations import lock

LINK_GOOD_FOR = timedelta(days=30)  # after the last day that suits, or after an offer
KEPT = timedelta(days=90)  # an entry that has ended; then the name is nobody's business any more
_looked: dict[str, tuple[int, ...]] = {}  # by database: the versions and the minute of the last look


@dataclass(frozen=True)
class Waits:
    """Who waits, and for what."""

    treatment: OfferedTreatment
    minutes: int
    name: str
    email: str
    until: date
    phone: str = ""
    therapist_ids: Collection[int] = field(default_factory=list)
    weekdays: Collection[int] = field(default_factory=list)
    parts: Collection[str] = field(default_factory=list)
    gender: str | None = None
    client: Client | None = None
    digest: bytes | None = None  # of this wish from this visit, where a form may be sent twice

    @property
    def words(self) -> tuple[str, ...]:
        """What tells it from another wish; a phone number that is corrected makes no other."""
        suits = (sorted(self.therapist_ids), sorted(self.weekdays), sorted(self.parts), self.gender)
        return tuple(str(one) for one in (self.treatment.id, self.minutes, self.name, self.email.lower(), *suits))


def join(session: AnySession, waits: Waits, *, screening: Screening | None, now: datetime, by: Actor) -> Link:
    """Put somebody on the list; the link by which they look at it and leave. The same wish sent again from the same
    visit is the same entry. The caller commits.

    What they answered on the safety page stays with the entry, and goes with it.
    """
    try:
        return _joined(session, waits, screening) or _join(session, waits, screening, now, by)
    except IntegrityError:  # sent twice at the same moment: the database took the other
        session.rollback()
        if link := _joined(session, waits, None):
            return link
        raise


def _joined(session: AnySession, waits: Waits, screening: Screening | None) -> Link | None:
    """The link of who waits for just this; what they tell now counts from now on."""
    entry = waiting.wished(session, waits.digest) if waits.digest else None
    if entry is None:
        return None
    entry.phone = waits.phone or entry.phone
    if screening:
        _keep_answers(session, entry, screening)
    return link_to(session, "waiting", entry.id)


def _join(session: AnySession, waits: Waits, screening: Screening | None, now: datetime, by: Actor) -> Link:
    row = WaitingListEntry(
        id=uuid4(),
        treatment_id=waits.treatment.id,
        minutes=waits.minutes,
        therapist_ids=sorted(waits.therapist_ids),
        weekdays=sorted(waits.weekdays),
        parts=[part for part in PARTS if part in waits.parts],
        gender=waits.gender,
        until_on=waits.until,
        client_id=waits.client.id if waits.client else None,
        name=waits.name,
        email=waits.email,
        phone=waits.phone,
        wish_digest=waits.digest,
        joined_at=now,
    )
    if screening:
        row.screening, screening.visit_digest = screening, None
    until = now + (waits.until - now.date()) + LINK_GOOD_FOR
    link = Link(scope="waiting", subject_id=row.id, expires_at=until)
    session.add_all([row, link])
    session.flush()
    audit.record(session, "waiting.joined", f"waiting:{row.id}", by=by, now=now)
    queue(session, "waiting_joined", row.id, due_at=now)
    return link


def leave(session: AnySession, entry: WaitingListEntry, *, now: datetime, by: Actor) -> None:
    """Take somebody off the list; what they are offered is free at once. The caller commits."""
    lock_holds(session, _held_for(session, entry))
    session.refresh(entry, ["ended_at"], with_for_update=True)  # an offer is either made before this, or not at all
    if entry.ended_at:
        return
    if held := _held_for(session, entry):
        end_holds(session, held, outcome="declined", now=now)
    _end(session, entry, now)
    audit.record(session, "waiting.left", f"waiting:{entry.id}", by=by, now=now)


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
        _end(session, entry, now)
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


def _held_for(session: AnySession, entry: WaitingListEntry) -> list[UUID]:
    """What is held of the offers they have not answered."""
    return [offer.hold_id for offer in waiting.open_offers(session, entry.id) if offer.hold_id]


def _end(session: AnySession, entry: WaitingListEntry, now: datetime) -> None:
    """Their answers to the safety page are kept no longer than their place on the list."""
    entry.ended_at, entry.wish_digest = entry.ended_at or now, None  # they may wish for the same again
    _keep_answers(session, entry, None)


def _keep_answers(session: AnySession, entry: WaitingListEntry, answers: Screening | None) -> None:
    """These instead of those they gave before."""
    before, entry.screening = entry.screening, answers
    if answers:
        answers.visit_digest = None
    session.flush()
    if before:
        session.delete(before)


def _end_what_is_past(session: AnySession, known: Programme, now: datetime) -> None:
    with writing():
        lock(session, queries.resource_ids(known))
        end_past_holds(session, now)
        for entry in waiting.past(session, queries.today_at(known, now)):
            _end(session, entry, now)
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
