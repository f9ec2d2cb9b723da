"""The clinic's diary on paper: whose each time is, who waits, what was offered. Plain Python, as a receptionist thinks.

Instants are datetimes, spans are minutes since 1970 UTC. In March, Bristol is on UTC.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from clinic.core.times import instant_of, minute_of

THERAPISTS = ("ana-moreau", "ben-okafor", "cleo-third")  # in order of their ids
ROOMS = (0, 1)
OPENS, CLOSES, GRID = 9 * 60, 13 * 60, 15
NOTICE, HOLD, OFFER = 120, timedelta(minutes=10), timedelta(minutes=60)
CHANGE_NOTICE, MOST_MOVES, REMINDER = timedelta(hours=2), 2, timedelta(hours=24)
DAY = 24 * 60


@dataclass(frozen=True)
class Kind:
    """A treatment of a length, and what it takes of therapist and room around it."""

    slug: str
    minutes: int
    preparation: int
    rest: int
    cleaning: int


@dataclass(frozen=True)
class Place:
    """A time that is somebody's, for good or until an instant."""

    kind: Kind
    therapist: str
    start: int
    room: int = -1
    client: object = None  # whose time it takes too; a hold takes nobody's
    made_at: datetime | None = None
    until: datetime | None = None

    @property
    def spans(self):
        """What it takes of each resource."""
        kind, begin, end = self.kind, self.start - self.kind.preparation, self.start + self.kind.minutes
        spans = {self.therapist: (begin, end + kind.rest), ("room", self.room): (begin, end + kind.cleaning)}
        return spans if self.client is None else {**spans, self.client: (self.start, end)}

    @property
    def wanted(self):
        return self.kind, self.therapist, self.start


@dataclass
class Booked:
    """An appointment. `remind` is whether a reminder was still ahead when its time was written down."""

    id: object
    place: Place
    remind: bool
    moved: int = 0
    cancelled: bool = False
    confirmed: bool = False


@dataclass
class Entry:
    """Somebody who waits."""

    id: object
    kind: Kind
    client: object
    therapists: tuple
    weekdays: tuple
    parts: tuple
    until: date
    joined_at: datetime
    ended: bool = False

    def suits(self, start):
        at = instant_of(start)
        part = "morning" if at.hour < 12 else "afternoon"
        return at.weekday() in (self.weekdays or range(5)) and part in (self.parts or (part,))


@dataclass
class Offered:
    """A time that was offered; `appointment` once it was accepted."""

    id: object
    entry: Entry
    place: Place
    outcome: str | None = None
    appointment: Booked | None = None

    def is_open(self, now):
        return self.outcome is None and self.place.until > now


@dataclass
class Diary:
    now: datetime
    booked: list = field(default_factory=list)
    held: dict = field(default_factory=dict)  # by visit
    waiting: list = field(default_factory=list)
    offers: list = field(default_factory=list)

    def places(self, but=()):
        """Every time that is somebody's now, with whose it is."""
        taken = [(("appointment", one.id), one.place) for one in self.booked if not one.cancelled]
        taken += [(("hold", visit), place) for visit, place in self.held.items() if place.until > self.now]
        taken += [(("offer", one.id), one.place) for one in self.offers if one.is_open(self.now)]
        return [(owner, place) for owner, place in taken if owner not in but]

    def is_free(self, resource, span, but=()):
        spans = [place.spans[resource] for _, place in self.places(but) if resource in place.spans]
        return all(end <= span[0] or begin >= span[1] for begin, end in spans)

    def place_for(self, kind, therapist, start, *, client=None, but=(), since=None, room=-1):
        """The place it would have, and why it cannot be had. `since`: when it was chosen, where it is kept for them;
        `room`: where it is now, and stays if it can.
        """
        wanted = Place(kind, therapist, start, client=client, made_at=self.now)
        why, works = self._why_not_then(start, kind, since or self.now)
        if client is not None and not self.is_free(client, wanted.spans[client], but):
            why.add("client_taken")
        if not works:
            return wanted, why
        if not self.is_free(therapist, wanted.spans[therapist], but):
            why.add("therapist_taken")
        in_room = wanted.spans["room", -1]
        free = [one for one in ROOMS if self.is_free(("room", one), in_room, but)]
        free.sort(key=lambda one: one != room)
        return Place(*wanted.wanted, free[0] if free else -1, client, self.now), why if free else {*why, "no_room"}

    def _why_not_then(self, start, kind, since):
        """Reasons of the clock, and whether anybody works then at all."""
        works = OPENS <= start % DAY < CLOSES
        if start < minute_of(self.now):
            return {"past"}, works
        if start < minute_of(since) + NOTICE:
            return {"too_soon"}, works
        return (set() if works and start % DAY + kind.minutes <= CLOSES else {"outside_hours"}), works

    def kept_since(self, owner, wanted):
        """When this very time was kept for them; None where it was not."""
        return next((p.made_at for who, p in self.places() if who == owner and p.wanted[1:] == wanted[1:]), None)

    def write(self, appointment_id, place, client):
        place = Place(*place.wanted, place.room, client, self.now)
        self.booked.append(Booked(appointment_id, place, self.is_ahead(place)))
        return self.booked[-1]

    def is_ahead(self, place):
        return instant_of(place.start) - REMINDER > self.now

    def why_no_change(self, one):
        start = instant_of(one.place.start)
        if one.cancelled:
            return {"cancelled_already"}
        if start <= self.now:
            return {"already_begun"}
        if start - self.now < CHANGE_NOTICE:
            return {"change_too_late"}
        return {"moved_enough"} if one.moved >= MOST_MOVES else set()

    def offer_round(self):
        """What the worker should offer now: (entry, place), the longest waiting first. Each takes its time at once."""
        for entry in self.waiting:
            entry.ended = entry.ended or entry.until < self.now.date()
        for entry in sorted(self.waiting, key=lambda one: (one.joined_at, one.id)):
            thinks = any(one.entry is entry and one.is_open(self.now) for one in self.offers)
            if not entry.ended and not thinks and (place := self._first_that_suits(entry)):
                yield entry, place

    def _first_that_suits(self, entry):
        before = {(one.place.start, one.place.therapist) for one in self.offers if one.entry is entry}
        today = minute_of(datetime.combine(self.now.date(), datetime.min.time(), self.now.tzinfo))
        days = (entry.until - self.now.date()).days + 1
        for start in (day + minute for day in range(today, today + days * DAY, DAY) for minute in range(0, DAY, GRID)):
            if entry.suits(start) and (best := self._best(entry, start)) and (start, best.therapist) not in before:
                return Place(*best.wanted, best.room, made_at=self.now, until=self.now + OFFER)
        return None

    def _best(self, entry, start):
        """With whoever has least to do that day."""
        if start < minute_of(self.now + OFFER):
            return None
        able = []
        for number, one in enumerate(THERAPISTS):
            if one in (entry.therapists or THERAPISTS):
                place, why = self.place_for(entry.kind, one, start, client=entry.client)
                able += [] if why else [(self._load(one, start), number, place)]
        return min(able)[2] if able else None

    def _load(self, therapist, start):
        day = start - start % DAY
        spans = [place.spans[therapist] for _, place in self.places() if place.therapist == therapist]
        return sum(max(min(ends, day + DAY) - max(starts, day), 0) for starts, ends in spans)
