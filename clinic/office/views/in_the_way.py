"""Appointments that lie where nobody is any more: each with the nearest times it could move to, as buttons."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from clinic.booking import operations, queries
from clinic.booking.models import Appointment
from clinic.booking.pairs import as_booked
from clinic.booking.programme import Programme
from clinic.booking.queries import Search, Slot
from clinic.booking.rules import Narrowing
from clinic.booking.views.page import programme_or_404
from clinic.booking.wishes import Desk, Wish
from clinic.booking.wording import saved
from clinic.core import access, clock
from clinic.core.access import staff
from clinic.core.db import db
from clinic.core.refusals import Refusal
from clinic.core.templating import clock_words, day_words
from clinic.core.times import address_of, from_address, local, minute_of
from clinic.office.views.page import bp
from clinic.people.queries import therapist_of
from clinic.people.views import next_page
from clinic.today.views.attendance import keep_said

BEFORE, AFTER = 7, 21  # days around an appointment in which another time is looked for


@dataclass(frozen=True)
class Time:
    """A time it could move to."""

    slot: str
    words: str
    whom: str


@dataclass(frozen=True)
class InTheWay:
    """An appointment in the way; `times` are the three nearest it could move to, `colleagues` those who could give it
    at its own time.
    """

    it: Appointment
    at: datetime
    times: Sequence[Time]
    colleagues: Sequence[Time] = ()


def in_the_way(
    known: Programme, found: Sequence[Appointment], now: datetime, *, same_time: bool = False
) -> list[InTheWay]:
    """With whoever is qualified; to a therapist, with themselves. One search for all of them, and one more for
    colleagues at the `same_time`.
    """
    if not found:
        return []
    days = [_at(one, known).date() for one in found]
    first = max(queries.today_at(known, now), min(days) - timedelta(days=BEFORE))
    look = queries.search(db.session, known, first=first, days=(max(days) - first).days + AFTER, now=now)
    slots: dict[tuple[object, ...], list[Slot]] = {}
    for one in found:
        key = _asked(one)
        if key not in slots:
            slots[key] = _slots(look, known, one)
    instead = _colleagues(known, found, days, now) if same_time else {}
    return [
        InTheWay(one, _at(one, known), _nearest(slots[_asked(one)], one, known), instead.get(one.id, ()))
        for one in found
    ]


def _colleagues(
    known: Programme, found: Sequence[Appointment], days: Sequence[date], now: datetime
) -> dict[UUID, list[Time]]:
    """Who could give each at its own time, in its own room or another: these appointments are not in their own way."""
    first, own = min(days), [one.id for one in found]
    look = queries.search(db.session, known, first=first, days=(max(days) - first).days + 1, now=now, own=own)
    return {
        one.id: _free_then(replace(look, first=day, days=1), known, one) for one, day in zip(found, days, strict=True)
    }


def _free_then(look: Search, known: Programme, one: Appointment) -> list[Time]:
    treatment, start = as_booked(known, one), minute_of(one.starts_at)
    if treatment is None:
        return []
    treatment = replace(treatment, notice_minutes=0, packed=False)
    at, own = address_of(one.starts_at), Narrowing(chaperone=one.chaperone)
    others = [each for each in known.therapists if each.id != one.therapist_id]
    free = [each for each in others if any(s.start == start for s in look.slots(treatment, one.minutes, each, own))]
    return [Time(f"{at}.{each.slug}", str(_("Give to %(name)s", name=each.first_name)), each.name) for each in free]


def with_times(known: Programme, found: Sequence[Appointment]) -> list[tuple[Appointment, datetime]]:
    """Each with when it begins on the clock where it is."""
    return [(one, _at(one, known)) for one in found]


def _asked(one: Appointment) -> tuple[object, ...]:
    return one.treatment_id, one.second_treatment_id, one.second_minutes, one.minutes, one.chaperone


def _slots(look: Search, known: Programme, one: Appointment) -> list[Slot]:
    treatment = as_booked(known, one)
    if treatment is None:
        return []
    me = therapist_of(access.signed_in())
    own = Narrowing([me.id] if me else (), chaperone=one.chaperone)
    return look.slots(replace(treatment, notice_minutes=0), one.minutes, narrowing=own)


def _nearest(slots: list[Slot], one: Appointment, known: Programme) -> list[Time]:
    return [
        Time(f"{address_of(slot.starts_at)}.{slot.therapist.slug}", _words(slot, known), slot.therapist.name)
        for slot in queries.nearest(slots, minute_of(one.starts_at))
    ]


def _words(slot: Slot, known: Programme) -> str:
    at = local(slot.starts_at, known.locations[slot.location_id].zone)
    return str(_("%(day)s, %(time)s", day=day_words(at), time=clock_words(at)))


def _at(one: Appointment, known: Programme) -> datetime:
    return local(one.starts_at, known.location_of(one).zone)


@bp.post("/moves")
@staff
def moves() -> Response:
    """Move `appointment`, which was shown in this `version`, to the time and therapist of `slot`."""
    found = _appointment() or abort(404)
    refusals = _move(programme_or_404(), found)
    if refusals:
        db.session.rollback()
        keep_said(None, refusals[0].code)
    else:
        db.session.commit()
        flash(saved(found, _at(found, programme_or_404())))
    return redirect(next_page(url_for("today.work")), 303)


def _appointment() -> Appointment | None:
    try:
        appointment_id = UUID(request.form.get("appointment", ""))
    except ValueError:
        return None
    return queries.appointment_of_staff(db.session, appointment_id, access.signed_in())


def _move(known: Programme, found: Appointment) -> list[Refusal]:
    at, _dot, slug = request.form.get("slot", "").partition(".")
    starts_at, therapist, treatment = from_address(at), known.therapist(slug), as_booked(known, found)
    me = therapist_of(access.signed_in())
    if starts_at is None or therapist is None or treatment is None:
        return [Refusal("not_offered")]
    if me and therapist.id != me.id:
        return [Refusal("not_theirs")]
    client = found.client
    wish = Wish(
        treatment,
        found.minutes,
        therapist,
        starts_at,
        client.name,
        client.email,
        client=client,
        moves=found.id,
        desk=Desk(seen=request.form.get("version", type=int)),
    )
    return operations.move(db.session, found, wish, now=clock.now(), by=access.actor())
