"""The programme: what the clinic offers, by whom, where and when. Everything that changes seldom.

A process keeps the last one it read and uses it while its version stands still. The version is read
first and the data after it, so that a change in between is seen at the next look and never missed.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import chain
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from clinic.booking import hours
from clinic.booking.models import Appointment, ChaperoneHours, Resource, WorkingHours
from clinic.booking.offered import (
    FittedRoom,
    ListedTherapist,
    OfferedTreatment,
    therapist_as_listed,
    treatment_as_offered,
)
from clinic.booking.rules import Closed, Limits, Span, Window, closed_by, common, left_of, merged
from clinic.booking.versions import versions
from clinic.core.db import AnySession, database_of, is_writing
from clinic.core.times import instant_of, minute_of, wall_minute
from clinic.intake.rules import SafetyRule
from clinic.intake.safety_lists import current as current_safety_list
from clinic.people.models import Therapist
from clinic.places.models import Clinic, Location, Logo, Room
from clinic.qualifications import rules as qualifications
from clinic.qualifications.queries import verified_by_therapist
from clinic.treatments.models import Treatment


@dataclass(frozen=True, eq=False)
class Programme:
    """One reading of it all. Detached from the database: plain values, safe to share between threads."""

    clinic: Clinic
    locations: dict[int, Location]
    rooms: tuple[FittedRoom, ...]
    treatments: tuple[OfferedTreatment, ...]
    therapists: tuple[ListedTherapist, ...]
    hours: dict[int, tuple[WorkingHours, ...]]
    safety: tuple[SafetyRule, ...]  # what clients are asked, and what follows
    chaperones: dict[int, tuple[ChaperoneHours, ...]] = field(default_factory=dict)  # by location
    time_off: dict[int, tuple[Span, ...]] = field(default_factory=dict)  # by therapist
    closures: tuple[Closed, ...] = ()
    logo: Logo | None = None
    withdrawn: tuple[OfferedTreatment, ...] = ()  # not offered any more: what is booked for them stands, and moves
    pairs: dict[tuple[int, ...], OfferedTreatment] = field(
        default_factory=dict
    )  # as `booking.pairs` puts them together
    _qualified: dict[tuple[int, int, date], bool] = field(default_factory=dict)
    _windows: dict[tuple[int, date], tuple[Window, ...]] = field(default_factory=dict)
    _spans: dict[date, Span] = field(default_factory=dict)
    days: dict[date, Any] = field(default_factory=dict)  # what `queries.free_days` remembers of each
    occupied: dict[tuple[int, ...], Any] = field(default_factory=dict)  # what `queries.taken` read lately

    @property
    def location(self) -> Location:
        """The first location: its zone is the clinic's where only one is shown."""
        return next(iter(self.locations.values()))

    def treatment(self, slug: str) -> OfferedTreatment | None:
        return next((treatment for treatment in self.treatments if treatment.slug == slug), None)

    def treatment_by_id(self, treatment_id: int | None) -> OfferedTreatment | None:
        return next((treatment for treatment in self.treatments if treatment.id == treatment_id), None)

    def booked_treatment(self, treatment_id: int) -> OfferedTreatment | None:
        """One that may stand in the diary, whether or not it is offered still."""
        return next((treatment for treatment in self.all_treatments if treatment.id == treatment_id), None)

    @property
    def all_treatments(self) -> tuple[OfferedTreatment, ...]:
        """Those that are not offered any more too."""
        return self.treatments + self.withdrawn

    def therapist(self, slug: str) -> ListedTherapist | None:
        return next((therapist for therapist in self.therapists if therapist.slug == slug), None)

    def therapist_by_id(self, therapist_id: int | None) -> ListedTherapist | None:
        return next((therapist for therapist in self.therapists if therapist.id == therapist_id), None)

    def rooms_at(self, location_id: int) -> tuple[FittedRoom, ...]:
        return tuple(room for room in self.rooms if room.location_id == location_id)

    def rooms_for(self, treatment: OfferedTreatment, location_id: int) -> tuple[FittedRoom, ...]:
        """Those at a location that are in use and fit for this treatment."""
        return tuple(room for room in self.rooms_at(location_id) if room.suits(treatment))

    def may_give(self, therapist: ListedTherapist, treatment: OfferedTreatment, day: date) -> bool:
        """The rule of `qualifications.rules`, remembered for this programme; of a pair, both."""
        if treatment.pair:
            return all(self.may_give(therapist, one, day) for one in treatment.each)
        key = (therapist.id, treatment.id, day)
        if key not in self._qualified:
            self._qualified[key] = not qualifications.refusals(treatment.needs, therapist.held, [day])
        return self._qualified[key]

    def limits(self, therapist: ListedTherapist, treatment: OfferedTreatment) -> Limits:
        """How much of this treatment, or of both of a pair, this therapist gives."""
        return Limits(
            {one.id: one.most_a_day for one in treatment.each if one.most_a_day is not None},
            therapist.deep_minutes_a_day if treatment.deep else None,
            therapist.releases_apart_minutes if treatment.is_release else 0,
        )

    @cached_property
    def has_limits(self) -> bool:
        """Whether free times depend on which treatments are booked, and not on their claims alone."""
        return any(self.limits(one, treatment) for one in self.therapists for treatment in self.all_treatments)

    def day_of(self, day: date, location_id: int) -> Span:
        """A day on a location's clock, from midnight to midnight."""
        zone = self.locations[location_id].zone
        return wall_minute(day, time(), zone), wall_minute(day + timedelta(days=1), time(), zone)

    def span_of(self, day: date) -> Span:
        """A local day, from the first midnight to the last where the locations' clocks differ."""
        if day not in self._spans:
            zones, tomorrow = {location.zone for location in self.locations.values()}, day + timedelta(days=1)
            firsts, lasts = ([wall_minute(one, time(), zone) for zone in zones] for one in (day, tomorrow))
            self._spans[day] = min(firsts), max(lasts)
        return self._spans[day]

    @cached_property
    def around(self) -> int:
        """How many minutes before and after a day can matter to its free times."""
        apart = (one.releases_apart_minutes for one in self.therapists)
        besides = ((one.preparation_minutes, one.rest_minutes, one.cleaning_minutes) for one in self.all_treatments)
        return max(chain(apart, *besides), default=0)

    def chaperoned(self, location_id: int, day: date) -> list[Span]:
        """When somebody can be in the room as a chaperone, as instants, in order, without gaps where hours meet."""
        zone = self.locations[location_id].zone
        return merged(
            (wall_minute(day, one.starts, zone), wall_minute(day, one.ends, zone))
            for one in self.chaperones.get(location_id, ())
            if one.weekday == day.weekday()
        )

    def windows(self, therapist: ListedTherapist, first: date, days: int) -> list[Window]:
        """When the therapist works on these local days, time off and closures taken out, as instants, in order."""
        return [window for n in range(days) for window in self._windows_on(therapist.id, first + timedelta(days=n))]

    def _windows_on(self, therapist_id: int, day: date) -> tuple[Window, ...]:
        """Those of one day, remembered for this programme."""
        key = (therapist_id, day)
        if key not in self._windows:
            away = self.time_off.get(therapist_id, ())
            open_hours = [one for one in self.set_on(therapist_id, day) if not self.closed(one)]
            found = [left for one in open_hours for left in left_of(one, away)]
            self._windows[key] = tuple(sorted(found, key=lambda window: window.starts))
        return self._windows[key]

    def location_of(self, appointment: Appointment) -> Location:
        """Where a visit takes place."""
        return self.locations[appointment.room.location_id]

    def location_at(self, therapist_id: int, at: datetime) -> Location:
        """Where a therapist works then, or at the nearest time within a day; else where they ever do, or the first."""
        start, days = minute_of(at), (at.date() + timedelta(days=n) for n in (-1, 0, 1))
        around = [window for day in days for window in self._windows_on(therapist_id, day)]
        nearest = sorted(around, key=lambda one: max(one.starts - start, start - one.ends + 1, 0))
        works = [*(one.location_id for one in nearest), *(row.location_id for row in self.hours.get(therapist_id, ()))]
        return self.locations[works[0]] if works else self.location

    def set_on(self, therapist_id: int, day: date) -> list[Window]:
        """The hours set for one day, whoever is away. What is set for that day alone stands instead of its week's."""
        return hours.set_on(day, self.hours.get(therapist_id, ()), self.locations)

    def closed(self, window: Window) -> Closed | None:
        """What closes the location of these hours on their day."""
        return closed_by(self.closures, window.location_id, window.day)

    def absence(self, therapist: ListedTherapist, start: int, minutes: int) -> dict[str, str]:
        """Why somebody is not there who might be: "closed" with its words, or "away" with whose time off it is."""
        wanted = [(start, start + minutes)]
        first = instant_of(start).date() - timedelta(days=1)
        for one in (one for n in range(3) for one in self.set_on(therapist.id, first + timedelta(days=n))):
            if common([(one.starts, one.ends)], wanted) and (closed := self.closed(one)):
                return {"closed": closed.words}
        return {"away": therapist.first_name} if common(self.time_off.get(therapist.id, ()), wanted) else {}


_kept: dict[str, tuple[int, Programme]] = {}


def programme(session: AnySession) -> Programme | None:
    """The programme as it stands; None while there is no clinic. One statement where nothing changed."""
    database = database_of(session)
    version, _ = versions(session)
    kept = _kept.get(database)
    if kept and kept[0] == version:
        return kept[1]
    session.flush()
    with Session(session.connection()) as reader:
        read = _read(reader)
    # Not while writing: were it rolled back, the next change would be given the same version.
    if read and not is_writing():
        _kept[database] = (version, read)
    return read


def whole_programme(session: AnySession) -> Programme | None:
    """The same with treatments that are not offered and therapists who are not listed. Read anew each time."""
    with Session(session.connection()) as reader:
        return _read(reader, hidden=True)


def _read(session: Session, *, hidden: bool = False) -> Programme | None:
    clinic = session.get(Clinic, 1)
    if clinic is None:
        return None
    # What refers to something is read before that: somebody may add both in between.
    rooms = session.scalars(select(Room).order_by(Room.id)).all()
    held = verified_by_therapist(session)
    shown = select(Therapist).where(Therapist.listed | hidden).order_by(Therapist.id)
    therapists = session.scalars(shown).all()
    treatments = _treatments(session, clinic.currency)
    resources = {
        (row.therapist_id, row.room_id): row.id
        for row in session.scalars(select(Resource).where(Resource.client_id.is_(None)))
    }
    return Programme(
        clinic=clinic,
        rooms=tuple(
            FittedRoom(
                room.id, room.name, room.location_id, resources[None, room.id], frozenset(room.kinds), room.offered
            )
            for room in rooms
        ),
        treatments=tuple(one for offered, one in treatments if offered or hidden),
        withdrawn=tuple(one for offered, one in treatments if not (offered or hidden)),
        therapists=tuple(therapist_as_listed(row, resources[row.id, None], held.get(row.id, ())) for row in therapists),
        hours=hours.by_therapist(session),
        safety=current_safety_list(session),
        chaperones=hours.of_chaperones(session),
        time_off=hours.time_off(session),
        closures=hours.closures(session),
        logo=session.get(Logo, 1),
        locations={row.id: row for row in session.scalars(select(Location).order_by(Location.id))},
    )


def _treatments(session: Session, currency: str) -> list[tuple[bool, OfferedTreatment]]:
    """Each, and whether it is offered."""
    query = select(Treatment).order_by(Treatment.position, Treatment.id)
    rows = session.scalars(query.options(selectinload(Treatment.lengths)))
    return [(row.offered, treatment_as_offered(row, currency)) for row in rows if row.lengths]
