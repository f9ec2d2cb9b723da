"""What is taken: claims and blocks of therapists and rooms, in whole minutes."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from contextlib import closing
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, bindparam, false, func, null, or_, select, text, true, union_all
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import aliased
from sqlalchemy.sql.functions import FunctionElement

from clinic.booking.guard import MAX_CLAIM_MINUTES
from clinic.booking.models import Appointment, Block, Claim, Hold
from clinic.booking.offered import ListedTherapist
from clinic.booking.programme import Programme
from clinic.booking.rules import Span, Taken
from clinic.booking.versions import versions
from clinic.core.db import AnySession, is_writing
from clinic.core.times import instant_of, minute_of
from clinic.treatments.models import Treatment

MOST_KEPT = 8  # stretches of days of which a process keeps what is taken

Busy = dict[int, list[Span]]
# A claim or block: resource, first minute, last, whether it is a claim; where asked, its treatment's own minutes and
# what limits look at; and of a second treatment, how many of them are its, and the same.
Occupied = tuple[Any, ...]


class minute_of_column(FunctionElement[int]):  # noqa: N801  (reads as the SQL function it is)
    """An instant's column as whole minutes since 1970: thousands of claims need not become datetimes."""

    type = BigInteger()
    inherit_cache = True


@compiles(minute_of_column, "sqlite")
def _on_sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    # The quickest of its functions; the hundredth makes up for what a day number of 64 bits rounds off.
    return f"CAST((julianday({compiler.process(element.clauses, **kw)}) - 2440587.5) * 1440 + 0.01 AS INTEGER)"


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
    """Each resource's claims and blocks that touch [first, last), but what is past its time, and whatever is `own`:
    the appointment that is to move, the hold of whoever asks. One statement, bounded on both sides.
    """
    return _spans(session, BUSY_BUT_OWN if own else BUSY, _asked(resource_ids, first, last, now, own))


def occupied_between(
    session: AnySession,
    programme: Programme,
    first: int,
    last: int,
    *,
    now: datetime,
    own: Collection[UUID] = (),
) -> list[Occupied]:
    """The same of every therapist and room at once, in order of start; with what each claim is for where the clinic has
    set limits, which is dearer. As the driver gives them: of a thousand rows each step counts.
    """
    queries = (DIARIES, DIARIES_BUT_OWN) if programme.has_limits else (BUSY, BUSY_BUT_OWN)
    asked = _asked(resource_ids(programme), first, last, now, own)
    with closing(session.connection().execute(queries[bool(own)], asked)) as found:
        return list(found.cursor.fetchall()) if found.cursor else []


def occupied_this_minute(
    session: AnySession, programme: Programme, first: int, last: int, *, now: datetime
) -> list[Occupied]:
    """The same, read anew where a claim or block has changed since, or another minute has begun. The version is read
    first, so that rows may be kept under an older one and never under a newer; and nothing is kept while writing, for
    what is rolled back gives its version to the next.
    """
    if is_writing():
        return occupied_between(session, programme, first, last, now=now)
    key = (versions(session)[1], minute_of(now), first, last)
    kept: list[Occupied] | None = programme.occupied.get(key)
    if kept is None:
        if len(programme.occupied) >= MOST_KEPT:
            programme.occupied.clear()
        kept = programme.occupied[key] = occupied_between(session, programme, first, last, now=now)
    return kept


def taken_of(
    session: AnySession, resource_ids: Iterable[int], first: int, last: int, *, now: datetime, own: Collection[UUID]
) -> dict[int, Taken]:
    """Each resource's claims and blocks, told apart: the staff may book over a block. Two statements."""
    asked = _asked(resource_ids, first, last, now, own)
    claims, blocks = _spans(session, CLAIMS_BUT_OWN, asked), _spans(session, BLOCKS, asked)
    return {one: Taken(claims.get(one, []), blocks.get(one, [])) for one in asked["resource_ids"]}


def _spans(session: AnySession, query: Any, asked: dict[str, Any]) -> Busy:
    found: Busy = defaultdict(list)
    for resource_id, starts, ends, _ in session.execute(query, asked):
        found[resource_id].append((starts, ends))
    return found


def _asked(resource_ids: Iterable[int], first: int, last: int, now: datetime, own: Collection[UUID]) -> dict[str, Any]:
    return {
        "resource_ids": sorted(resource_ids),
        "first": instant_of(first - MAX_CLAIM_MINUTES),
        "begin": instant_of(first),
        "last": instant_of(last),
        "now": now,
        "own": list(own),
    }


def _diaries(claims: Any) -> Any:
    """With the treatments of each claim: when it begins and ends itself, and what the clinic's limits ask of it."""
    starts_at = func.coalesce(Appointment.starts_at, Hold.starts_at)
    starts, minutes = minute_of_column(starts_at), Hold.minutes
    ends = func.coalesce(minute_of_column(Appointment.ends_at), starts + minutes)
    second_id = func.coalesce(Appointment.second_treatment_id, Hold.second_treatment_id)
    second_minutes = func.coalesce(Appointment.second_minutes, Hold.second_minutes)
    kinds = [column for one in (Treatment, SECOND) for column in (one.id, one.is_release, one.deep)]
    return (
        claims.outerjoin(Appointment, Appointment.id == Claim.appointment_id)
        .outerjoin(Hold, Hold.id == Claim.hold_id)
        .join(Treatment, Treatment.id == func.coalesce(Appointment.treatment_id, Hold.treatment_id))
        .outerjoin(SECOND, SECOND.id == second_id)
        .add_columns(starts, ends, *kinds[:3], second_minutes, *kinds[3:])
    )


SECOND = aliased(Treatment)
IDS: Any = bindparam("resource_ids", expanding=True)
CLAIM_MINUTES = minute_of_column(Claim.starts_at), minute_of_column(Claim.ends_at)
BLOCK_MINUTES = minute_of_column(Block.starts_at), minute_of_column(Block.ends_at)
CLAIMS = select(Claim.resource_id, *CLAIM_MINUTES, true()).where(
    Claim.resource_id.in_(IDS),
    Claim.starts_at < bindparam("last"),
    Claim.starts_at > bindparam("first"),
    or_(Claim.expires_at.is_(None), Claim.expires_at > bindparam("now")),
)
NOT_OWN = func.coalesce(Claim.appointment_id, Claim.hold_id).not_in(bindparam("own", expanding=True))
BLOCKS = select(Block.resource_id, *BLOCK_MINUTES, false()).where(
    Block.resource_id.in_(IDS),
    Block.starts_at < bindparam("last"),
    Block.ends_at > bindparam("begin"),
    or_(Block.releases_at.is_(None), Block.releases_at > bindparam("now")),
)
UNTREATED = BLOCKS.add_columns(*[null()] * 9)
BUSY = union_all(CLAIMS, BLOCKS).order_by(text("2"))
CLAIMS_BUT_OWN = CLAIMS.where(NOT_OWN)
BUSY_BUT_OWN = union_all(CLAIMS_BUT_OWN, BLOCKS).order_by(text("2"))
DIARIES = union_all(_diaries(CLAIMS), UNTREATED).order_by(text("2"))
DIARIES_BUT_OWN = union_all(_diaries(CLAIMS_BUT_OWN), UNTREATED).order_by(text("2"))


def resource_ids(programme: Programme) -> list[int]:
    return [*(t.resource_id for t in programme.therapists), *(r.resource_id for r in programme.rooms)]


def resource_ids_for(programme: Programme, therapist: ListedTherapist) -> list[int]:
    """What a booking with this therapist may claim: the therapist and any room."""
    return sorted([therapist.resource_id, *(room.resource_id for room in programme.rooms)])
