"""Why a time is not offered: every reason, and what is in the way. For the staff.

`wishes.judge` says whether a booking is taken; this says all that speaks against one, and where each of it is set.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from clinic.booking import queries, rules
from clinic.booking.models import Appointment, Block
from clinic.booking.offered import FittedRoom, ListedTherapist, OfferedTreatment
from clinic.booking.programme import Programme
from clinic.booking.queries.in_the_way import InTheWay, in_the_way
from clinic.booking.rules import Shape, Window
from clinic.core.db import AnySession
from clinic.core.times import local, minute_of
from clinic.qualifications import rules as qualifications


@dataclass(frozen=True)
class Asked:
    """Which time: of which treatment, for how long, by whom."""

    treatment: OfferedTreatment
    minutes: int
    therapist: ListedTherapist
    starts_at: datetime

    @property
    def start(self) -> int:
        return minute_of(self.starts_at)

    @property
    def shape(self) -> Shape:
        return queries.shape_of(self.treatment, self.minutes)


@dataclass(frozen=True)
class Reason:
    """One thing that speaks against it: a code that `reason_words` turns into a sentence, and what is in the way."""

    code: str
    values: Mapping[str, Any] = field(default_factory=dict)
    ways: Sequence[InTheWay] = ()


def reasons_against(
    session: AnySession, everything: Programme, listed: Programme, asked: Asked, *, now: datetime
) -> list[Reason]:
    """All reasons why clients are not offered this time. `everything` holds what is not listed too."""
    windows = everything.windows(asked.therapist, (asked.starts_at - timedelta(days=1)).date(), 3)
    window = next((one for one in windows if one.starts <= asked.start < one.ends), None)
    rooms = _rooms(everything, asked, window)
    day = local(asked.starts_at, _zone(everything, asked.therapist, window)).date()
    lacking = qualifications.refusals(asked.treatment.needs, asked.therapist.held, [window.day if window else day])
    found = [
        *_not_listed(listed, asked),
        *_time(everything, asked, windows, now),
        *(Reason(one.code, one.values) for one in lacking),
        *_taken(session, asked, rooms, now),
    ]
    if window:
        found += _limited(session, everything, asked, window, now)
        found += _lonely(session, everything, asked, window, now, found)
    return found


def conditions(asked: Asked) -> list[Reason]:
    """What is asked of whoever books it, at whatever time."""
    treatment = asked.treatment
    found = [Reason("screening_needed")] if treatment.is_release else []
    if treatment.assessment_id is not None:
        found.append(Reason("assessment_first", {"assessment_id": treatment.assessment_id}))
    return [*found, Reason("needs_approval")] if treatment.needs_approval else found


def _not_listed(listed: Programme, asked: Asked) -> Iterator[Reason]:
    if listed.treatment(asked.treatment.slug) is None:
        yield Reason("not_offered")
    if asked.treatment.length(asked.minutes) is None:
        yield Reason("length_not_offered")
    if listed.therapist(asked.therapist.slug) is None:
        yield Reason("not_listed")


def _time(everything: Programme, asked: Asked, windows: Sequence[Window], now: datetime) -> Iterator[Reason]:
    """Notice, horizon, working hours and the grid."""
    bounds = queries.bounds_of(asked.treatment, now)
    for one in rules.bound_refusals(asked.start, bounds=bounds, now=minute_of(now)):
        yield Reason(one.code)
    absence = everything.absence(asked.therapist, asked.start, asked.minutes)
    for one in rules.hours_refusals(asked.start, asked.shape, windows):
        yield Reason(one.code, {"windows": windows, **absence})


def _taken(session: AnySession, asked: Asked, rooms: Sequence[FittedRoom], now: datetime) -> list[Reason]:
    """What the therapist has then, thing by thing; and each room, where none is free."""
    shape, start = asked.shape, asked.start
    of_therapist, of_room = shape.of_therapist(start), shape.of_room(start)
    ids, last = [room.resource_id for room in rooms], max(of_therapist[1], of_room[1])
    ways = in_the_way(session, [asked.therapist.resource_id, *ids], of_therapist[0], last, now=now)
    touching = [one for one in ways if _touch(one.span, of_therapist)]
    bare = start, start + shape.minutes
    found = [Reason(_code(one, bare), ways=[one]) for one in touching if one.resource_id == asked.therapist.resource_id]
    of_rooms = [one for one in ways if one.resource_id in ids and _touch(one.span, of_room)]
    if {one.resource_id for one in of_rooms} >= set(ids):
        found.append(Reason("no_room", {"rooms": rooms}, of_rooms))
    return found


def _code(way: InTheWay, bare: tuple[int, int]) -> str:
    if isinstance(way.what, Block):
        return "blocked"
    if not _touch(way.bare, bare):
        return "rest_short"
    return "therapist_taken" if isinstance(way.what, Appointment) else "held"


def _touch(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _limited(
    session: AnySession, everything: Programme, asked: Asked, window: Window, now: datetime
) -> Iterator[Reason]:
    """The clinic's limits on what a therapist gives."""
    if everything.limits(asked.therapist, asked.treatment):
        look = queries.search(session, everything, first=window.day, days=1, now=now)
        for one in look.limit_refusals(
            asked.therapist, asked.treatment, asked.minutes, window.location_id, asked.start
        ):
            yield Reason(one.code)


def _lonely(
    session: AnySession,
    everything: Programme,
    asked: Asked,
    window: Window,
    now: datetime,
    found: Collection[Reason],
) -> list[Reason]:
    """Whether days are kept packed and this stands alone. It shows where nothing but notice and horizon speak against
    it: what is taken has no neighbours.
    """
    beside = {"past", "too_soon", "too_far", "not_offered", "not_listed", "length_not_offered"}
    if not asked.treatment.packed or {one.code for one in found} - beside:
        return []
    look = queries.search(session, everything, first=window.day, days=1, now=now)
    slots = look.slots(queries.unbounded(asked.treatment), asked.minutes, asked.therapist)
    return [] if any(slot.start == asked.start for slot in slots) else [Reason("not_packed")]


def _rooms(everything: Programme, asked: Asked, window: Window | None) -> Sequence[FittedRoom]:
    """Those that are fit for it, of where the therapist is then, or ever."""
    works = everything.hours.get(asked.therapist.id)
    location_id = window.location_id if window else works[0].location_id if works else everything.location.id
    return everything.rooms_for(asked.treatment, location_id)


def _zone(everything: Programme, therapist: ListedTherapist, window: Window | None) -> str:
    return everything.locations[window.location_id].zone if window else queries.zone_of(everything, therapist.id)
