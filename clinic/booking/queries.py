"""Free times, and appointments for pages."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Select, bindparam, exists, func, or_, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import joinedload
from sqlalchemy.sql.functions import FunctionElement

from clinic.booking.guard import MAX_CLAIM_MINUTES
from clinic.booking.models import Appointment, Cancellation, Claim, Hold, Move
from clinic.booking.programme import ListedTherapist, OfferedTreatment, Programme
from clinic.booking.rules import (
    ANY_TIME,
    Booked,
    Limits,
    Narrowing,
    Shape,
    Span,
    Window,
    blocked_starts,
    free_starts,
    limited_starts,
    merged,
    packed,
    roomless_starts,
)
from clinic.core.db import AnySession
from clinic.core.links import Link
from clinic.core.refusals import Refusal
from clinic.core.times import instant_of, local, minute_of
from clinic.people.models import Account, Client, Therapist
from clinic.treatments.models import Treatment

Busy = dict[int, list[Span]]
Diaries = dict[int, list[Booked]]
PAGE_DAYS = 14
DAY = 24 * 60


class minute_of_column(FunctionElement[int]):  # noqa: N801  (reads as the SQL function it is)
    """An instant's column as whole minutes since 1970: thousands of claims need not become datetimes."""

    type = BigInteger()
    inherit_cache = True


@compiles(minute_of_column, "sqlite")
def _on_sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    return f"(CAST(strftime('%s', {compiler.process(element.clauses, **kw)}) AS INTEGER) / 60)"


@compiles(minute_of_column, "postgresql")
def _on_postgresql(element: Any, compiler: Any, **kw: Any) -> str:
    return f"(CAST(extract(epoch from {compiler.process(element.clauses, **kw)}) AS bigint) / 60)"


@dataclass(frozen=True)
class Slot:
    """A time that can be booked: when, with whom, on which local day."""

    start: int
    therapist: ListedTherapist
    day: date

    @property
    def starts_at(self) -> datetime:
        return instant_of(self.start)


def shape_of(treatment: OfferedTreatment, minutes: int) -> Shape:
    return Shape(
        minutes,
        treatment.preparation_minutes,
        treatment.rest_minutes,
        treatment.cleaning_minutes,
        treatment.grid_minutes,
    )


def bounds_of(treatment: OfferedTreatment, now: datetime) -> Span:
    """Notice and horizon: the starts between which it may be booked."""
    minute = minute_of(now)
    return minute + treatment.notice_minutes, minute + treatment.horizon_days * DAY


def busy_between(
    session: AnySession,
    resource_ids: Iterable[int],
    first: int,
    last: int,
    *,
    now: datetime,
    own: Collection[UUID] = (),
) -> Busy:
    """Each resource's claims that touch [first, last), but past holds, and whatever is `own`: the appointment that is
    to move, the hold of whoever asks. One statement, bounded on both sides.
    """
    busy: Busy = defaultdict(list)
    asked = _asked(resource_ids, first, last, now, own)
    for resource_id, starts, ends in session.execute(BUSY_BUT_OWN if own else BUSY, asked):
        busy[resource_id].append((starts, ends))
    return busy


def diaries_between(
    session: AnySession,
    resource_ids: Iterable[int],
    first: int,
    last: int,
    *,
    now: datetime,
    own: Collection[UUID] = (),
) -> tuple[Busy, Diaries]:
    """The same claims, and which treatment each is for. One statement too, and a dearer one."""
    busy: Busy = defaultdict(list)
    diaries: Diaries = defaultdict(list)
    asked = _asked(resource_ids, first, last, now, own)
    for resource_id, starts, ends, *treated in session.execute(DIARIES_BUT_OWN if own else DIARIES, asked):
        busy[resource_id].append((starts, ends))
        diaries[resource_id].append(Booked(*treated))
    return busy, diaries


def _asked(resource_ids: Iterable[int], first: int, last: int, now: datetime, own: Collection[UUID]) -> dict[str, Any]:
    return {
        "resource_ids": sorted(resource_ids),
        "first": instant_of(first - MAX_CLAIM_MINUTES),
        "last": instant_of(last),
        "now": now,
        "own": list(own),
    }


def _diaries(claims: Any) -> Any:
    """With the treatment of each claim: when it begins and ends itself, and what the clinic's limits ask of it."""
    starts_at = func.coalesce(Appointment.starts_at, Hold.starts_at)
    starts, minutes = minute_of_column(starts_at), Hold.minutes
    ends = func.coalesce(minute_of_column(Appointment.ends_at), starts + minutes)
    return (
        claims.outerjoin(Appointment, Appointment.id == Claim.appointment_id)
        .outerjoin(Hold, Hold.id == Claim.hold_id)
        .join(Treatment, Treatment.id == func.coalesce(Appointment.treatment_id, Hold.treatment_id))
        .add_columns(starts, ends, Treatment.id, Treatment.is_release, Treatment.deep)
    )


BUSY = (
    select(Claim.resource_id, minute_of_column(Claim.starts_at), minute_of_column(Claim.ends_at))
    .where(
        Claim.resource_id.in_(bindparam("resource_ids", expanding=True)),
        Claim.starts_at < bindparam("last"),
        Claim.starts_at > bindparam("first"),
        or_(Claim.expires_at.is_(None), Claim.expires_at > bindparam("now")),
    )
    .order_by(Claim.starts_at)
)
NOT_OWN = func.coalesce(Claim.appointment_id, Claim.hold_id).not_in(bindparam("own", expanding=True))
BUSY_BUT_OWN = BUSY.where(NOT_OWN)
DIARIES = _diaries(BUSY)
DIARIES_BUT_OWN = DIARIES.where(NOT_OWN)


def resource_ids(programme: Programme) -> list[int]:
    return [*(t.resource_id for t in programme.therapists), *(r.resource_id for r in programme.rooms)]


def resource_ids_for(programme: Programme, therapist: ListedTherapist) -> list[int]:
    """What a booking with this therapist may claim: the therapist and any room."""
    return sorted([therapist.resource_id, *(room.resource_id for room in programme.rooms)])


@dataclass(frozen=True)
class Search:
    """One look for free times: the programme, what is taken, and the days looked at."""

    programme: Programme
    busy: Busy
    first: date
    days: int
    now: datetime
    booked: Diaries = field(default_factory=dict)  # read only where the clinic has set limits

    def slots(
        self,
        treatment: OfferedTreatment,
        minutes: int,
        therapist: ListedTherapist | None = None,
        narrowing: Narrowing = ANY_TIME,
    ) -> list[Slot]:
        """Bookable times that suit, in order; where several therapists could, the one with least to do that day."""
        shape, bounds = shape_of(treatment, minutes), bounds_of(treatment, self.now)
        roomless = {
            location_id: roomless_starts(
                [self.busy.get(r.resource_id, []) for r in self.programme.rooms_at(location_id)],
                shape.of_room(0),
            )
            for location_id in self.programme.locations
        }
        best: dict[int, tuple[int, int, Slot]] = {}
        for one in [therapist] if therapist else self.programme.therapists:
            if not narrowing.fits_whom(one.id, one.gender):
                continue
            for slot, load in self._of(one, treatment, shape, roomless, bounds):
                rank = (load, one.id, slot)
                if slot.start not in best or rank[:2] < best[slot.start][:2]:
                    best[slot.start] = rank
        found = [best[start][2] for start in sorted(best)]
        zone = self.programme.location.zone
        if not (narrowing.weekdays or narrowing.parts):
            return found
        return [slot for slot in found if narrowing.fits_when(local(slot.starts_at, zone))]

    def _of(
        self,
        therapist: ListedTherapist,
        treatment: OfferedTreatment,
        shape: Shape,
        roomless: dict[int, list[Span]],
        bounds: Span,
    ) -> Iterator[tuple[Slot, int]]:
        busy = self.busy.get(therapist.resource_id, [])
        own = blocked_starts(busy, shape.of_therapist(0))
        blocked = {place: merged([*own, *closed]) for place, closed in roomless.items()}
        windows = self.programme.windows(therapist, self.first, self.days)
        limits = self.programme.limits(therapist, treatment)
        load, starts = Counter[date](), [starts for starts, _ in busy]
        for window in windows:
            load[window.day] += bisect_left(starts, window.ends) - bisect_left(starts, window.starts)
        for window in windows:
            if self.programme.may_give(therapist, treatment, window.day):
                closed = blocked[window.location_id]
                if limits:
                    closed = merged(chain(closed, *self._limited(limits, therapist, shape.minutes, window).values()))
                free = free_starts(window, shape, closed, bounds)
                for start in packed(free, busy) if treatment.packed else free:
                    yield Slot(start, therapist, window.day), load[window.day]

    def _limited(
        self, limits: Limits, therapist: ListedTherapist, minutes: int, window: Window
    ) -> dict[str, list[Span]]:
        """The starts that the clinic's limits rule out on the day of this window."""
        booked = self.booked.get(therapist.resource_id, [])
        return limited_starts(limits, minutes, booked, self.programme.day_of(window))

    def clinic_refusals(
        self, therapist: ListedTherapist, treatment: OfferedTreatment, minutes: int, window: Window, start: int
    ) -> list[Refusal]:
        """Which of the clinic's own rules speak against this start: its limits, and that days are kept packed."""
        limits = self.programme.limits(therapist, treatment)
        limited = self._limited(limits, therapist, minutes, window).items()
        found = [Refusal(code) for code, spans in limited if any(first <= start < last for first, last in spans)]
        if treatment.packed and all(slot.start != start for slot in self.slots(treatment, minutes, therapist)):
            found.append(Refusal("not_packed"))
        return found


def search(
    session: AnySession,
    programme: Programme,
    *,
    first: date,
    days: int,
    now: datetime,
    own: Collection[UUID] = (),
) -> Search:
    """Load what is taken on these days, for everybody and every room. One statement."""
    around = DAY + max((one.releases_apart_minutes for one in programme.therapists), default=0)  # a day for any zone
    begin, end = _midnight(first) - around, _midnight(first + timedelta(days=days)) + around
    ids = resource_ids(programme)
    if not programme.has_limits:
        return Search(programme, busy_between(session, ids, begin, end, now=now, own=own), first, days, now)
    busy, booked = diaries_between(session, ids, begin, end, now=now, own=own)
    return Search(programme, busy, first, days, now, booked)


def today_at(programme: Programme, now: datetime) -> date:
    return local(now, programme.location.zone).date()


def nearest(slots: list[Slot], start: int, count: int = 3) -> list[Slot]:
    """The slots closest to a wanted time, in order of time."""
    return sorted(sorted(slots, key=lambda s: (abs(s.start - start), s.start))[:count], key=lambda s: s.start)


def _midnight(day: date) -> int:
    return minute_of(datetime.combine(day, time(), UTC))


WITH_ALL = (
    joinedload(Appointment.client),
    joinedload(Appointment.therapist),
    joinedload(Appointment.treatment),
    joinedload(Appointment.room),
    joinedload(Appointment.call),
    joinedload(Appointment.cancellation),
)


def held_by(session: AnySession, visit_digest: bytes, now: datetime) -> Hold | None:
    """The time that is kept for this visit."""
    return session.scalar(HELD, {"visit_digest": visit_digest, "now": now})


def appointment(session: AnySession, appointment_id: UUID) -> Appointment | None:
    """One appointment with all that its pages and mails name."""
    return session.scalar(APPOINTMENT, {"id": appointment_id})


def appointments_between(
    session: AnySession,
    first: datetime,
    last: datetime,
    *,
    therapist_id: int | None = None,
) -> list[Appointment]:
    """Standing appointments that begin in [first, last), in order; of one therapist or of all."""
    query = STANDING if therapist_id is None else STANDING_OF_ONE
    return list(session.scalars(query, {"first": first, "last": last, "therapist_id": therapist_id}))


def appointments_of(session: AnySession, client_id: UUID) -> list[Appointment]:
    """All appointments of a client, cancelled ones too, latest first, with where they were moved from."""
    return list(session.scalars(OF_A_CLIENT, {"client_id": client_id}).unique())


def seen_at(
    session: AnySession, client_id: UUID, treatment_ids: Collection[int], before: datetime, *, but: UUID | None
) -> datetime | None:
    """When the last of a client's standing appointments for any of these treatments ends, of those that end before an
    instant; `but` is not counted.
    """
    asked = {"client_id": client_id, "treatment_ids": list(treatment_ids), "before": before, "but": but}
    return session.scalar(SEEN_AT, asked)


def count_between(session: AnySession, client_id: UUID, first: datetime, last: datetime, *, but: UUID | None) -> int:
    """How many appointments of a client begin in [first, last); `but` is not counted."""
    return session.scalar(COUNT, {"client_id": client_id, "first": first, "last": last, "but": but}) or 0


def appointments_to_come(session: AnySession, email: str, now: datetime) -> list[tuple[Appointment, Link]]:
    """Standing appointments not yet begun of every client with this mail address, in order, with their links.

    However the address is written. It looks at all that is to come, and takes as long where there is none.
    """
    return [(one, link) for one, link in session.execute(TO_COME_OF_AN_ADDRESS, {"email": email, "now": now})]


def visible_client(session: AnySession, client_id: UUID, account: Account) -> Client | None:
    """A client this person may look up: therapists those booked with them, reception and owners all."""
    query: Select[Any] = TREATED_CLIENT if account.role == "therapist" else ANY_CLIENT
    found: Client | None = session.scalar(query, {"client_id": client_id, "account_id": account.id})
    return found


# Built once: putting these together takes longer than the database takes to answer.


def _treated_client() -> Select[Any]:
    booked = select(Appointment.id).join(Therapist).outerjoin(Cancellation)
    theirs = booked.where(
        Appointment.client_id == bindparam("client_id"),
        Therapist.account_id == bindparam("account_id"),
        Cancellation.appointment_id.is_(None),
    )
    return ANY_CLIENT.where(exists(theirs))


HELD = select(Hold).where(Hold.visit_digest == bindparam("visit_digest"), Hold.expires_at > bindparam("now"))
APPOINTMENT = select(Appointment).where(Appointment.id == bindparam("id")).options(*WITH_ALL)
STANDING = (
    select(Appointment)
    .outerjoin(Cancellation, Cancellation.appointment_id == Appointment.id)
    .where(
        Cancellation.appointment_id.is_(None),
        Appointment.starts_at >= bindparam("first"),
        Appointment.starts_at < bindparam("last"),
    )
    .options(*WITH_ALL)
    .order_by(Appointment.starts_at, Appointment.therapist_id)
)
STANDING_OF_ONE = STANDING.where(Appointment.therapist_id == bindparam("therapist_id"))
OF_A_CLIENT = (
    select(Appointment)
    .where(Appointment.client_id == bindparam("client_id"))
    .options(
        *WITH_ALL,
        joinedload(Appointment.screening),
        joinedload(Appointment.moves).joinedload(Move.from_therapist),
    )
    .order_by(Appointment.starts_at.desc())
)
STANDING_BUT = (
    select()
    .select_from(Appointment)
    .outerjoin(Cancellation, Cancellation.appointment_id == Appointment.id)
    .where(
        Cancellation.appointment_id.is_(None),
        Appointment.client_id == bindparam("client_id"),
        Appointment.id.is_distinct_from(bindparam("but")),
    )
)
SEEN_AT = STANDING_BUT.add_columns(func.max(Appointment.ends_at)).where(
    Appointment.treatment_id.in_(bindparam("treatment_ids", expanding=True)),
    Appointment.ends_at <= bindparam("before"),
)
COUNT = STANDING_BUT.add_columns(func.count()).where(
    Appointment.starts_at >= bindparam("first"), Appointment.starts_at < bindparam("last")
)
TO_COME_OF_AN_ADDRESS = (
    select(Appointment, Link)
    .join(Client, Client.id == Appointment.client_id)
    .join(Link, (Link.subject_id == Appointment.id) & (Link.scope == "appointment"))
    .outerjoin(Cancellation, Cancellation.appointment_id == Appointment.id)
    .where(
        Appointment.starts_at > bindparam("now"),
        Cancellation.appointment_id.is_(None),
        Link.revoked_at.is_(None),
        Link.expires_at > bindparam("now"),
        func.lower(Client.email) == func.lower(bindparam("email")),
    )
    .options(*WITH_ALL)
    .order_by(Appointment.starts_at)
)
ANY_CLIENT = select(Client).where(Client.id == bindparam("client_id"))
TREATED_CLIENT = _treated_client()
