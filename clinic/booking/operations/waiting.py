"""The waiting list: who joins it, for what, and leaves it."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy.exc import IntegrityError

from clinic.booking.models import WaitingListEntry
from clinic.booking.offered import OfferedTreatment
from clinic.booking.operations.shared import end_holds, link_to, lock_holds
from clinic.booking.queries import waiting
from clinic.booking.rules import PARTS
from clinic.core import audit
from clinic.core.audit import Actor
from clinic.core.db import AnySession
from clinic.core.links import Link
from clinic.intake.models import Screening
from clinic.messages.operations import queue
from clinic.people.models import Client

LINK_GOOD_FOR = timedelta(days=30)  # after the last day that suits, or after an offer


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
    end_waiting(session, entry, now)
    audit.record(session, "waiting.left", f"waiting:{entry.id}", by=by, now=now)


def _held_for(session: AnySession, entry: WaitingListEntry) -> list[UUID]:
    """What is held of the offers they have not answered."""
    return [offer.hold_id for offer in waiting.open_offers(session, entry.id) if offer.hold_id]


def end_waiting(session: AnySession, entry: WaitingListEntry, now: datetime) -> None:
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
