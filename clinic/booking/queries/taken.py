"""What is taken: claims of therapists and rooms, in whole minutes."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, bindparam, func, or_, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from clinic.booking.guard import MAX_CLAIM_MINUTES
from clinic.booking.models import Appointment, Claim, Hold
from clinic.booking.programme import ListedTherapist, Programme
from clinic.booking.rules import Booked, Span
from clinic.core.db import AnySession
from clinic.core.times import instant_of
from clinic.treatments.models import Treatment

Busy = dict[int, list[Span]]
Diaries = dict[int, list[Booked]]


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
