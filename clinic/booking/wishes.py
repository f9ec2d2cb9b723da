"""A wish to book, and all that speaks against it. Asked before anything is typed, and again under the locks."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from clinic.booking import queries, rules
from clinic.booking.models import Hold
from clinic.booking.offered import FittedRoom, ListedTherapist, OfferedTreatment
from clinic.booking.pairs import as_offered, length_refusals, visit_refusals
from clinic.booking.programme import Programme
from clinic.booking.rules import Shape, Window
from clinic.booking.told import Told, told_by
from clinic.core.db import AnySession
from clinic.core.refusals import Refusal
from clinic.core.times import days_of, local, minute_of
from clinic.intake.models import Screening
from clinic.people.models import Client
from clinic.qualifications import rules as qualifications


@dataclass(frozen=True)
class Desk:
    """That the staff asks, by its own rules: why a rule is put aside, and what the page before showed."""

    reason: str = ""
    room_id: int | None = None  # this room and no other
    seen: int | None = None  # the version of the appointment that is to change
    brought: bool = False  # from another system: of what is over, the safety page decides nothing any more


@dataclass(frozen=True)
class Wish:
    """What somebody asks to book, and what they told with it."""

    treatment: OfferedTreatment
    minutes: int
    therapist: ListedTherapist
    starts_at: datetime
    name: str
    email: str
    phone: str = ""
    area: str = ""
    side: str = ""
    word: str = ""
    client: Client | None = None  # only where it is proven who they are
    moves: UUID | None = None  # the appointment that is to move there
    room_id: int | None = None  # where that is now: it stays there if it can
    held: UUID | None = None  # the hold of whoever asks
    desk: Desk | None = None  # the staff asks
    chaperone: bool = False  # somebody of the clinic is in the room too
    bare: bool = False  # takes its own minutes alone, without preparation, rest and cleaning
    told: Told | None = None  # what they told, where it has been read already

    @property
    def shape(self) -> Shape:
        """How much time it takes of therapist and room."""
        shape = queries.shape_of(self.treatment, self.minutes)
        return replace(shape, preparation_minutes=0, rest_minutes=0, cleaning_minutes=0) if self.bare else shape

    @property
    def own(self) -> tuple[UUID, ...]:
        """Whose claims are not in the way."""
        return tuple(one for one in (self.moves, self.held) if one)


def refusals_of(
    session: AnySession, facts: Programme, wish: Wish, *, now: datetime, screening: Screening | None = None
) -> list[Refusal]:
    """Why this time may not be had, but for a safety page that is still to be answered. For a kind word before anything
    is typed.
    """
    return [r for r in judge(session, facts, wish, screening, now)[1] if r.code != "screening_needed"]


def judge(
    session: AnySession,
    facts: Programme,
    wish: Wish,
    screening: Screening | None,
    now: datetime,
) -> tuple[FittedRoom | None, list[Refusal]]:
    """The room it would be in, and all reasons against it."""
    if wish.desk:
        return judge_at_desk(session, facts, wish, screening, now)
    treatment, kept_since = _as_offered(facts, wish), _kept_since(session, wish)
    therapist = facts.therapist(wish.therapist.slug)
    if treatment is None or therapist is None:
        return None, [Refusal("not_offered")]
    if unfit := length_refusals(treatment, wish.minutes):
        return None, unfit
    if kept_since:
        treatment = replace(treatment, packed=False)
    start, shape = minute_of(wish.starts_at), queries.shape_of(treatment, wish.minutes)
    windows = _windows_around(facts, therapist, wish.starts_at)
    bounds = queries.bounds_of(treatment, min(kept_since or now, now))
    found = told_with(session, facts, wish, screening).refusals(is_release=treatment.is_release)
    found += _assessment_refusals(session, treatment, wish)
    found += rules.time_refusals(start, shape, windows, bounds=bounds, now=minute_of(now))
    window = next((w for w in windows if w.starts <= start < w.ends), None)
    if window is None:
        return None, found or [Refusal("outside_hours")]
    found += unqualified(treatment, therapist, [window.day]) + _unchaperoned(facts, wish, window)
    room, taken = _room(session, wish, shape, facts.rooms_for(treatment, window.location_id), now)
    found += taken
    wish = replace(wish, treatment=treatment, therapist=therapist)
    found += _clinic_refusals(session, facts, wish, window.day, window.location_id, now)
    return room, found


def _as_offered(facts: Programme, wish: Wish) -> OfferedTreatment | None:
    """What is asked for as the programme has it; what was withdrawn is booked no more, but moves."""
    return as_offered(facts, wish.treatment, wish.minutes, stands=wish.moves is not None)


def _room(
    session: AnySession, wish: Wish, shape: Shape, rooms: Sequence[FittedRoom], now: datetime
) -> tuple[FittedRoom | None, list[Refusal]]:
    """The first that is free then, and whether the therapist is."""
    start, therapist_id = minute_of(wish.starts_at), wish.therapist.resource_id
    of_therapist, of_room = shape.of_therapist(start), shape.of_room(start)
    ids, last = [therapist_id, *(room.resource_id for room in rooms)], max(of_therapist[1], of_room[1])
    busy = queries.busy_between(session, ids, of_therapist[0], last, now=now, own=wish.own)
    found = [] if rules.is_free(busy.get(therapist_id, []), of_therapist) else [Refusal("therapist_taken")]
    free = [one for one in rooms if rules.is_free(busy.get(one.resource_id, []), of_room)]
    room = next(iter(_own_first(free, wish)), None)
    return room, found if room else [*found, Refusal("no_room")]


def _own_first(rooms: Sequence[FittedRoom], wish: Wish) -> Sequence[FittedRoom]:
    """The room an appointment is in before all others: nobody is sent to another without need."""
    return sorted(rooms, key=lambda room: room.id != wish.room_id)


def judge_at_desk(
    session: AnySession, facts: Programme, wish: Wish, screening: Screening | None, now: datetime
) -> tuple[FittedRoom | None, list[Refusal]]:
    """The same by the staff's own rules. What may be put aside is among the reasons; see `rules.split`."""
    treatment = _as_offered(facts, wish)
    therapist = facts.therapist(wish.therapist.slug)
    if treatment is None or therapist is None:
        return None, [Refusal("not_offered")]
    if not all(rules.length_is_sound(lasts) for lasts in treatment.minutes_of_each(wish.minutes)):
        return None, [Refusal("not_offered")]
    if unfit := visit_refusals(treatment, wish.minutes):
        return None, unfit
    wish = replace(wish, treatment=replace(treatment, packed=False), therapist=therapist)
    start, windows = minute_of(wish.starts_at), _windows_around(facts, therapist, wish.starts_at)
    window = next((w for w in windows if w.starts <= start < w.ends), None)
    place = _location_id(facts, wish)
    rooms = [room for room in _rooms_at_desk(facts, wish, place) if room.suits(treatment)]
    days = days_of(wish.starts_at, wish.starts_at + timedelta(minutes=wish.minutes), facts.locations[place].zone)
    told = told_with(session, facts, wish, screening)
    found = [] if _is_over(wish, now) else told.refusals(is_release=treatment.is_release)
    found += _assessment_refusals(session, treatment, wish)
    absence = facts.absence(therapist, start, wish.minutes)
    found += rules.desk_time_refusals(start, wish.minutes, windows, now=minute_of(now), absence=absence)
    found += unqualified(treatment, therapist, days) + _unchaperoned(facts, wish, window)
    room, taken = _room_at_desk(session, wish, rooms, now)
    limited = _clinic_refusals(session, facts, wish, days[0], place, now)
    return room, [*found, *taken, *limited]


def _is_over(wish: Wish, now: datetime) -> bool:
    """Whether it took place elsewhere, and is only written down here."""
    return wish.desk is not None and wish.desk.brought and wish.starts_at + timedelta(minutes=wish.minutes) <= now


def _location_id(facts: Programme, wish: Wish) -> int:
    """Where the room is that was chosen; else where the therapist is then."""
    chosen = [room.location_id for room in facts.rooms if wish.desk and room.id == wish.desk.room_id]
    return chosen[0] if chosen else facts.location_at(wish.therapist.id, wish.starts_at).id


def _rooms_at_desk(facts: Programme, wish: Wish, location_id: int) -> Sequence[FittedRoom]:
    """The one that was chosen; else those there, or all."""
    chosen = [room for room in facts.rooms if wish.desk and room.id == wish.desk.room_id]
    return chosen or facts.rooms_at(location_id) or facts.rooms


def _room_at_desk(
    session: AnySession, wish: Wish, rooms: Sequence[FittedRoom], now: datetime
) -> tuple[FittedRoom | None, list[Refusal]]:
    start, shape, therapist_id = minute_of(wish.starts_at), wish.shape, wish.therapist.resource_id
    first, last = shape.of_therapist(start)[0], max(shape.of_therapist(start)[1], shape.of_room(start)[1])
    ids = [therapist_id, *(room.resource_id for room in _own_first(rooms, wish))]
    taken = queries.taken_of(session, ids, first, last, now=now, own=wish.own)
    resource_id, against = rules.room_for({one: taken[one] for one in ids[1:]}, start, shape)
    room = next((room for room in rooms if room.resource_id == resource_id), None)
    return room, [*rules.therapist_refusals(taken[therapist_id], start, shape), *against]


def _clinic_refusals(
    session: AnySession, facts: Programme, wish: Wish, day: date, location_id: int, now: datetime
) -> list[Refusal]:
    """The clinic's limits, and that days are kept packed, found by the search itself."""
    treatment, therapist, start = wish.treatment, wish.therapist, minute_of(wish.starts_at)
    if not (treatment.packed or facts.limits(therapist, treatment)):
        return []
    look = queries.search(session, facts, first=day, days=1, now=now, own=wish.own)
    found = look.limit_refusals(therapist, treatment, wish.minutes, location_id, start)
    if treatment.packed and all(slot.start != start for slot in look.slots(treatment, wish.minutes, therapist)):
        found.append(Refusal("not_packed"))
    return found


def _kept_since(session: AnySession, wish: Wish) -> datetime | None:
    """When they chose this very time, where it is kept for them: meanwhile it becomes neither too soon nor, where days
    are kept packed and what it stood next to is cancelled, too lonely.
    """
    kept = session.get(Hold, wish.held) if wish.held else None
    same = kept is not None and (kept.starts_at, kept.therapist_id) == (wish.starts_at, wish.therapist.id)
    return kept.made_at if kept and same else None


def told_with(session: AnySession, facts: Programme, wish: Wish, screening: Screening | None) -> Told:
    """What whoever asks has told, as it stands on the day of the visit. Read once for a wish."""
    client_id, place = wish.client.id if wish.client else None, facts.location_at(wish.therapist.id, wish.starts_at)
    on = local(wish.starts_at, place.zone).date()
    return wish.told or told_by(session, facts.safety, client_id, screening, on=on)


def _assessment_refusals(session: AnySession, treatment: OfferedTreatment, wish: Wish) -> list[Refusal]:
    client_id, but = wish.client.id if wish.client else None, [wish.moves] if wish.moves else []
    return queries.assessment_refusals(session, treatment.each, client_id, wish.starts_at, but=but)


def unqualified(treatment: OfferedTreatment, therapist: ListedTherapist, days: Sequence[date]) -> list[Refusal]:
    """Why this therapist may not give it, or one of a pair, on these days."""
    return [refusal for one in treatment.each for refusal in qualifications.refusals(one.needs, therapist.held, days)]


def _unchaperoned(facts: Programme, wish: Wish, window: Window | None) -> list[Refusal]:
    """Whether somebody can be in the room all the while, where the client asks for that."""
    if not wish.chaperone:
        return []
    there = facts.chaperoned(window.location_id, window.day) if window else []
    covered = any(rules.within([minute_of(wish.starts_at)], wish.minutes, there))
    return [] if covered else [Refusal("no_chaperone")]


def _windows_around(facts: Programme, therapist: ListedTherapist, at: datetime) -> list[Window]:
    """Working hours on the local day of an instant, and its neighbours: zones differ by location."""
    return facts.windows(therapist, (at - timedelta(days=1)).date(), 3)
