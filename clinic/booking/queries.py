"""Free times, and appointments for pages."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Select, bindparam, exists, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import joinedload
from sqlalchemy.sql.functions import FunctionElement

from clinic.booking.guard import MAX_CLAIM_MINUTES
from clinic.booking.models import Appointment, Cancellation, Claim, Move
from clinic.booking.programme import ListedTherapist, OfferedTreatment, Programme
from clinic.booking.rules import Shape, Span, blocked_starts, free_starts, merged, roomless_starts
from clinic.core.db import AnySession
from clinic.core.times import instant_of, local, minute_of
from clinic.people.models import Account, Client, Therapist

Busy = dict[int, list[Span]]
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
    session: AnySession, resource_ids: Iterable[int], first: int, last: int, *, ignoring: UUID | None = None
) -> Busy:
    """Each resource's claims that touch [first, last), but those of an appointment that is to move. One statement,
    bounded on both sides.
    """
    begin, end = minute_of_column(Claim.starts_at), minute_of_column(Claim.ends_at)
    query = select(Claim.resource_id, begin, end).where(
        Claim.resource_id.in_(sorted(resource_ids)),
        Claim.starts_at < instant_of(last),
        Claim.starts_at > instant_of(first - MAX_CLAIM_MINUTES),
    )
    if ignoring:
        query = query.where(Claim.appointment_id != ignoring)
    rows = session.execute(query.order_by(Claim.starts_at))
    busy: Busy = defaultdict(list)
    for resource_id, starts, ends in rows:
        busy[resource_id].append((starts, ends))
    return busy


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

    def slots(
        self,
        treatment: OfferedTreatment,
        minutes: int,
        therapist: ListedTherapist | None = None,
    ) -> list[Slot]:
        """Bookable times in order; where several therapists could, the one with least to do that day."""
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
            for slot, load in self._of(one, treatment, shape, roomless, bounds):
                rank = (load, one.id, slot)
                if slot.start not in best or rank[:2] < best[slot.start][:2]:
                    best[slot.start] = rank
        return [best[start][2] for start in sorted(best)]

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
        load, starts = Counter[date](), [starts for starts, _ in busy]
        for window in windows:
            load[window.day] += bisect_left(starts, window.ends) - bisect_left(starts, window.starts)
        for window in windows:
            if self.programme.may_give(therapist, treatment, window.day):
                for start in free_starts(window, shape, blocked[window.location_id], bounds):
                    yield Slot(start, therapist, window.day), load[window.day]


def search(
    session: AnySession, programme: Programme, *, first: date, days: int, now: datetime, ignoring: UUID | None = None
) -> Search:
    """Load what is taken on these days, for everybody and every room. One statement."""
    begin, end = _midnight(first) - DAY, _midnight(first + timedelta(days=days)) + DAY  # enough in any zone
    busy = busy_between(session, resource_ids(programme), begin, end, ignoring=ignoring)
    return Search(programme, busy, first, days, now)


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
ANY_CLIENT = select(Client).where(Client.id == bindparam("client_id"))
TREATED_CLIENT = _treated_client()
